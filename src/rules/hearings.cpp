#include "src/rules/hearings.hpp"

#include <algorithm>

#include "events/governance.hpp"
#include "src/rules/action_codec.hpp"
#include "src/rules/clocks.hpp"

namespace aidledger::rules {
namespace {

constexpr auto report_rule = "pre-hearing-report";
constexpr auto casework_policy = "casework";

std::expected<std::shared_ptr<const HearingRow>, Refusal> want_scheduled(const Context& context, const CaseId& id,
                                                                         const HearingId& hearing) {
  auto row = hearing_of(context.state, id, hearing);
  if (!row) return no(not_found, "hearing " + hearing.value);
  if (row->state != HearingState::scheduled)
    return no(wrong_state, "hearing " + hearing.value + " is " + std::string(name_of(row->state)));
  return row;
}

}  // namespace

void start_report_clock(EventDraft& draft, const Context& context, const CaseRow& row, const CaseId& id,
                        const HearingId& hearing, Instant at) {
  if (!row.lead) return;
  auto& starts = draft.event().starts;
  const auto before = starts.size();
  draft.starts(report_rule, ref(id), context.zone.local_date(at), row.lead->value, hearing.value);
  if (starts.size() > before && starts.back().due) starts.back().due = std::max(*starts.back().due, context.day());
}

Decision decide(const ScheduleHearing& action, const Context& context) {
  const auto row = want_case<ScheduleHearing>(context, action.case_id, {.lead = false});
  if (!row) return std::unexpected(row.error());
  if (hearing_of(context.state, action.case_id, action.hearing))
    return no(already_exists, "hearing " + action.hearing.value);
  Happened happened(context);
  auto draft = happened.add(HearingScheduled{action.case_id, (*row)->lead, action.hearing, action.at, action.organ});
  start_report_clock(draft, context, **row, action.case_id, action.hearing, action.at);
  return happened;
}

Decision decide(const RescheduleHearing& action, const Context& context) {
  const auto row = want_case<RescheduleHearing>(context, action.case_id, {.lead = false});
  if (!row) return std::unexpected(row.error());
  const auto hearing = want_scheduled(context, action.case_id, action.hearing);
  if (!hearing) return std::unexpected(hearing.error());
  Happened happened(context);
  auto draft = happened.add(HearingRescheduled{action.case_id, (*row)->lead, action.hearing, action.at});
  draft.ends(report_rule, ref(action.case_id), context.day(), ClockEnding::withdrawn, action.hearing.value);
  if (!(*hearing)->report) start_report_clock(draft, context, **row, action.case_id, action.hearing, action.at);
  return happened;
}

Decision decide(const CancelHearing& action, const Context& context) {
  const auto row = want_case<CancelHearing>(context, action.case_id, {.lead = false, .open = false});
  if (!row) return std::unexpected(row.error());
  if (const auto hearing = want_scheduled(context, action.case_id, action.hearing); !hearing)
    return std::unexpected(hearing.error());
  Happened happened(context);
  happened.add(HearingCancelled{action.case_id, (*row)->lead, action.hearing, action.ground})
      .ends(report_rule, ref(action.case_id), context.day(), ClockEnding::withdrawn, action.hearing.value);
  return happened;
}

Decision decide(const ClearHearing& action, const Context& context) {
  const auto row = want_case<ClearHearing>(context, action.case_id, {});
  if (!row) return std::unexpected(row.error());
  if (is_lead(context, **row)) return no(by_the_undertaker);
  const auto hearing = want_scheduled(context, action.case_id, action.hearing);
  if (!hearing) return std::unexpected(hearing.error());
  if ((*hearing)->cleared) return no(wrong_state, "the hearing is cleared already");
  if (!(*hearing)->report) return no(no_report, action.hearing.value);
  const Policy* policy = context.policy(casework_policy);
  const bool needs_accepted = policy != nullptr && policy->text("clearance_needs", "submitted") == "accepted";
  if (needs_accepted && !(*hearing)->accepted)
    return no(report_not_accepted, (*hearing)->report->value, policy->ref.name + "@" + policy->ref.version);
  Happened happened(context);
  happened.used(policy);
  happened.add(
      HearingCleared{action.case_id, *(*row)->lead, action.hearing, *(*hearing)->report, context.actor.person});
  return happened;
}

Decision decide(const RecordHearingHeld& action, const Context& context) {
  const auto row = want_case<RecordHearingHeld>(context, action.case_id, {.lead = false, .open = false});
  if (!row) return std::unexpected(row.error());
  const auto hearing = hearing_of(context.state, action.case_id, action.hearing);
  if (hearing && hearing->state == HearingState::held)
    return no(wrong_state, "the hearing is recorded as held already");
  Happened happened(context);
  happened.add(HearingHeld{action.case_id, (*row)->lead, action.hearing, hearing && hearing->cleared, action.attended});
  return happened;
}

/// Another system's centre never had the duty to clear a hearing here.
bool is_ours(const Context& context, const CaseId& id) {
  const auto row = case_of(context.state, id);
  return row && !row->imported;
}

void when_hearing_held_without_clearance_then_breach(const Event& event, const Context& context, Happened& then) {
  const auto* held = event.as<HearingHeld>();
  if (held == nullptr || held->cleared || !is_ours(context, held->case_id)) return;
  then.add(ComplianceBreachRecorded{"hearing-without-clearance",
                                    "hearing " + held->hearing.value + " was held before the centre had cleared it",
                                    held->case_id, held->undertaker});
}

void when_hearing_missed_by_undertaker_then_breach(const Event& event, const Context&, Happened& then) {
  const auto* held = event.as<HearingHeld>();
  if (held == nullptr || held->attended) return;
  then.add(ComplianceBreachRecorded{"hearing-missed", "the undertaker was not at hearing " + held->hearing.value,
                                    held->case_id, held->undertaker});
}

std::vector<ActionType> hearing_actions() {
  return actions_of<ScheduleHearing, RescheduleHearing, CancelHearing, ClearHearing, RecordHearingHeld>("cases");
}

}  // namespace aidledger::rules
