#include "src/settings/toml_depth.hpp"

#include <algorithm>

namespace aidledger::settings {
namespace {

/// The end of the string that begins with the quote at `at`. One in three quotes goes over lines, and may end with two
/// quotes of its own before the three that close it.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string_view three = quote == '"' ? R"(""")" : "'''";
  const bool many_lines = text.substr(at, 3) == three;
  for (std::size_t i = at + (many_lines ? 3 : 1); i < text.size(); ++i) {
    if (text[i] == '\\' && quote == '"')
      ++i;
    else if (!many_lines && (text[i] == quote || text[i] == '\n'))
      return text[i] == quote ? i + 1 : i;
    else if (many_lines && text.substr(i, 3) == three)
      return std::min(text.find_first_not_of(quote, i), i + 5);
  }
  return text.size();
}

std::size_t end_of_line(std::string_view text, std::size_t at) { return std::min(text.find('\n', at), text.size()); }

}  // namespace

std::optional<unsigned> line_of_too_deep_key(std::string_view text) {
  constexpr std::string_view ends_a_key = "=,[]{}\n";
  int names = 1;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = end_of_string(text, at);
    } else if (c == '#') {
      at = end_of_line(text, at);
    } else {
      if (ends_a_key.contains(c)) names = 1;
      if (c == '.' && ++names > max_dotted_names)
        return 1 +
               static_cast<unsigned>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
      ++at;
    }
  }
  return std::nullopt;
}

}  // namespace aidledger::settings
