#include "events/subsidy.hpp"

#include "events/family_codec.hpp"

namespace aidledger {
AIDLEDGER_FAMILY(Subsidy)
}  // namespace aidledger
