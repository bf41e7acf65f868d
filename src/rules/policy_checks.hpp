#pragma once
// A policy that quality control could not reckon with is refused when it is adopted, not when a grade meets it.
#include <optional>
#include <string>
#include <string_view>

#include "events/values/tree.hpp"

namespace aidledger::rules {

/// What is wrong with the text of a policy that this build knows by name (deadlines, grades, evaluation, ladder,
/// subsidy): an unknown key, a value out of range, a threshold out of order. Nothing for other names.
std::optional<std::string> problem_of_policy(std::string_view name, const Tree& text);

}  // namespace aidledger::rules
