#include "events/cases.hpp"

#include "events/family_codec.hpp"

namespace aidledger {
AIDLEDGER_FAMILY(Cases)
}  // namespace aidledger
