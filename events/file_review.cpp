#include "events/file_review.hpp"

#include "events/family_codec.hpp"

namespace aidledger {
AIDLEDGER_FAMILY(FileReview)
}  // namespace aidledger
