#pragma once
// The cases that an undertaker leads or has led.
#include <functional>

#include "projections/standing.hpp"

namespace aidledger::ledger {

struct CaseLoad {
  std::string case_id;
  projections::LoadState state = projections::LoadState::open;
  std::vector<EventRef> refs;
};

/// Every case, in order of ids, with how it stands for this undertaker and the events that made it so.
void each_load(const Rows& rows, const std::string& undertaker, const std::function<void(const CaseLoad&)>& visit);

}  // namespace aidledger::ledger
