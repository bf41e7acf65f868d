#include "events/tree_codec.hpp"

namespace aidledger {

std::string pointer_of(const std::string& parent, std::string_view member) {
  std::string out = parent + "/";
  for (char c : member) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

void wrong_type(Problems& problems, const std::string& pointer, std::string_view expected, const Tree& found) {
  problems.push_back(
      {pointer, "wrong-type", "must be of type " + std::string(expected) + ", is " + std::string(found.type_name())});
}

void bad_value(Problems& problems, const std::string& pointer, std::string text) {
  problems.push_back({pointer, "bad-value", std::move(text)});
}

const std::string* read_string(const Tree& tree, const std::string& pointer, Problems& problems, std::size_t longest) {
  const auto* text = tree.as_string();
  if (text == nullptr) {
    wrong_type(problems, pointer, "string", tree);
  } else if (text->size() > longest) {
    problems.push_back(
        {pointer, "too-long", "may be " + std::to_string(longest) + " bytes long, is " + std::to_string(text->size())});
    return nullptr;
  }
  return text;
}

std::string one_of(const std::vector<std::string_view>& names) {
  std::string out;
  for (const auto name : names) out += (out.empty() ? "" : ", ") + std::string(name);
  return out;
}

}  // namespace aidledger
