#pragma once
// Two nodes at full speed on one ledger, one of them slower: turns see to it that it gets its share and that few
// batches are written in vain.
#include "tests/simulation/stage.hpp"

namespace aidledger::simulation {

/// Once faults have stopped. Nothing where fewer than two nodes can write.
void race(Stage& stage);

}  // namespace aidledger::simulation
