#pragma once
// The bytes of a segment file: NNNNNNNN.segment, preallocated, appended to, never changed before its end. Numbers are
// little-endian.
//
// clang-format off
//      0  head, never rewritten: "aidlglog", format u32 = 1, segment number u32, capacity u64 (bytes of the file),
//         seq of its first record u64, prev_hash of that record 32, CRC-32C u32 of these
//   4096  mark slot 0 ┐ the sound one with the higher counter counts: counter u64, next seq u64, hash of the last
//   8192  mark slot 1 ┘ record 32, offset of the next entry u32, flags u32 (1 = the log goes on in the next segment),
//         segment number u32, CRC-32C u32 of these
//  12288  entries, one after the other: length word u32 (low 31 bits: bytes that follow its CRC), CRC-32C u32 of
//         (length word, segment number u32, offset u32, bytes), the frame; if the high bit of the word is set (frames
//         over 8 KiB) then for each of its records CRC-32C u32 of (seq u64, record): so that one record of a large
//         batch can be read and checked alone
//         then zeros
// clang-format on
#include <optional>

#include "events/values/bytes.hpp"

namespace aidledger::log {

inline constexpr std::uint32_t segment_format = 1;
inline constexpr std::uint64_t mark_slot_at[2] = {4096, 8192};
inline constexpr std::uint32_t entries_at = 12288;
inline constexpr std::uint64_t max_segment_bytes = 1ULL << 31;

/// Up to where the log goes: how many records there are, and the hash of the last one (zeros: none yet).
struct Head {
  Seq next_seq = 0;
  Hash hash{};
  bool operator==(const Head&) const = default;
};

struct SegmentHead {
  std::uint32_t number = 0;
  std::uint64_t capacity = 0;
  Head before;  ///< what the segments before it hold
};

struct Mark {
  std::uint64_t counter = 0;
  Head head;
  std::uint32_t end = 0;
  bool continued = false;
};

Bytes encode_head(const SegmentHead& head);
std::optional<SegmentHead> parse_head(BytesView bytes);
Bytes encode_mark(const Mark& mark, std::uint32_t number);
std::optional<Mark> parse_mark(BytesView bytes, std::uint32_t number);
std::string segment_name(std::uint32_t number);
std::string index_name(std::uint32_t number);
/// The number of a segment's file name; nothing for other names.
std::optional<std::uint32_t> number_of(const std::string& name);

}  // namespace aidledger::log
