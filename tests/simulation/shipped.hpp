#pragma once
// What every new ledger adopts: the policies and calendars of config, as adopt-policy and adopt-calendar take them.
#include <string>
#include <vector>

#include "events/values/tree.hpp"

namespace aidledger::simulation {

struct Shipped {
  std::string action;
  Tree data;
};

/// Read once; the same for every seed.
const std::vector<Shipped>& shipped();

}  // namespace aidledger::simulation
