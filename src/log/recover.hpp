#pragma once
// What happens when the ledger files are opened: everything is read and checked, a torn tail (never acknowledged) is
// cut off, and anything that was acknowledged and is not there any more throws LogDamaged. Internal to the ledger
// files.
#include <vector>

#include "src/log/segment.hpp"

namespace aidledger::log {

struct Recovered {
  std::vector<std::shared_ptr<Segment>> segments;  ///< at least one; the last is the one to append to
  Mark mark;                                       ///< of the last one
};

/// `trust_indexes`: closed segments with a sound index file are not read now, only when somebody reads from them.
Recovered recover(world::Disk& disk, const std::string& folder, std::uint64_t segment_bytes, bool trust_indexes);

}  // namespace aidledger::log
