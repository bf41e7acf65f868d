#pragma once
// TOML as a tree: policies, mappings, settings. The only user of toml++.
#include <expected>
#include <string>
#include <string_view>

#include "events/values/tree.hpp"

namespace aidledger::settings {

/// Tables, arrays, texts, whole numbers, booleans; a date or time becomes its text. An error sentence with the line
/// otherwise; a floating-point number is an error, since the tree has none.
std::expected<Tree, std::string> parse_toml(std::string_view text);

}  // namespace aidledger::settings
