#pragma once
// One segment file and what is known of it. Internal to the ledger files.
#include <memory>

#include "src/log/segment_index.hpp"
#include "src/world/disk.hpp"

namespace aidledger::log {

struct Segment {
  SegmentHead head;
  SegmentIndex index;
  std::string path;
};

/// Writes the next of the two slots; durable after a datasync.
void write_mark(world::File& file, std::uint32_t number, const Mark& mark);
/// The valid slot that was written last.
std::optional<Mark> read_mark(const world::File& file, std::uint32_t number);
std::optional<SegmentHead> read_head(const world::File& file);
/// A durable, empty segment, its space reserved; whole or not there at all.
void create_segment(world::Disk& disk, const std::string& folder, const SegmentHead& head);
/// Writes zeros wherever something else is.
void clear_range(world::File& file, std::uint64_t from, std::uint64_t to);

}  // namespace aidledger::log
