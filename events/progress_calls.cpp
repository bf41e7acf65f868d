#include "events/progress_calls.hpp"

#include "events/family_codec.hpp"

namespace aidledger {
AIDLEDGER_FAMILY(ProgressCalls)
}  // namespace aidledger
