#include "src/log/segment.hpp"

#include <algorithm>
#include <array>

namespace aidledger::log {
namespace {

constexpr std::size_t head_read_bytes = 256;

Bytes read_at(const world::File& file, std::uint64_t offset, std::size_t count) {
  Bytes out(count, '\0');
  out.resize(file.pread(offset, out.data(), count));
  return out;
}

}  // namespace

void write_mark(world::File& file, std::uint32_t number, const Mark& mark) {
  file.pwrite(mark_slot_at[mark.counter % 2], encode_mark(mark, number));
}

Marks read_marks(const world::File& file, std::uint32_t number) {
  Marks marks;
  for (const std::uint64_t at : mark_slot_at) {
    const auto mark = parse_mark(read_at(file, at, head_read_bytes), number);
    if (!mark) marks.one_damaged = true;
    if (mark && (!marks.newest || mark->counter > marks.newest->counter)) marks.newest = mark;
  }
  return marks;
}

std::optional<SegmentHead> read_head(const world::File& file) { return parse_head(read_at(file, 0, head_read_bytes)); }

void create_segment(world::Disk& disk, const std::string& folder, const SegmentHead& head,
                    const std::function<void(world::File&)>& fill) {
  const std::string path = folder + "/" + segment_name(head.number);
  {
    const auto file = disk.open(path + ".new", world::Disk::Mode::create);
    file->allocate(head.capacity);
    file->pwrite(0, encode_head(head));
    for (const std::uint64_t counter : {0, 1})
      write_mark(*file, head.number, {counter, head.before, entries_at, false});
    if (fill) fill(*file);
    file->datasync();
  }
  disk.rename(path + ".new", path);
  disk.sync_folder(folder);
}

void clear_range(world::File& file, std::uint64_t from, std::uint64_t to) {
  constexpr std::uint64_t at_once = 1 << 20;
  for (std::uint64_t at = from; at < to; at += at_once) {
    const Bytes there = read_at(file, at, std::min(at_once, to - at));
    if (there.find_first_not_of('\0') != Bytes::npos) file.pwrite(at, Bytes(there.size(), '\0'));
  }
}

}  // namespace aidledger::log
