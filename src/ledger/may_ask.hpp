#pragma once
// Access as the writer asks for it: the action's roles, the ledger, and whose case it is.
#include "src/ledger/writer.hpp"

namespace aidledger::ledger {

MayAsk may_ask_in(std::string ledger);

}  // namespace aidledger::ledger
