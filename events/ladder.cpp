#include "events/ladder.hpp"

#include "events/family_codec.hpp"

namespace aidledger {
AIDLEDGER_FAMILY(Ladder)
}  // namespace aidledger
