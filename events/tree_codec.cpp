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

void bad_time(std::string_view text, const std::string& pointer, Problems& problems) {
  const bool naive = parse_instant(std::string(text) + "Z").has_value();
  problems.push_back({pointer, naive ? "naive-time" : "bad-value",
                      naive ? "the time carries no zone: add Z or an offset, like 2024-02-10T09:00:00+08:00"
                            : "must be an RFC 3339 time with a zone, like 2024-02-10T09:00:00+08:00"});
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
