#include "projections/deadlines.hpp"

#include "events/governance.hpp"
#include "events/row_codec.hpp"

namespace aidledger {
using projections::DeadlineRow, projections::OwedRow, projections::DueOnRow, projections::CaseDeadlineRow;
AIDLEDGER_ROW(DeadlineRow)
AIDLEDGER_ROW(OwedRow)
AIDLEDGER_ROW(DueOnRow)
AIDLEDGER_ROW(CaseDeadlineRow)
}  // namespace aidledger

namespace aidledger::projections {
namespace {

void point_at_due(Layer& rows, std::optional<Date> due, const std::string& key) {
  if (due) rows.put(row_key({to_text(*due)}) + key, DueOnRow{});
}

/// A clock started again begins anew. The starts are counted, so that each shows, whatever the clock came to before.
void start(Layer& rows, const Fact& fact, const ClockStart& clock) {
  const std::string key = deadline_key(clock.clock);
  auto& row = rows.edit<DeadlineRow>(key);
  DeadlineRow fresh;
  fresh.start = clock;
  fresh.started = std::move(row.started), fresh.cases = std::move(row.cases);
  if (fresh.started.empty() || fresh.started.back() != fact.at) fresh.started.push_back(fact.at);
  fresh.times_started = static_cast<std::uint32_t>(fresh.started.size());
  for (const auto& object : fact.event.objects) {
    if (object.kind != CaseId::kind || object == clock.clock.subject) continue;
    const auto at = std::lower_bound(fresh.cases.begin(), fresh.cases.end(), object.id);
    if (at == fresh.cases.end() || *at != object.id) fresh.cases.insert(at, object.id);
    rows.put(row_key({object.id}) + key, CaseDeadlineRow{});
  }
  row = std::move(fresh);
  rows.put(row_key({clock.owed_by}) + key, OwedRow{});
  point_at_due(rows, clock.due, key);
}

/// The row of a clock that was started, or nullptr.
DeadlineRow* started(Layer& rows, const std::string& key) {
  return rows.get<DeadlineRow>(key) ? &rows.edit<DeadlineRow>(key) : nullptr;
}

DeadlineRow* started(Layer& rows, const ClockId& clock) { return started(rows, deadline_key(clock)); }

/// An end and a start of one clock in one event are a start.
bool starts_anew(const Event& event, const ClockId& clock) {
  return std::any_of(event.starts.begin(), event.starts.end(), [&](const auto& s) { return s.clock == clock; });
}

void move(Layer& rows, EventRef at, const ClockId& clock, MovedDue moved) {
  const std::string key = deadline_key(clock);
  if (auto* row = started(rows, key)) {
    point_at_due(rows, moved.due, key);
    row->moved.set(std::move(moved), at);
  }
}

void fold_governance(Layer& rows, const Event& event, EventRef at) {
  if (const auto* missed = event.as<DeadlineMissed>()) {
    if (auto* row = started(rows, missed->clock)) row->missed.set({missed->due, missed->owed_by}, at);
  } else if (const auto* extended = event.as<DeadlineExtended>()) {
    move(rows, at, extended->clock, {extended->due, 0, true, extended->reason});
  } else if (const auto* waived = event.as<DeadlineWaived>()) {
    if (auto* row = started(rows, waived->clock)) row->waived.set(waived->reason, at);
  } else if (const auto* excused = event.as<DeadlineExcused>()) {
    if (auto* row = started(rows, excused->clock)) row->excused.set({excused->done, excused->reason}, at);
  } else if (const auto* dated = event.as<DeadlinesDated>()) {
    for (const auto& one : dated->clocks) move(rows, at, one.clock, {one.due, one.calendar_missing, false, ""});
  }
}

}  // namespace

std::string deadline_key(const ClockId& clock) {
  return row_key({clock.subject.kind, clock.subject.id, clock.rule, clock.key});
}

DeadlineState DeadlineRow::state() const {
  using State = DeadlineState;
  const auto last = due();
  const State too_late = is_window() ? State::window_closed : State::missed;
  if (excused) return State::excused;
  if (waived) return State::waived;
  if (done && done->ending == ClockEnding::withdrawn) return missed ? too_late : State::withdrawn;
  if (!last) return State::calendar_missing;
  if (done) return done->on <= *last ? State::met : too_late;
  if (missed) return is_window() ? State::window_closed : State::missed_still_open;
  return State::not_yet_due;
}

void fold_deadlines(Layer& rows, const Fact& fact) {
  const Event& event = fact.event;
  for (const auto& end : event.ends)
    if (!starts_anew(event, end.clock))
      if (auto* row = started(rows, end.clock)) row->done.set({end.on, end.ending}, fact.at);
  for (const auto& clock : event.starts) start(rows, fact, clock);
  if (event.type->tag.family == family_governance) fold_governance(rows, event, fact.at);
}

}  // namespace aidledger::projections
