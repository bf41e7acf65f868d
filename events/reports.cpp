#include "events/reports.hpp"

#include "events/family_codec.hpp"

namespace aidledger {
AIDLEDGER_FAMILY(Reports)
}  // namespace aidledger
