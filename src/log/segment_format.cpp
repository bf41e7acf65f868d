#include "src/log/segment_format.hpp"

#include <charconv>
#include <cstdio>

#include "src/log/little_endian.hpp"
#include "src/world/digest.hpp"

namespace aidledger::log {
namespace {

constexpr BytesView magic = "aidlglog";
constexpr std::size_t head_size = 64;
constexpr std::size_t mark_size = 60;
constexpr std::uint32_t continued_flag = 1;
constexpr std::size_t name_digits = 8;

void seal(Bytes& bytes) { put(bytes, world::crc32c(bytes)); }

bool sealed(BytesView bytes, std::size_t size) {
  return bytes.size() >= size + 4 && get<std::uint32_t>(bytes, size) == world::crc32c(bytes.substr(0, size));
}

std::string name_of(std::uint32_t number, const char* ending) {
  char out[32];
  const int n = std::snprintf(out, sizeof out, "%08u%s", number, ending);
  return {out, static_cast<std::size_t>(n)};
}

}  // namespace

Bytes encode_head(const SegmentHead& head) {
  Bytes out(magic);
  put(out, segment_format);
  put(out, head.number);
  put(out, head.capacity);
  put(out, head.before.next_seq);
  out += view_of(head.before.hash);
  seal(out);
  return out;
}

std::optional<SegmentHead> parse_head(BytesView bytes) {
  if (!sealed(bytes, head_size) || !bytes.starts_with(magic) || get<std::uint32_t>(bytes, 8) != segment_format)
    return std::nullopt;
  return SegmentHead{get<std::uint32_t>(bytes, 12),
                     get<std::uint64_t>(bytes, 16),
                     {get<std::uint64_t>(bytes, 24), get_hash(bytes, 32)}};
}

Bytes encode_mark(const Mark& mark, std::uint32_t number) {
  Bytes out;
  put(out, mark.counter);
  put(out, mark.head.next_seq);
  out += view_of(mark.head.hash);
  put(out, mark.end);
  put(out, mark.continued ? continued_flag : 0u);
  put(out, number);
  seal(out);
  return out;
}

std::optional<Mark> parse_mark(BytesView bytes, std::uint32_t number) {
  if (!sealed(bytes, mark_size) || get<std::uint32_t>(bytes, 56) != number) return std::nullopt;
  return Mark{get<std::uint64_t>(bytes, 0),
              {get<std::uint64_t>(bytes, 8), get_hash(bytes, 16)},
              get<std::uint32_t>(bytes, 48),
              (get<std::uint32_t>(bytes, 52) & continued_flag) != 0};
}

std::string segment_name(std::uint32_t number) { return name_of(number, ".segment"); }
std::string index_name(std::uint32_t number) { return name_of(number, ".index"); }

std::optional<std::uint32_t> number_of(const std::string& name) {
  std::uint32_t number = 0;
  const char* const digits_end = name.data() + std::min(name.size(), name_digits);
  const auto [end, error] = std::from_chars(name.data(), digits_end, number);
  if (error != std::errc() || end != digits_end || name != segment_name(number)) return std::nullopt;
  return number;
}

}  // namespace aidledger::log
