#include "events/case_imports.hpp"

#include "events/family_codec.hpp"

namespace aidledger {
AIDLEDGER_FAMILY(CaseImports)
}  // namespace aidledger
