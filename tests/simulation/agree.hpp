#pragma once
// Whether a node's rows say what the oracle says.
#include <vector>

#include "events/rows.hpp"
#include "tests/simulation/oracle.hpp"

namespace aidledger::simulation {

/// Each difference, in words.
std::vector<std::string> differences(const Reckoned& reckoned, const Rows& rows);

}  // namespace aidledger::simulation
