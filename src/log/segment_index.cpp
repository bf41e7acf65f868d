#include "src/log/segment_index.hpp"

#include <algorithm>

#include "src/log/little_endian.hpp"
#include "src/world/digest.hpp"

namespace aidledger::log {
namespace {

constexpr BytesView magic = "aidlgidx";
constexpr std::size_t fixed_bytes = 8 + 4 + 4 + 40 + 40 + 4;

void put_head(Bytes& out, const Head& head) {
  put(out, head.next_seq);
  out += view_of(head.hash);
}

Head get_head(BytesView bytes, std::size_t at) { return {get<std::uint64_t>(bytes, at), get_hash(bytes, at + 8)}; }

}  // namespace

void SegmentIndex::add(std::uint64_t offset, std::uint64_t end, const Head& head) {
  if (points_.empty() || offset >= points_.back().offset + index_step) {
    points_.push_back(
        {static_cast<std::uint32_t>(head_.next_seq - before_.next_seq), static_cast<std::uint32_t>(offset)});
  }
  head_ = head;
  end_ = end;
}

std::uint64_t SegmentIndex::start_for(Seq seq) const {
  const auto wanted = static_cast<std::uint32_t>(seq - before_.next_seq);
  const auto after = std::upper_bound(points_.begin(), points_.end(), wanted,
                                      [](std::uint32_t s, const Point& point) { return s < point.seq; });
  return after == points_.begin() ? entries_at : std::prev(after)->offset;
}

Bytes SegmentIndex::encode(std::uint32_t number) const {
  Bytes out(magic);
  put(out, number);
  put(out, static_cast<std::uint32_t>(end_));
  put_head(out, before_);
  put_head(out, head_);
  put(out, static_cast<std::uint32_t>(points_.size()));
  for (const Point& point : points_) {
    put(out, point.seq);
    put(out, point.offset);
  }
  put(out, world::crc32c(out));
  return out;
}

std::optional<SegmentIndex> SegmentIndex::parse(BytesView bytes, std::uint32_t number) {
  if (bytes.size() < fixed_bytes + 4 || !bytes.starts_with(magic)) return std::nullopt;
  if (get<std::uint32_t>(bytes, bytes.size() - 4) != world::crc32c(bytes.substr(0, bytes.size() - 4)))
    return std::nullopt;
  if (get<std::uint32_t>(bytes, 8) != number) return std::nullopt;
  const auto points = get<std::uint32_t>(bytes, fixed_bytes - 4);
  if ((bytes.size() - fixed_bytes - 4) / 8 != points || (bytes.size() - fixed_bytes - 4) % 8 != 0) return std::nullopt;
  SegmentIndex index(get_head(bytes, 16));
  index.head_ = get_head(bytes, 56);
  index.end_ = get<std::uint32_t>(bytes, 12);
  for (std::size_t at = fixed_bytes; at < bytes.size() - 4; at += 8) {
    index.points_.push_back({get<std::uint32_t>(bytes, at), get<std::uint32_t>(bytes, at + 4)});
  }
  return index;
}

}  // namespace aidledger::log
