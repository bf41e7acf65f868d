#pragma once
// All that can have happened. A new family is one include and one line in families.hpp.
#include "events/event.hpp"

namespace aidledger {

/// The catalogue as a tree: every event with its tag, public type, fields and JSON Schema.
Tree catalogue_tree();

}  // namespace aidledger
