#include "src/log/entry_format.hpp"

#include "src/log/little_endian.hpp"
#include "src/world/digest.hpp"

namespace aidledger::log {
namespace {

constexpr std::uint32_t table_flag = 1u << 31;

bool wants_table(std::size_t frame_size) { return frame_size > large_frame_bytes; }

std::uint32_t entry_crc(std::uint32_t word, BytesView bytes, std::uint32_t number, std::uint64_t offset) {
  char place[12];
  put_at(place, word);
  put_at(place + 4, number);
  put_at(place + 8, static_cast<std::uint32_t>(offset));
  return world::crc32c(bytes, world::crc32c({place, sizeof place}));
}

}  // namespace

std::size_t entry_bytes(std::size_t frame_size, std::size_t records) {
  return entry_head_bytes + frame_size + (wants_table(frame_size) ? 4 * records : 0);
}

void encode_entry(BytesView bytes, const Frame& frame, std::uint32_t number, std::uint64_t offset, Bytes& out) {
  out.assign(entry_head_bytes, '\0');
  out += bytes;
  if (wants_table(bytes.size())) {
    Seq seq = frame.first_seq;
    for (const BytesView record : frame.records) put(out, record_crc(seq++, record));
  }
  const BytesView follows = BytesView(out).substr(entry_head_bytes);
  const auto word = static_cast<std::uint32_t>(follows.size()) | (wants_table(bytes.size()) ? table_flag : 0);
  put_at(out.data(), word);
  put_at(out.data() + 4, entry_crc(word, follows, number, offset));
}

EntryHead parse_entry_head(BytesView bytes) { return {get<std::uint32_t>(bytes, 0), get<std::uint32_t>(bytes, 4)}; }

std::optional<BytesView> frame_in(const EntryHead& head, BytesView bytes, std::uint32_t number, std::uint64_t offset) {
  if (entry_crc(head.word, bytes, number, offset) != head.crc) return std::nullopt;
  if (!head.has_table()) return bytes;
  if (bytes.size() < frame_lengths_end(0)) return std::nullopt;
  const std::size_t table = 4 * (seqs_of(bytes).next - seqs_of(bytes).first);
  if (table >= bytes.size()) return std::nullopt;
  return bytes.substr(0, bytes.size() - table);
}

std::uint32_t record_crc(Seq seq, BytesView record) {
  char place[8];
  put_at(place, seq);
  return world::crc32c(record, world::crc32c({place, sizeof place}));
}

}  // namespace aidledger::log
