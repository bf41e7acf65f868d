#pragma once
// What befalls a node in a round, instead of a request or before it.
#include "tests/simulation/stage.hpp"

namespace aidledger::simulation {

/// True when that was the round.
bool befall(Stage& stage, Node& node, std::size_t index);

}  // namespace aidledger::simulation
