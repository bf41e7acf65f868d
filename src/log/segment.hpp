#pragma once
// One segment file and what is known of it. Internal to the ledger files.
#include <functional>
#include <memory>

#include "src/log/segment_index.hpp"
#include "src/world/disk.hpp"

namespace aidledger::log {

struct Segment {
  SegmentHead head;
  SegmentIndex index;
  std::string path;
  std::shared_ptr<const world::File> file = nullptr;  ///< open for reading, or not
};

/// Writes the next of the two slots; durable after a datasync.
void write_mark(world::File& file, std::uint32_t number, const Mark& mark);
struct Marks {
  std::optional<Mark> newest;  ///< of the sound slots
  /// One slot is not sound: if that was the newer one, the log went beyond the other.
  bool one_damaged = false;
};
Marks read_marks(const world::File& file, std::uint32_t number);
std::optional<SegmentHead> read_head(const world::File& file);
/// Makes a durable segment, its space reserved, and lets `fill` write into it; under its name it is whole or not there
/// at all. Both of its marks say that it is empty.
void create_segment(world::Disk& disk, const std::string& folder, const SegmentHead& head,
                    const std::function<void(world::File&)>& fill = {});
/// Writes zeros wherever something else is.
void clear_range(world::File& file, std::uint64_t from, std::uint64_t to);

}  // namespace aidledger::log
