#include "src/settings/toml.hpp"

namespace aidledger::settings {
struct NotToml {};
}  // namespace aidledger::settings

#define TOML_EXCEPTIONS 1
#define TOML_MAX_NESTED_VALUES 32
/// toml++ 3.3 asserts what a text can break (a key that begins with "{"): such a text is refused, and does not end the
/// process.
#define TOML_ASSERT(holds) ((holds) ? void() : throw aidledger::settings::NotToml{})
#include <toml++/toml.h>

#include <algorithm>

#include "events/values/time.hpp"
#include "src/settings/toml_depth.hpp"

namespace aidledger::settings {
namespace {

struct Refused {
  Position position;
  std::string what;
};

Position position_of(const toml::source_region& region) { return {region.begin.line, region.begin.column}; }

std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string date_text(const toml::date& date) { return to_text(date_of(date.year, date.month, date.day)); }

std::string moment_text(const toml::date_time& moment, Position position) {
  if (!moment.offset) throw Refused{position, "a time without a zone: write Z or an offset, or a date alone"};
  const int minutes = moment.offset->minutes, absolute = minutes < 0 ? -minutes : minutes;
  const auto& time = moment.time;
  const auto text = date_text(moment.date) + "T" + two(time.hour) + ":" + two(time.minute) + ":" + two(time.second) +
                    (minutes < 0 ? "-" : "+") + two(absolute / 60) + ":" + two(absolute % 60);
  const auto instant = parse_instant(text);
  if (!instant) throw Refused{position, "no such moment"};
  return to_text(Instant{instant->us + time.nanosecond / 1000});
}

class Converter {
 public:
  Tree convert(const toml::node& node, const std::string& path) {
    const auto position = position_of(node.source());
    if (const auto* table = node.as_table()) return convert_table(*table, path);
    if (const auto* list = node.as_array()) return convert_list(*list, path);
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return std::int64_t{number->get()};
    if (const auto* flag = node.as_boolean()) return flag->get();
    if (const auto* date = node.as_date()) return date_text(date->get());
    if (const auto* moment = node.as_date_time()) return moment_text(moment->get(), position);
    if (node.is_floating_point()) throw Refused{position, "a fraction: write an integer of the smallest unit"};
    throw Refused{position, "a time of day alone has no meaning here"};
  }

  std::map<std::string, Position, std::less<>> keys;

 private:
  static std::string below(const std::string& path, std::string_view name) {
    return path.empty() ? std::string(name) : path + "." + std::string(name);
  }

  // toml++ keeps a table sorted by name; the order of the file is that of the keys' positions.
  Tree convert_table(const toml::table& table, const std::string& path) {
    std::vector<std::pair<Position, std::string>> names;
    for (const auto& [key, value] : table) names.emplace_back(position_of(key.source()), std::string(key.str()));
    std::stable_sort(names.begin(), names.end(), [](const auto& a, const auto& b) {
      return std::pair(a.first.line, a.first.column) < std::pair(b.first.line, b.first.column);
    });
    Tree tree = Tree::object();
    for (const auto& [position, name] : names) {
      const auto where = below(path, name);
      keys[where] = position;
      tree.set(name, convert(*table.get(name), where));
    }
    return tree;
  }

  Tree convert_list(const toml::array& list, const std::string& path) {
    Tree tree = Tree::list();
    std::size_t index = 0;
    for (const auto& element : list) {
      const auto where = below(path, std::to_string(index++));
      keys[where] = position_of(element.source());
      tree.push(convert(element, where));
    }
    return tree;
  }
};

}  // namespace

std::string at_position(std::string_view name, Position position, std::string_view what) {
  std::string text(name);
  if (!text.empty()) text += ":";
  return text + std::to_string(position.line) + ":" + std::to_string(position.column) + ": " + std::string(what);
}

std::expected<Toml, std::string> parse_toml_with_positions(std::string_view text, std::string_view name) {
  try {
    if (const auto line = line_of_too_deep_key(text))
      throw Refused{{*line, 1}, "a key of more than " + std::to_string(max_dotted_names) + " names"};
    const auto table = toml::parse(text);
    Converter converter;
    auto tree = converter.convert(table, "");
    return Toml{std::move(tree), std::move(converter.keys)};
  } catch (const toml::parse_error& error) {
    return std::unexpected(at_position(name, position_of(error.source()), error.description()));
  } catch (const Refused& refused) {
    return std::unexpected(at_position(name, refused.position, refused.what));
  } catch (const NotToml&) {
    return std::unexpected(at_position(name, {1, 1}, "this is no TOML: a key or a value is not what it begins as"));
  }
}

std::expected<Tree, std::string> parse_toml(std::string_view text, std::string_view name) {
  auto parsed = parse_toml_with_positions(text, name);
  if (!parsed) return std::unexpected(std::move(parsed.error()));
  return std::move(parsed->tree);
}

}  // namespace aidledger::settings
