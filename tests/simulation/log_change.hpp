#pragma once
// The log is not what it was any more, once a run; and how its operators put it right again, with the production code
// of `ledger repair`.
#include "tests/simulation/stage.hpp"

namespace aidledger::simulation {

/// It loses its end, is made anew by somebody else, or turns out to be another cluster's; perhaps while all nodes are
/// killed. Not before some node holds all that it holds.
void change_log(Stage& stage);

/// Holds everybody who holds what the log does not to have halted; then every node is stopped, the longest copy puts
/// back what the log lacks, and all start again. False when the copies are of different histories: nobody can do that.
bool mend_log(Stage& stage);

}  // namespace aidledger::simulation
