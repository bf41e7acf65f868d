#pragma once
// The facts folded once more, plainly and by other hands: written from what the domain says, with no code of the rules
// or the projections. Numbers of the shipped policies stand in here as numbers.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "events/record.hpp"

namespace aidledger::simulation {

struct Reckoned {
  std::map<std::string, int> steps;                   ///< undertaker -> step of the ladder, 0 to 3
  std::map<std::string, std::set<std::string>> open;  ///< undertaker -> cases that it leads and that run
  std::map<std::string, std::int64_t> entitlements;   ///< case -> fen
  std::map<ClockId, std::string> deadlines;           ///< clock -> what became of it
  std::vector<std::string> wrong;                     ///< where a record says what the facts before it do not give
};

/// `today`: the local date up to which the timekeeper has looked.
Reckoned reckon(const std::vector<Record>& records, Date today);

}  // namespace aidledger::simulation
