#pragma once
// TOML texts as neutral trees. Dates become strings (YYYY-MM-DD, RFC 3339 in UTC); floats and local times are refused:
// the house computes with neither.
#include <expected>
#include <map>
#include <string>
#include <string_view>

#include "events/values/tree.hpp"

namespace aidledger::settings {

/// Both from 1.
struct Position {
  unsigned line = 0, column = 0;
  bool operator==(const Position&) const = default;
};

struct Toml {
  Tree tree;
  std::map<std::string, Position, std::less<>>
      keys;  ///< where each key stands, by dotted path; lists by index ("a.0.b")
};

/// The error is one sentence "name:line:col: what is wrong" ("line:col: ..." where `name` is empty).
std::expected<Tree, std::string> parse_toml(std::string_view text, std::string_view name = {});
std::expected<Toml, std::string> parse_toml_with_positions(std::string_view text, std::string_view name = {});

/// "name:line:col: what".
std::string at_position(std::string_view name, Position position, std::string_view what);

}  // namespace aidledger::settings
