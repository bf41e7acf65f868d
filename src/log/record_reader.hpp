#pragma once
// Reads one record out of a segment, checked, without reading more of a large batch than needed.
#include "src/log/entry_format.hpp"
#include "src/world/disk.hpp"

namespace aidledger::log {

/// What was found wrong, and where.
struct BadEntry {
  std::uint64_t offset;
  const char* wrong;
};

/// `start`: an entry at or before the one that holds `seq`; `end`: of the entries.
std::expected<Bytes, BadEntry> read_record(const world::File& file, std::uint32_t number, std::uint64_t start,
                                           std::uint64_t end, Seq seq);

}  // namespace aidledger::log
