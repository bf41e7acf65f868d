#pragma once
// From marks to grades, by the thresholds of the grades policy.
#include "events/values/grade.hpp"
#include "src/rules/policy.hpp"

namespace aidledger::rules {

inline constexpr std::int32_t full_marks = 100;

/// The best grade whose threshold the marks reach; a grade that the policy does not name is never given.
Grade grade_of(const Policy& grades, std::int32_t marks);
/// The same day of the month so many months later (earlier where negative); the month's last day where there is none.
Date add_months(Date date, int months);

}  // namespace aidledger::rules
