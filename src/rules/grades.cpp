#include "src/rules/grades.hpp"

#include <algorithm>

namespace aidledger::rules {

Grade grade_of(const Policy& grades, std::int32_t marks) {
  constexpr std::int64_t never = full_marks + 1;
  for (const Grade grade : {Grade::excellent, Grade::good, Grade::qualified})
    if (marks >= grades.integer("thresholds." + std::string(name_of(grade)), never)) return grade;
  return Grade::unqualified;
}

Date add_months(Date date, int months) {
  const YearMonthDay from = ymd(date);
  const int month = from.year * 12 + from.month - 1 + months;
  const int year = month / 12, of_year = month % 12 + 1;
  const Date next = of_year == 12 ? date_of(year + 1, 1, 1) : date_of(year, of_year + 1, 1);
  return std::min(date_of(year, of_year, 1) + (from.day - 1), next + -1);
}

}  // namespace aidledger::rules
