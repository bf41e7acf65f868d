#include "src/rules/context.hpp"

#include <algorithm>

#include "src/rules/case_state.hpp"
#include "src/rules/clocks.hpp"

namespace aidledger::rules {

Refusal refuse(const RefusalKind& kind, std::string detail, std::string rule) {
  return {kind.number, std::string(kind.name), std::string(kind.sentence), std::move(detail), std::move(rule)};
}

bool Context::has_role(Role role) const {
  return std::find(actor.roles.begin(), actor.roles.end(), role) != actor.roles.end();
}

EventDraft Happened::add(Event event) {
  events.push_back(std::move(event));
  return {*this, events.size() - 1};
}

void Happened::used(const PolicyRef& ref) {
  if (std::find(policies.begin(), policies.end(), ref) == policies.end()) policies.push_back(ref);
}

void Happened::used(const Policy* policy) {
  if (policy != nullptr) used(policy->ref);
}

namespace {

/// "1", "2" ...: one more than the clocks of that rule on that subject, those of this decision included.
std::string next_key(const Happened& happened, const std::string& rule, const ObjectRef& subject) {
  int count = 0;
  happened.context().state.each<ClockRow>(row_key({rule, subject.kind, subject.id}),
                                          [&](auto, const ClockRow&) { return ++count < 100'000; });
  for (const auto& event : happened.events)
    for (const auto& start : event.starts) count += start.clock.rule == rule && start.clock.subject == subject ? 1 : 0;
  return std::to_string(count + 1);
}

/// On a case of another system only the clocks of its mapping run.
bool is_imported(const State& state, const ObjectRef& subject) {
  const auto row = subject.kind == CaseId::kind ? case_of(state, {subject.id}) : nullptr;
  return row && row->imported;
}

}  // namespace

Event& EventDraft::event() { return happened_.events[index_]; }

EventDraft& EventDraft::starts(const std::string& rule, const ObjectRef& subject, Date from, std::string owed_by,
                               std::string key) {
  const auto& context = happened_.context();
  const Policy* policy = context.policy("deadlines");
  if (policy == nullptr || policy->tree.find(rule) == nullptr || is_imported(context.state, subject)) return *this;
  ClockStart start;
  start.clock = {rule, subject, key.empty() ? next_key(happened_, rule, subject) : std::move(key)};
  start.from = from;
  start.days = static_cast<std::int32_t>(policy->integer(rule + ".days", 0));
  start.unit = policy->text(rule + ".unit", "natural") == "working" ? DayUnit::working : DayUnit::natural;
  if (start.unit == DayUnit::working)
    start.calendar = policy->text(rule + ".calendar", policy->text("calendar", "none"));
  const DueDate due = context.books.due(from, start.days, start.unit, start.calendar);
  start.due = due.due, start.calendar_missing = due.calendar_missing;
  start.policy = policy->ref, start.owed_by = std::move(owed_by);
  happened_.used(policy);
  return starts(std::move(start));
}

EventDraft& EventDraft::starts(ClockStart start) {
  event().starts.push_back(std::move(start));
  return *this;
}

EventDraft& EventDraft::ends(const std::string& rule, const ObjectRef& subject, Date on, ClockEnding ending,
                             const std::string& key) {
  std::optional<ClockId> latest;
  happened_.context().state.each<ClockRow>(row_key({rule, subject.kind, subject.id}), [&](auto, const ClockRow& row) {
    const bool wanted =
        key.empty() ? !latest || latest->key.size() < row.start.clock.key.size() ||
                          (latest->key.size() == row.start.clock.key.size() && latest->key < row.start.clock.key)
                    : row.start.clock.key == key;
    if (!row.ended && wanted) latest = row.start.clock;
    return true;
  });
  if (latest) event().ends.push_back({*latest, on, ending});
  return *this;
}

EventDraft& EventDraft::withdraws_all(const ObjectRef& subject, Date on) {
  happened_.context().state.each<RunningRow>(row_key({subject.kind, subject.id}), [&](auto, const RunningRow& row) {
    event().ends.push_back({row.clock, on, ClockEnding::withdrawn});
    return true;
  });
  return *this;
}

}  // namespace aidledger::rules
