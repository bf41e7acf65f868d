#include "src/ledger/step_queries.hpp"

#include "events/values/ids.hpp"

namespace aidledger::ledger {
namespace {

using projections::DeadlineRow, projections::DeadlineState, projections::TimelineRow, projections::UnwatchedRow;

void each_clock(const Rows& rows, const std::string& rule, const std::function<bool(const DeadlineRow&)>& visit) {
  rows.each<DeadlineRow>(row_key({CaseId::kind}), [&](std::string_view, const DeadlineRow& row) {
    return row.start.clock.rule != rule || visit(row);
  });
}

std::optional<TimelineRow> first_by(const Rows& rows, const std::string& case_id, const std::string& step, Date due) {
  std::optional<TimelineRow> found;
  rows.each<TimelineRow>(row_key({case_id}), [&](std::string_view, const TimelineRow& row) {
    if (row.step == step && row.on && *row.on <= due) found = row;
    return !found;
  });
  return found;
}

}  // namespace

void each_step_in_time(const Rows& rows, const std::string& rule, const std::string& step,
                       const std::function<bool(const StepInTime&)>& visit) {
  each_clock(rows, rule, [&](const DeadlineRow& clock) {
    if (!clock.due()) return true;
    const auto found = first_by(rows, clock.start.clock.subject.id, step, *clock.due());
    return !found || visit({clock, *found});
  });
}

void each_unwatched_step(const Rows& rows, const std::string& case_id,
                         const std::function<bool(std::string_view, const TimelineRow&)>& visit) {
  const std::string prefix = case_id.empty() ? "" : row_key({case_id});
  rows.each<UnwatchedRow>(prefix, [&](std::string_view key, const UnwatchedRow&) {
    const auto row = rows.get<TimelineRow>(key);
    return !row || visit(key_parts(key).front(), *row);
  });
}

DeadlineCount count_deadlines(const Rows& rows, const std::string& rule) {
  DeadlineCount out;
  each_clock(rows, rule, [&](const DeadlineRow& row) {
    switch (row.state()) {
      case DeadlineState::not_yet_due: ++out.not_yet_due; break;
      case DeadlineState::met: ++out.met; break;
      case DeadlineState::missed: ++out.missed; break;
      case DeadlineState::missed_still_open: ++out.missed_still_open; break;
      case DeadlineState::calendar_missing: ++out.calendar_missing; break;
      case DeadlineState::waived:
      case DeadlineState::excused:
      case DeadlineState::withdrawn: ++out.other; break;
    }
    return true;
  });
  return out;
}

}  // namespace aidledger::ledger
