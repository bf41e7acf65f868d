#pragma once
#include "src/cli/hands.hpp"

namespace aidledger {

/// What the commands about the shared vault cannot do themselves.
void add_vault_hands(cli::Hands& hands);

}  // namespace aidledger
