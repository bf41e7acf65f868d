#pragma once
// The grade of one case, worst first, so that grades compare. "good" exists in policies with four grades only.
#include "events/values/enum_names.hpp"

namespace aidledger {

enum class Grade : std::uint8_t { unqualified, qualified, good, excellent };
constexpr auto names_of(Grade) { return std::array{"unqualified"sv, "qualified"sv, "good"sv, "excellent"sv}; }

}  // namespace aidledger
