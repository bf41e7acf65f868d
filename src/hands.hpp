#pragma once
#include "src/cli/hands.hpp"

namespace aidledger {

/// What the commands need of the concrete rooms: serving, and work on a folder that no service has open.
cli::Hands make_hands();

}  // namespace aidledger
