#include "events/evaluation.hpp"

#include "events/family_codec.hpp"

namespace aidledger {
AIDLEDGER_FAMILY(Evaluation)
}  // namespace aidledger
