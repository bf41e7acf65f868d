#include "src/cli/table.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace aidledger::cli {
namespace {

struct Range {
  std::uint32_t first, last;
};

// Unicode East Asian Width W and F, as far as names, law texts and emoji need it.
constexpr std::array wide{Range{0x1100, 0x115f},   Range{0x2e80, 0x303e},   Range{0x3041, 0x33ff},
                          Range{0x3400, 0x4dbf},   Range{0x4e00, 0x9fff},   Range{0xa000, 0xa4cf},
                          Range{0xac00, 0xd7a3},   Range{0xf900, 0xfaff},   Range{0xfe30, 0xfe6f},
                          Range{0xff00, 0xff60},   Range{0xffe0, 0xffe6},   Range{0x1f300, 0x1f64f},
                          Range{0x1f900, 0x1f9ff}, Range{0x20000, 0x2fffd}, Range{0x30000, 0x3fffd}};
constexpr std::array zero{Range{0x0300, 0x036f}, Range{0x200b, 0x200f}, Range{0x20d0, 0x20ff}, Range{0xfe00, 0xfe0f},
                          Range{0xfeff, 0xfeff}};

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, std::uint32_t point) {
  return std::any_of(ranges.begin(), ranges.end(), [&](Range r) { return point >= r.first && point <= r.last; });
}

struct Character {
  std::size_t bytes, cells;
  std::uint32_t point;
};

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

Character first_of(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
  if (length == 0 || length > text.size()) return {1, 1, 0xfffd};
  std::uint32_t point = length == 1 ? lead : lead & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if (!continues(text[i])) return {1, 1, 0xfffd};
    point = point << 6 | (static_cast<unsigned char>(text[i]) & 0x3fu);
  }
  return {length, within(zero, point) ? 0u : within(wide, point) ? 2u : 1u, point};
}

std::string padding(std::size_t cells) { return std::string(cells, ' '); }

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t cells = 0;
  while (!text.empty()) {
    const auto character = first_of(text);
    cells += character.cells;
    text.remove_prefix(character.bytes);
  }
  return cells;
}

std::string fitted(std::string_view text, std::size_t cells) {
  if (display_width(text) <= cells) return std::string(text);
  std::size_t bytes = 0, used = 0;
  while (bytes < text.size()) {
    const auto character = first_of(text.substr(bytes));
    if (used + character.cells + 1 > cells) break;
    used += character.cells;
    bytes += character.bytes;
  }
  return std::string(text.substr(0, bytes)) + "…";
}

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto character = first_of(text);
    const bool control = character.point < 0x20 || (character.point >= 0x7f && character.point < 0xa0);
    const bool direction = (character.point >= 0x202a && character.point <= 0x202e) ||
                           (character.point >= 0x2066 && character.point <= 0x2069);
    if (character.point == '\n')
      out += ' ';
    else if (control || direction || character.point == 0xfffd)
      out += "\xef\xbf\xbd";
    else
      out += text.substr(0, character.bytes);
    text.remove_prefix(character.bytes);
  }
  return out;
}

std::string Table::text(std::size_t width) const {
  const auto cells = widths();
  std::vector<std::string> titles;
  for (const auto& column : columns_) titles.push_back(column.title);
  std::string out;
  line(titles, cells, width, out);
  for (const auto& row : rows_) line(row, cells, width, out);
  return out;
}

std::vector<std::size_t> Table::widths() const {
  std::vector<std::size_t> widths;
  for (const auto& column : columns_) widths.push_back(display_width(column.title));
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i)
      widths[i] = std::max(widths[i], display_width(row[i]));
  return widths;
}

void Table::line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths, std::size_t limit,
                 std::string& out) const {
  std::size_t used = 0;
  std::string text;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const bool last = i + 1 == columns_.size();
    std::string cell = i < cells.size() ? cells[i] : "";
    if (last && limit > used + 8) cell = fitted(cell, limit - used);
    const auto pad = widths[i] - std::min(widths[i], display_width(cell));
    text += columns_[i].right ? padding(pad) + cell : cell + padding(last ? 0 : pad);
    if (!last) text += "  ";
    used += widths[i] + 2;
  }
  text.erase(text.find_last_not_of(' ') + 1);
  out += text + "\n";
}

}  // namespace aidledger::cli
