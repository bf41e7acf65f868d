#pragma once
// Two nodes at full speed on one ledger, one of them slower: turns see to it that it gets its share and that few
// batches are written in vain.
#include "tests/simulation/stage.hpp"

namespace aidledger::simulation {

/// How much longer than the brokers take each node needs for whatever it appends or sees.
struct Pace {
  std::int64_t quick_us = 0, slow_us = 3'000;
};

/// Once faults have stopped. Nothing where fewer than two nodes can write.
void race(Stage& stage, const Pace& pace = {});

}  // namespace aidledger::simulation
