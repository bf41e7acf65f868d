#include "src/rules/clocks.hpp"

#include "events/governance.hpp"
#include "events/row_codec.hpp"

namespace aidledger {
using rules::ClockRow, rules::DueRow, rules::UndatedRow, rules::RunningRow;
AIDLEDGER_ROW(ClockRow)
AIDLEDGER_ROW(DueRow)
AIDLEDGER_ROW(UndatedRow)
AIDLEDGER_ROW(RunningRow)
}  // namespace aidledger

namespace aidledger::rules {
namespace {

/// Dates sort as text from year 0 to 9999.
std::string due_key(const std::string& hold, Date due, const ClockId& clock) {
  return row_key({hold.empty() ? "-" : hold, to_text(due)}) + clock_key(clock);
}

std::string running_key(const ClockId& clock) {
  return row_key({clock.subject.kind, clock.subject.id, clock.rule, clock.key});
}

std::string undated_key(const ClockStart& start) {
  return row_key({start.calendar, std::to_string(start.calendar_missing)}) + clock_key(start.clock);
}

void watch(Layer& state, const ClockStart& start) {
  if (start.due)
    state.edit<DueRow>(due_key(start.hold, *start.due, start.clock)).clock = start.clock;
  else if (start.calendar_missing != 0)
    state.edit<UndatedRow>(undated_key(start)).clock = start.clock;
}

void unwatch(Layer& state, const ClockStart& start) {
  if (start.due)
    state.erase<DueRow>(due_key(start.hold, *start.due, start.clock));
  else if (start.calendar_missing != 0)
    state.erase<UndatedRow>(undated_key(start));
}

void fold_start(Layer& state, const ClockStart& start) {
  auto& row = state.edit<ClockRow>(clock_key(start.clock));
  row = ClockRow{};
  row.start = start;
  state.edit<RunningRow>(running_key(start.clock)).clock = start.clock;
  watch(state, start);
}

void fold_end(Layer& state, const ClockEnd& end) {
  if (!state.get<ClockRow>(clock_key(end.clock))) return;
  auto& row = state.edit<ClockRow>(clock_key(end.clock));
  row.ended = true;
  row.ended_on = end.on;
  state.erase<RunningRow>(running_key(end.clock));
  if (!row.late()) unwatch(state, row.start);
}

void fold_date(Layer& state, const ClockId& clock, std::optional<Date> due, std::int32_t missing) {
  if (!state.get<ClockRow>(clock_key(clock))) return;
  auto& row = state.edit<ClockRow>(clock_key(clock));
  unwatch(state, row.start);
  row.start.due = due;
  row.start.calendar_missing = missing;
  if (!row.missed && !row.waived && (!row.ended || row.late())) watch(state, row.start);
}

void fold_judged(Layer& state, const ClockId& clock, bool waived) {
  if (!state.get<ClockRow>(clock_key(clock))) return;
  auto& row = state.edit<ClockRow>(clock_key(clock));
  (waived ? row.waived : row.missed) = true;
  unwatch(state, row.start);
}

void collect_due(const State& state, const std::string& hold, Date today, std::size_t limit,
                 std::vector<ClockRow>& out) {
  const std::string last = to_text(today);
  state.each<DueRow>(row_key({hold}), [&](std::string_view key, const DueRow& due) {
    if (out.size() >= limit || key_parts(key)[1] >= last) return false;
    out.push_back(*state.get<ClockRow>(clock_key(due.clock)));
    return true;
  });
}

}  // namespace

std::string clock_key(const ClockId& clock) {
  return row_key({clock.rule, clock.subject.kind, clock.subject.id, clock.key});
}

std::vector<ClockRow> overdue(const State& state, Date today, std::size_t limit) {
  std::vector<ClockRow> out;
  collect_due(state, "-", today, limit, out);
  return out;
}

std::vector<ClockRow> overdue_under(const State& state, const std::string& hold, Date today, std::size_t limit) {
  std::vector<ClockRow> out;
  collect_due(state, hold, today, limit, out);
  return out;
}

void fold_clocks(Layer& state, const Event& event) {
  for (const auto& end : event.ends) fold_end(state, end);
  for (const auto& start : event.starts) fold_start(state, start);
  if (const auto* e = event.as<DeadlineMissed>()) fold_judged(state, e->clock, false);
  if (const auto* e = event.as<DeadlineWaived>()) fold_judged(state, e->clock, true);
  if (const auto* e = event.as<DeadlineExtended>()) fold_date(state, e->clock, e->due, 0);
  if (const auto* e = event.as<DeadlinesDated>())
    for (const auto& dated : e->clocks) fold_date(state, dated.clock, dated.due, dated.calendar_missing);
}

void when_proof_comes_late_then_excuse(const Event& event, const Context& context, Happened& then) {
  for (const auto& end : event.ends) {
    const auto row = context.state.get<ClockRow>(clock_key(end.clock));
    if (row && row->missed && end.ending == ClockEnding::met && row->start.due && end.on <= *row->start.due)
      then.add(DeadlineExcused{end.clock, end.on, "done in time, proved late"});
  }
}

}  // namespace aidledger::rules
