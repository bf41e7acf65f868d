#pragma once
// One entry of a segment file, laid out as segment_format.hpp says.
#include <optional>

#include "src/log/frame.hpp"

namespace aidledger::log {

inline constexpr std::size_t entry_head_bytes = 8;
/// A frame larger than this is followed by the checksums of its records.
inline constexpr std::size_t large_frame_bytes = 8192;
inline constexpr std::size_t max_entry_bytes = max_batch_bytes + 4 * max_records_per_batch;

struct EntryHead {
  std::uint32_t word = 0;
  std::uint32_t crc = 0;
  /// Bytes that follow the head.
  std::size_t length() const { return word & 0x7fffffff; }
  bool has_table() const { return word >> 31 != 0; }
};

std::size_t entry_bytes(std::size_t frame_size, std::size_t records);
/// Replaces what is in `out`.
void encode_entry(BytesView bytes, const Frame& frame, std::uint32_t number, std::uint64_t offset, Bytes& out);
/// `bytes` has at least entry_head_bytes.
EntryHead parse_entry_head(BytesView bytes);
/// The frame in the bytes that follow the head; nothing when the checksum is wrong.
std::optional<BytesView> frame_in(const EntryHead& head, BytesView bytes, std::uint32_t number, std::uint64_t offset);
std::uint32_t record_crc(Seq seq, BytesView record);

}  // namespace aidledger::log
