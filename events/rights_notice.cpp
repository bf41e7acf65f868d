#include "events/rights_notice.hpp"

#include "events/family_codec.hpp"

namespace aidledger {
AIDLEDGER_FAMILY(RightsNotice)
}  // namespace aidledger
