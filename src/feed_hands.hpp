#pragma once
#include "src/cli/hands.hpp"

namespace aidledger {

/// What the commands about the public feed cannot do themselves.
void add_feed_hands(cli::Hands& hands);

}  // namespace aidledger
