#pragma once
// What each target says: inputs to begin with, and what must hold of any.
#include <vector>

#include "events/values/bytes.hpp"

namespace aidledger::fuzz {

/// Sound inputs, made from the declarations rather than kept in files, which would go stale. At least one.
std::vector<Bytes> samples();
/// Throws nothing, whatever the input is.
void look_at(BytesView input);
/// Ends the process unless it holds; in every build.
void must(bool holds, const char* what);

}  // namespace aidledger::fuzz
