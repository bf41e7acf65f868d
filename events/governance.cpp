#include "events/governance.hpp"

#include "events/family_codec.hpp"

namespace aidledger {
AIDLEDGER_FAMILY(Governance)
}  // namespace aidledger
