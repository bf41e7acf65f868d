#include "src/vault/normalise.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace aidledger::vault {
namespace {

struct Range {
  std::uint32_t first, last;
};

/// Spaces, dashes and dots, as they come out of keyboards, spreadsheets and scanned forms.
constexpr std::array dropped{
    Range{0x09, 0x0d},     Range{0x20, 0x20},     Range{0x2d, 0x2e},     Range{0xa0, 0xa0},
    Range{0xad, 0xad},     Range{0xb7, 0xb7},     Range{0x2000, 0x2015}, Range{0x2022, 0x2022},
    Range{0x2027, 0x2027}, Range{0x202f, 0x202f}, Range{0x2060, 0x2060}, Range{0x2212, 0x2212},
    Range{0x3000, 0x3000}, Range{0x30fb, 0x30fb}, Range{0xfeff, 0xfeff}, Range{0xff65, 0xff65},
};

constexpr Range full_width{0xff01, 0xff5e};
constexpr std::uint32_t full_width_to_ascii = 0xff01 - 0x21;

bool in(Range range, std::uint32_t point) { return range.first <= point && point <= range.last; }

struct Point {
  std::uint32_t value;
  std::size_t bytes;
};

/// The code point at the beginning. A byte that begins none stands for itself.
Point first_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::size_t bytes = byte(0) < 0xc0 ? 1 : byte(0) < 0xe0 ? 2 : byte(0) < 0xf0 ? 3 : 4;
  if (bytes == 1 || bytes > text.size()) return {byte(0), 1};
  std::uint32_t value = byte(0) & (0xff >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {byte(0), 1};
    value = value << 6 | (byte(i) & 0x3f);
  }
  return {value, bytes};
}

void put_plain(std::string& out, char c, IndexKind kind) {
  if (kind == IndexKind::telephone && (c == '(' || c == ')')) return;
  out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

constexpr std::size_t mobile_digits = 11;

std::string without_country(std::string number) {
  for (;;) {
    if (number.starts_with("+86"))
      number.erase(0, 3);
    else if (number.starts_with("0086"))
      number.erase(0, 4);
    else if (number.starts_with("861") && number.size() == 2 + mobile_digits)
      number.erase(0, 2);
    else
      return number;
  }
}

}  // namespace

std::string normalise(IndexKind kind, std::string_view value) {
  std::string out;
  while (!value.empty()) {
    Point point = first_point(value);
    const bool stray = point.bytes == 1 && point.value >= 0x80;
    if (!stray && in(full_width, point.value)) point.value -= full_width_to_ascii;
    const bool drop =
        !stray && std::any_of(dropped.begin(), dropped.end(), [&](Range range) { return in(range, point.value); });
    if (!drop && point.value < 0x80)
      put_plain(out, static_cast<char>(point.value), kind);
    else if (!drop)
      out += value.substr(0, point.bytes);
    value.remove_prefix(point.bytes);
  }
  return kind == IndexKind::telephone ? without_country(std::move(out)) : out;
}

}  // namespace aidledger::vault
