#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "src/json/json.hpp"

namespace aidledger::json {
namespace {

constexpr std::size_t usual_length = 768;  ///< of an action or its answer: longer ones grow

void escape_to(char character, std::string& out) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '\\';
  switch (character) {
    case '"': out += '"'; return;
    case '\\': out += '\\'; return;
    case '\b': out += 'b'; return;
    case '\f': out += 'f'; return;
    case '\n': out += 'n'; return;
    case '\r': out += 'r'; return;
    case '\t': out += 't'; return;
    default: break;
  }
  const auto code = static_cast<unsigned char>(character);
  out += "u00";
  out += digits[code >> 4];
  out += digits[code & 15];
}

constexpr bool needs_escape(char character) {
  return static_cast<unsigned char>(character) < 0x20 || character == '"' || character == '\\';
}

constexpr std::size_t block = 16;

/// Of a block of characters at once: without an early end the compiler compares them side by side.
bool block_needs_escape(const char* begin) {
  unsigned any = 0;
  for (std::size_t i = 0; i < block; ++i) any |= static_cast<unsigned>(needs_escape(begin[i]));
  return any != 0;
}

/// The shortest escapes, as RFC 8785 wants them: runs of plain characters are copied whole.
void string_to(std::string_view text, std::string& out) {
  out += '"';
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    while (i + block <= text.size() && !block_needs_escape(text.data() + i)) i += block;
    if (i == text.size()) break;
    if (!needs_escape(text[i])) continue;
    out.append(text, done, i - done);
    escape_to(text[i], out);
    done = i + 1;
  }
  out.append(text, done);
  out += '"';
}

void integer_to(std::int64_t value, std::string& out) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out.append(digits.data(), end.ptr);
}

void plain_to(const Tree& tree, std::string& out) {
  if (const auto* text = tree.as_string())
    string_to(*text, out);
  else if (const auto* number = tree.as_int())
    integer_to(*number, out);
  else if (const auto* truth = tree.as_bool())
    out += *truth ? "true" : "false";
  else
    out += "null";
}

/// UTF-16 order. In UTF-8 it differs from the order of bytes in one place: characters beyond U+FFFF (lead bytes F0 and
/// above) are written as surrogates and so come before U+E000 to U+FFFF (lead bytes EE and EF).
bool before_in_utf16(std::string_view a, std::string_view b) {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (x == a.end() || y == b.end()) return x == a.end() && y != b.end();
  const auto left = static_cast<unsigned char>(*x), right = static_cast<unsigned char>(*y);
  const bool crossed = left >= 0xEE && right >= 0xEE && (left >= 0xF0) != (right >= 0xF0);
  return crossed ? left > right : left < right;
}

void canonical_to(const Tree& tree, std::string& out) {
  if (const auto* list = tree.as_list()) {
    out += '[';
    for (const auto& element : *list) {
      if (&element != list->data()) out += ',';
      canonical_to(element, out);
    }
    out += ']';
  } else if (const auto* object = tree.as_object()) {
    std::vector<const TreeMember*> members;
    for (const auto& member : *object) members.push_back(&member);
    std::sort(members.begin(), members.end(),
              [](const auto* a, const auto* b) { return before_in_utf16(a->name, b->name); });
    out += '{';
    for (const auto* member : members) {
      if (member != members.front()) out += ',';
      string_to(member->name, out);
      out += ':';
      canonical_to(member->value, out);
    }
    out += '}';
  } else {
    plain_to(tree, out);
  }
}

void indent_to(std::size_t level, std::string& out) {
  out += '\n';
  out.append(2 * level, ' ');
}

void pretty_to(const Tree& tree, std::size_t level, std::string& out) {
  if (const auto* list = tree.as_list(); list != nullptr && !list->empty()) {
    out += '[';
    for (const auto& element : *list) {
      if (&element != list->data()) out += ',';
      indent_to(level + 1, out);
      pretty_to(element, level + 1, out);
    }
    indent_to(level, out);
    out += ']';
  } else if (const auto* object = tree.as_object(); object != nullptr && !object->empty()) {
    out += '{';
    for (const auto& member : *object) {
      if (&member != object->data()) out += ',';
      indent_to(level + 1, out);
      string_to(member.name, out);
      out += ": ";
      pretty_to(member.value, level + 1, out);
    }
    indent_to(level, out);
    out += '}';
  } else {
    print_to(tree, out);
  }
}

}  // namespace

void print_to(const Tree& tree, std::string& out) {
  if (const auto* list = tree.as_list()) {
    out += '[';
    for (const auto& element : *list) {
      if (&element != list->data()) out += ',';
      print_to(element, out);
    }
    out += ']';
  } else if (const auto* object = tree.as_object()) {
    out += '{';
    for (const auto& member : *object) {
      if (&member != object->data()) out += ',';
      string_to(member.name, out);
      out += ':';
      print_to(member.value, out);
    }
    out += '}';
  } else {
    plain_to(tree, out);
  }
}

std::string print(const Tree& tree) {
  std::string out;
  out.reserve(usual_length);
  print_to(tree, out);
  return out;
}

std::string pretty(const Tree& tree) {
  std::string out;
  pretty_to(tree, 0, out);
  return out;
}

std::string canonical(const Tree& tree) {
  std::string out;
  out.reserve(usual_length);
  canonical_to(tree, out);
  return out;
}

}  // namespace aidledger::json
