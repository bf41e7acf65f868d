#pragma once
// One way to write what a person is found by, so that the blind index finds it however it was typed.
#include <string>
#include <string_view>

#include "events/values/sealed.hpp"

namespace aidledger::vault {

/// Spaces, dashes and dots of every width and kind dropped (a middle dot in a name, too), full-width letters and digits
/// folded, letters upper case (the X of an identity number); from telephones parentheses and the prefix +86, 0086 or
/// 86 as well. Normalising twice changes nothing more (of UTF-8). What nothing remains of cannot be indexed or found.
std::string normalise(IndexKind kind, std::string_view value);

}  // namespace aidledger::vault
