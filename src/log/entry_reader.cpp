#include "src/log/entry_reader.hpp"

#include <algorithm>

#include "src/log/entry_format.hpp"

namespace aidledger::log {

EntryReader::EntryReader(const world::File& file, std::uint32_t number, std::uint64_t offset, std::uint64_t limit,
                         std::size_t ahead)
    : file_(file), number_(number), next_(offset), limit_(limit), ahead_(ahead) {}

EntryReader::Step EntryReader::step() {
  offset_ = next_;
  bytes_ = {};
  if (limit_ < offset_ + entry_head_bytes) return Step::end;
  const BytesView head = have(offset_, entry_head_bytes);
  if (head.size() < entry_head_bytes) return Step::end;
  const EntryHead entry = parse_entry_head(head);
  if (entry.word == 0 && entry.crc == 0) return Step::end;
  if (entry.length() == 0 || entry.length() > max_entry_bytes) return bad("an entry of impossible length");
  if (limit_ - offset_ - entry_head_bytes < entry.length())
    return bad("an entry that goes beyond the end of its segment");
  const BytesView bytes = have(offset_ + entry_head_bytes, entry.length());
  if (bytes.size() < entry.length()) return bad("an entry cut short");
  const auto frame = frame_in(entry, bytes, number_, offset_);
  if (!frame) return bad("an entry whose checksum is wrong");
  bytes_ = *frame;
  next_ = offset_ + entry_head_bytes + entry.length();
  return Step::entry;
}

EntryReader::Step EntryReader::bad(const char* wrong) {
  wrong_ = wrong;
  return Step::bad;
}

/// `count` bytes at `offset`, fewer only where the file ends.
BytesView EntryReader::have(std::uint64_t offset, std::size_t count) {
  const bool there = offset >= buffer_at_ && offset + count <= buffer_at_ + buffer_.size();
  if (!there) {
    buffer_.resize(std::min<std::uint64_t>(std::max(count, ahead_), limit_ - offset));
    buffer_.resize(file_.pread(offset, buffer_.data(), buffer_.size()));
    buffer_at_ = offset;
  }
  return BytesView(buffer_).substr(offset - buffer_at_, count);
}

}  // namespace aidledger::log
