#pragma once
// JSON in and out, as trees. Strict: what two readers could understand differently is refused, each with its own code.
#include <expected>
#include <string>
#include <string_view>

#include "events/values/tree.hpp"

namespace aidledger::json {

/// Bounds on a text. Sizes in bytes; `depth` counts nested lists and objects; `nodes` counts values.
struct Limits {
  std::size_t depth = 32;
  std::size_t nodes = 10'000;
  std::size_t string = 128 * 1024;
  std::size_t name = 256;
  std::size_t text = 1024 * 1024;
};

struct JsonError {
  /// syntax, duplicate-key, not-an-integer, number-out-of-range, too-deep, too-many-values, too-long, bad-utf8,
  /// incomplete, trailing-text, empty
  std::string_view code;
  std::size_t offset = 0;  ///< bytes before what is wrong
  std::size_t line = 1;    ///< 1-based
  std::string text;        ///< a sentence; quotes nothing of the input
  std::string pointer;     ///< RFC 6901, as far as it was read
};

/// Shortest forms only, no surrogates.
bool is_utf8(std::string_view text);

/// One JSON value and nothing after it but white space.
std::expected<Tree, JsonError> parse(std::string_view text, const Limits& limits = {});

/// Compact, members in the tree's order. Strings must be UTF-8 (what `parse` gives is).
std::string print(const Tree& tree);
void print_to(const Tree& tree, std::string& out);
/// Indented by two spaces, no newline at the end.
std::string pretty(const Tree& tree);
/// RFC 8785: members sorted by their UTF-16 code units, shortest escapes. Equal trees give equal bytes.
std::string canonical(const Tree& tree);

}  // namespace aidledger::json
