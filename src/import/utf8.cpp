#include "src/import/utf8.hpp"

#include <cstdint>

namespace aidledger::import {
namespace {

/// The length of the character that begins with `lead`, or 0, and the least code point that may be written so.
std::size_t length_of(unsigned char lead, std::uint32_t& least) {
  if (lead >= 0xC2 && lead <= 0xDF) return least = 0x80, 2;
  if (lead >= 0xE0 && lead <= 0xEF) return least = 0x800, 3;
  if (lead >= 0xF0 && lead <= 0xF4) return least = 0x10000, 4;
  return 0;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      if (lead == 0) return false;
      ++i;
      continue;
    }
    std::uint32_t least = 0;
    const std::size_t length = length_of(lead, least);
    if (length == 0 || i + length > text.size()) return false;
    std::uint32_t code = lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xC0U) != 0x80) return false;
      code = code << 6 | (next & 0x3FU);
    }
    if (code < least || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
    i += length;
  }
  return true;
}

}  // namespace aidledger::import
