#pragma once
// Questions about imported histories, over rows alone.
#include <functional>
#include <string>

#include "projections/deadlines.hpp"
#include "projections/timeline.hpp"

namespace aidledger::ledger {

/// A clock of a case, and the first step of the asked name that was done by its last date.
struct StepInTime {
  const projections::DeadlineRow& deadline;
  const projections::TimelineRow& step;
};

/// Visits, in order of case, each clock of `rule` on a case in which a step named `step` was done on or before the
/// clock's last date, whether or not that met the clock (a payment that stops nothing). Return false to stop. Reads
/// every clock once.
void each_step_in_time(const Rows& rows, const std::string& rule, const std::string& step,
                       const std::function<bool(const StepInTime&)>& visit);

/// Visits each step that was watched by whoever did it, of one case or (empty) of all. Return false to stop.
void each_unwatched_step(const Rows& rows, const std::string& case_id,
                         const std::function<bool(std::string_view case_id, const projections::TimelineRow&)>& visit);

/// How the clocks of a rule stand, counted.
struct DeadlineCount {
  std::size_t not_yet_due = 0, met = 0, missed = 0, missed_still_open = 0, calendar_missing = 0, other = 0;
};
DeadlineCount count_deadlines(const Rows& rows, const std::string& rule);

}  // namespace aidledger::ledger
