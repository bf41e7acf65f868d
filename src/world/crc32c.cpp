#include "src/world/crc32c.hpp"

#include <array>
#include <cstring>

#include "src/world/digest.hpp"

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

namespace aidledger::world {
namespace {

constexpr std::uint32_t castagnoli_reflected = 0x82F63B78;

constexpr std::array<std::array<std::uint32_t, 256>, 8> make_tables() {
  std::array<std::array<std::uint32_t, 256>, 8> tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? castagnoli_reflected : 0);
    tables[0][byte] = crc;
  }
  for (std::size_t i = 1; i < 8; ++i) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t crc = tables[i - 1][byte];
      tables[i][byte] = (crc >> 8) ^ tables[0][crc & 255];
    }
  }
  return tables;
}

constexpr auto tables = make_tables();

std::uint32_t byte_at(BytesView bytes, std::size_t i) { return static_cast<unsigned char>(bytes[i]); }

}  // namespace

std::uint32_t crc32c_by_table(BytesView bytes, std::uint32_t before) {
  std::uint32_t crc = ~before;
  for (; bytes.size() >= 8; bytes.remove_prefix(8)) {
    crc = tables[7][(crc ^ byte_at(bytes, 0)) & 255] ^ tables[6][((crc >> 8) ^ byte_at(bytes, 1)) & 255] ^
          tables[5][((crc >> 16) ^ byte_at(bytes, 2)) & 255] ^ tables[4][((crc >> 24) ^ byte_at(bytes, 3)) & 255] ^
          tables[3][byte_at(bytes, 4)] ^ tables[2][byte_at(bytes, 5)] ^ tables[1][byte_at(bytes, 6)] ^
          tables[0][byte_at(bytes, 7)];
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) crc = (crc >> 8) ^ tables[0][(crc ^ byte_at(bytes, i)) & 255];
  return ~crc;
}

#if defined(__x86_64__)
bool crc32c_has_instruction() {
  static const bool has = __builtin_cpu_supports("sse4.2");
  return has;
}

__attribute__((target("sse4.2"))) std::uint32_t crc32c_by_instruction(BytesView bytes, std::uint32_t before) {
  std::uint64_t crc = static_cast<std::uint32_t>(~before);
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    crc = _mm_crc32_u64(crc, word);
  }
  auto narrow = static_cast<std::uint32_t>(crc);
  for (; left > 0; ++at, --left) narrow = _mm_crc32_u8(narrow, static_cast<unsigned char>(*at));
  return ~narrow;
}
#else
bool crc32c_has_instruction() { return false; }
std::uint32_t crc32c_by_instruction(BytesView bytes, std::uint32_t before) { return crc32c_by_table(bytes, before); }
#endif

std::uint32_t crc32c(BytesView bytes, std::uint32_t before) {
  return crc32c_has_instruction() ? crc32c_by_instruction(bytes, before) : crc32c_by_table(bytes, before);
}

}  // namespace aidledger::world
