#include "src/settings/toml.hpp"

#include <toml++/toml.h>
#include <sstream>
#include <stdexcept>

namespace aidledger::settings {
namespace {

struct Unusable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string at_line(const toml::source_position& position, std::string_view what) {
  return "line " + std::to_string(position.line) + ": " + std::string(what);
}

Tree tree_of(const toml::node& node);

Tree object_of(const toml::table& table) {
  Tree out = Tree::object();
  for (const auto& [key, value] : table) out.set(key.str(), tree_of(value));
  return out;
}

Tree list_of(const toml::array& array) {
  Tree out = Tree::list();
  for (const auto& element : array) out.push(tree_of(element));
  return out;
}

template <class T>
Tree text_of(const T& value) {
  std::ostringstream out;
  out << value;
  return Tree(out.str());
}

Tree tree_of(const toml::node& node) {
  if (const auto* table = node.as_table()) return object_of(*table);
  if (const auto* array = node.as_array()) return list_of(*array);
  if (const auto* text = node.as_string()) return Tree(text->get());
  if (const auto* number = node.as_integer()) return Tree(number->get());
  if (const auto* flag = node.as_boolean()) return Tree(flag->get());
  if (const auto* date = node.as_date()) return text_of(date->get());
  if (const auto* time = node.as_time()) return text_of(time->get());
  if (const auto* moment = node.as_date_time()) return text_of(moment->get());
  throw Unusable(at_line(node.source().begin, "a number with a decimal point is not taken; use a whole number"));
}

}  // namespace

std::expected<Tree, std::string> parse_toml(std::string_view text) {
  try {
    return object_of(toml::parse(text));
  } catch (const toml::parse_error& error) {
    return std::unexpected(at_line(error.source().begin, error.description()));
  } catch (const Unusable& error) {
    return std::unexpected(std::string(error.what()));
  }
}

}  // namespace aidledger::settings
