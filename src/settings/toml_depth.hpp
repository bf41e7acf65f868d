#pragma once
// How deep dotted keys ("a.b.c") nest, before anybody parses them: toml++ takes any number of names, and to read or
// drop what is nested by tens of thousands needs more stack than there is. (Values in values it bounds itself.)
#include <optional>
#include <string_view>

namespace aidledger::settings {

/// Names of one dotted key.
inline constexpr int max_dotted_names = 32;

/// The line, from 1, of the first key that has more names; nothing where none has.
std::optional<unsigned> line_of_too_deep_key(std::string_view text);

}  // namespace aidledger::settings
