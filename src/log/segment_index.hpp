#pragma once
// From seq to offset within one segment: a point for about every 4 KiB of entries; between two points one walks. Kept
// in memory for every segment, and beside a closed one as NNNNNNNN.index, so that it need not be found again by reading
// the segment.
#include <optional>
#include <vector>

#include "src/log/segment_format.hpp"

namespace aidledger::log {

inline constexpr std::uint64_t index_step = 4096;

class SegmentIndex {
 public:
  explicit SegmentIndex(const Head& before) : before_(before), head_(before) {}

  /// An entry at `offset` ends at `end`; after it the log is at `head`.
  void add(std::uint64_t offset, std::uint64_t end, const Head& head);
  /// Where to start looking for `seq`, which lies in this segment: the start of an entry at or before it.
  std::uint64_t start_for(Seq seq) const;

  const Head& before() const { return before_; }
  const Head& head() const { return head_; }
  std::uint64_t end() const { return end_; }
  bool empty() const { return end_ == entries_at; }

  /// "aidlgidx", segment number u32, end u32, before (seq u64, hash 32), head (likewise), points u32, then (seq from
  /// the first u32, offset u32) each, CRC-32C u32 of all of it.
  Bytes encode(std::uint32_t number) const;
  static std::optional<SegmentIndex> parse(BytesView bytes, std::uint32_t number);
  bool operator==(const SegmentIndex&) const = default;

 private:
  struct Point {
    std::uint32_t seq;  ///< counted from the segment's first
    std::uint32_t offset;
    bool operator==(const Point&) const = default;
  };
  Head before_;
  Head head_;
  std::uint64_t end_ = entries_at;
  std::vector<Point> points_;
};

}  // namespace aidledger::log
