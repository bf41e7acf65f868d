#pragma once
// The laws of tests/simulation/README.md, held against the chain once everything has been answered.
#include "tests/simulation/desk.hpp"

namespace aidledger::simulation {

using Nodes = std::vector<std::unique_ptr<Node>>;

void check_invariants(const Chain& chain, const History& history, Nodes& nodes, Trace& trace);

}  // namespace aidledger::simulation
