#pragma once
// A batch as it travels: one Kafka message, one entry of the ledger files. Transport only: a record's bytes, its hash
// and its leaf do not depend on the frame. Numbers are little-endian.
//
//   at  size
//    0     1  frame version (1)                          ┐
//    1     2  event catalogue version its records need   │ the same place in every version, as is the end of the frame:
//    3     1  length of the ledger id (1-32)             │ enough to tell a forged frame from one of the future
//    4    32  ledger id, padded with zeros               │
//   36    16  id of the writer's key                     ┘
//   52     4  actions the writer still has waiting
//   56     8  seq of the first record
//   64    32  prev_hash of the first record
//   96     4  number of records n (1-1000)
//  100    4n  length of each record (1-256 KiB)
//             the records, one after the other
//         1  length of the signature: 0 or 64            ┐ the signature is Ed25519 over everything before these
//             the signature                              ┘
#include <array>
#include <expected>
#include <vector>

#include "events/values/bytes.hpp"

namespace aidledger::log {

inline constexpr std::uint8_t frame_version = 1;
inline constexpr std::size_t max_records_per_batch = 1'000;
inline constexpr std::size_t max_batch_bytes = 512 * 1024;  ///< the whole frame
inline constexpr std::size_t max_record_bytes = 256 * 1024;
inline constexpr std::size_t max_ledger_id_bytes = 32;
inline constexpr std::size_t signature_bytes = 64;

using KeyId = std::array<std::uint8_t, 16>;

/// What can be read of a frame of any version.
struct Envelope {
  std::uint8_t version = frame_version;
  std::uint16_t catalogue = 0;
  std::string ledger;
  KeyId writer_key{};
};

struct Frame : Envelope {
  std::uint32_t waiting = 0;
  Seq first_seq = 0;
  Hash prev_hash{};
  std::vector<BytesView> records;  ///< views: of the parsed bytes, or of what the writer keeps alive until encoded
  BytesView signature;             ///< empty or 64 bytes; a view likewise

  Seq next_seq() const { return first_seq + records.size(); }
};

/// Throws std::invalid_argument when a bound above is broken.
Bytes encode(const Frame& frame);
/// The bytes of a frame with `count` records of `record_bytes` in all, signature included.
constexpr std::size_t frame_bytes(std::size_t count, std::size_t record_bytes) {
  return 100 + 4 * count + record_bytes + 1 + signature_bytes;
}
/// Replaces the signature of an encoded frame.
Bytes with_signature(Bytes frame, BytesView signature);

/// Every length is checked before it is used; the error is a sentence without contents. Frames of another version are
/// an error here.
std::expected<Frame, std::string> parse(BytesView bytes);
std::expected<Envelope, std::string> parse_envelope(BytesView bytes);
/// first_seq and next_seq of bytes that passed parse before, read without parsing again; these throw
/// std::invalid_argument when there is too little to read.
struct SeqRange {
  Seq first;
  Seq next;
};
SeqRange seqs_of(BytesView bytes);
/// Where a record lies in its frame.
struct RecordSpan {
  std::size_t at;
  std::size_t length;
};
/// Of the record with this index; reads only the first frame_lengths_end(...) bytes.
RecordSpan record_span(BytesView bytes, std::size_t index);
constexpr std::size_t frame_lengths_end(std::size_t count) { return 100 + 4 * count; }
/// A frame's end, cut off: what is signed, and the signature. For frames of any version that pass parse_envelope.
struct Signed {
  BytesView part;
  BytesView signature;
};
Signed signed_part(BytesView bytes);

}  // namespace aidledger::log
