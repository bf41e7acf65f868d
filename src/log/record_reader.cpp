#include "src/log/record_reader.hpp"

#include <algorithm>

#include "src/log/little_endian.hpp"

namespace aidledger::log {
namespace {

/// Holds any entry without a table, and mostly what lies between two points of the index as well.
constexpr std::size_t window_bytes = entry_head_bytes + large_frame_bytes;
constexpr std::size_t frame_head_bytes = frame_lengths_end(0);

Bytes read_at(const world::File& file, std::uint64_t offset, std::size_t count) {
  Bytes out(count, '\0');
  out.resize(file.pread(offset, out.data(), count));
  return out;
}

class RecordReader {
 public:
  RecordReader(const world::File& file, std::uint32_t number, std::uint64_t start, std::uint64_t end)
      : file_(file), number_(number), offset_(start), end_(end) {}

  std::expected<Bytes, BadEntry> find(Seq seq) {
    for (; offset_ + entry_head_bytes + frame_head_bytes <= end_; offset_ += entry_head_bytes + head_.length()) {
      if (!window_has(entry_head_bytes + frame_head_bytes) && !move_window()) break;
      head_ = parse_entry_head(at_offset());
      if (head_.length() < frame_head_bytes || head_.length() > max_entry_bytes ||
          head_.length() > end_ - offset_ - entry_head_bytes) {
        return bad("an entry of impossible length");
      }
      const auto found = head_.has_table() ? in_large(seq) : in_small(seq);
      if (!found || !found->empty()) return found;
    }
    return bad("an entry that was there is gone");
  }

 private:
  /// Empty = the record is in a later entry.
  std::expected<Bytes, BadEntry> in_small(Seq seq) {
    const std::size_t size = entry_head_bytes + head_.length();
    if (!window_has(size) && (!move_window() || !window_has(size))) return bad("an entry cut short");
    const auto frame = frame_in(head_, at_offset().substr(entry_head_bytes, head_.length()), number_, offset_);
    if (!frame) return bad("an entry whose checksum is wrong");
    const SeqRange seqs = seqs_of(*frame);
    if (seq >= seqs.next) return Bytes();
    if (seq < seqs.first) return bad("an entry with other records than the index says");
    const RecordSpan span = record_span(*frame, seq - seqs.first);
    return Bytes(frame->substr(span.at, span.length));
  }

  /// Nothing read here is checked but the record, and with it its seq: so a wrong way leads to no record.
  std::expected<Bytes, BadEntry> in_large(Seq seq) {
    const BytesView frame_head = at_offset().substr(entry_head_bytes, frame_head_bytes);
    const SeqRange seqs = seqs_of(frame_head);
    if (seq >= seqs.next) return Bytes();
    const std::size_t count = seqs.next - seqs.first;
    if (seq < seqs.first || count > max_records_per_batch)
      return bad("an entry with other records than the index says");
    const std::size_t index = seq - seqs.first;
    const std::uint64_t frame_at = offset_ + entry_head_bytes;
    const Bytes lengths = read_at(file_, frame_at, frame_lengths_end(count));
    if (lengths.size() < frame_lengths_end(count)) return bad("an entry cut short");
    const RecordSpan span = record_span(lengths, index);
    if (span.length > max_record_bytes || span.at > head_.length()) return bad("a record of impossible length");
    Bytes record = read_at(file_, frame_at + span.at, span.length);
    const Bytes crc = read_at(file_, frame_at + head_.length() - 4 * (count - index), 4);
    if (crc.size() < 4 || record.empty() || get<std::uint32_t>(crc, 0) != record_crc(seq, record)) {
      return bad("a record whose checksum is wrong");
    }
    return record;
  }

  std::unexpected<BadEntry> bad(const char* wrong) const { return std::unexpected(BadEntry{offset_, wrong}); }
  BytesView at_offset() const { return BytesView(window_).substr(offset_ - window_at_); }
  bool window_has(std::size_t count) const {
    return offset_ >= window_at_ && offset_ + count <= window_at_ + window_.size();
  }
  bool move_window() {
    window_ = read_at(file_, offset_, std::min<std::uint64_t>(window_bytes, end_ - offset_));
    window_at_ = offset_;
    return window_has(entry_head_bytes + frame_head_bytes);
  }

  const world::File& file_;
  std::uint32_t number_;
  std::uint64_t offset_;
  std::uint64_t end_;
  EntryHead head_;
  Bytes window_;
  std::uint64_t window_at_ = 0;
};

}  // namespace

std::expected<Bytes, BadEntry> read_record(const world::File& file, std::uint32_t number, std::uint64_t start,
                                           std::uint64_t end, Seq seq) {
  return RecordReader(file, number, start, end).find(seq);
}

}  // namespace aidledger::log
