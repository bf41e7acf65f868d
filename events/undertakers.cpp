#include "events/undertakers.hpp"

#include "events/family_codec.hpp"

namespace aidledger {
AIDLEDGER_FAMILY(Undertakers)
}  // namespace aidledger
