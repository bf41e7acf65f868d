#include "src/rules/cases.hpp"

#include "src/rules/action_codec.hpp"
#include "src/rules/clocks.hpp"
#include "src/rules/closing.hpp"
#include "src/rules/hearings.hpp"

namespace aidledger::rules {
namespace {

constexpr auto assigner_role = "assigner";
constexpr auto intake_role = "intake";
constexpr auto supervisor_role = "supervisor";

bool runs(const Context& context, const std::string& rule, const ObjectRef& subject) {
  bool found = false;
  context.state.each<RunningRow>(row_key({subject.kind, subject.id, rule}), [&](auto, const RunningRow&) {
    found = true;
    return false;
  });
  return found;
}

/// Ends what asked for an undertaker, starts what the new one and the centre now owe.
void run_clocks_of_assignment(EventDraft& draft, const Context& context, const UndertakerAssigned& e, bool first) {
  const auto subject = ref(e.case_id);
  draft.ends("assign-after-grant", subject, context.day());
  draft.ends("assign-after-notice", subject, context.day());
  draft.starts("rights-notice", subject, context.day(), intake_role, std::to_string(e.assignment));
  draft.starts("periodic-report", subject, context.day(), e.undertaker.value);
  if (first) draft.starts("first-progress-call", subject, context.day(), supervisor_role);
}

/// What the outgoing undertaker owes and has not missed yet passes to the successor with its due date.
void pass_on_clocks(EventDraft& draft, const Context& context, const UndertakerId& from, const UndertakerAssigned& e) {
  const auto subject = ref(e.case_id);
  context.state.each<RunningRow>(row_key({subject.kind, subject.id}), [&](auto, const RunningRow& running) {
    const auto clock = context.state.get<ClockRow>(clock_key(running.clock));
    const bool overdue = clock->start.due && *clock->start.due < context.day();
    if (clock->start.owed_by != from.value || overdue || running.clock.rule == "periodic-report") return true;
    ClockStart moved = clock->start;
    moved.owed_by = e.undertaker.value;
    draft.event().ends.push_back({running.clock, context.day(), ClockEnding::withdrawn});
    draft.starts(std::move(moved));
    return true;
  });
}

/// What belongs to an assignment alone ends with it.
void withdraw_clocks_of_assignment(EventDraft& draft, const Context& context, const ObjectRef& subject) {
  for (const auto* rule : {"rights-notice", "periodic-report"})
    draft.ends(rule, subject, context.day(), ClockEnding::withdrawn);
}

UndertakerAssigned assignment_of(const Context& context, const CaseId& case_id, const CaseRow& row,
                                 const UndertakerId& id, AssignmentMode mode,
                                 const std::vector<UndertakerId>& candidates) {
  const auto standing = standing_of(context.state, id);
  UndertakerAssigned e;
  e.case_id = case_id, e.undertaker = id, e.person = standing->person;
  e.assignment = row.assignment + 1;
  e.mode = mode, e.case_type = row.case_type, e.stage = row.stage;
  e.organisation = standing->organisation, e.salaried = standing->salaried;
  e.candidates = look_at(context, candidates, row);
  e.seen = facts_seen(context, id, *standing);
  e.assigned_by = context.actor.person;
  return e;
}

FamilyRules with(std::vector<ActionType> own, const std::vector<std::vector<ActionType>>& more) {
  for (const auto& actions : more) own.insert(own.end(), actions.begin(), actions.end());
  return {std::move(own), fold_cases, {}};
}

}  // namespace

Decision decide(const GrantAid& action, const Context& context) {
  if (case_of(context.state, action.case_id)) return no(already_exists, "case " + action.case_id.value);
  if (action.opposing_case && !case_of(context.state, *action.opposing_case))
    return no(not_found, "case " + action.opposing_case->value);
  AidGranted e{action.case_id,
               action.recipient,
               action.case_type,
               action.stage,
               action.cause,
               action.organ,
               action.district,
               action.channel.value_or(GrantChannel::application),
               action.group_size.value_or(1),
               action.flags,
               action.opposing_case,
               action.full_name,
               action.identity_number,
               action.telephone,
               action.address,
               action.facts};
  const auto rule = e.channel == GrantChannel::application ? "assign-after-grant" : "assign-after-notice";
  Happened happened(context);
  happened.add(std::move(e)).starts(rule, ref(action.case_id), context.day(), assigner_role);
  return happened;
}

Decision decide(const AssignUndertaker& action, const Context& context) {
  const auto row = want_case<AssignUndertaker>(context, action.case_id, {.lead = false});
  if (!row) return std::unexpected(row.error());
  if ((*row)->lead) return no(has_lead, action.case_id.value + " is with " + (*row)->lead->value);
  if (action.candidates.size() > max_candidates) return no(bad_text, "200 candidates at the most");
  if (auto refusal = why_not(context, action.undertaker, **row)) return std::unexpected(std::move(*refusal));
  const auto subject = ref(action.case_id);
  const bool first = !runs(context, "first-progress-call", subject) && !runs(context, "progress-call", subject);
  auto assigned = assignment_of(context, action.case_id, **row, action.undertaker, action.mode, action.candidates);
  Happened happened(context);
  happened.used(assigned.seen.policy);
  auto draft = happened.add(assigned);
  run_clocks_of_assignment(draft, context, assigned, first);
  return happened;
}

Decision decide(const DeclineAssignment& action, const Context& context) {
  const auto row = want_case<DeclineAssignment>(context, action.case_id, {});
  if (!row) return std::unexpected(row.error());
  const auto subject = ref(action.case_id);
  Happened happened(context);
  auto draft = happened.add(AssignmentDeclined{action.case_id, *(*row)->lead, (*row)->assignment, action.ground});
  withdraw_clocks_of_assignment(draft, context, subject);
  for (const auto* rule : {"first-progress-call", "progress-call", "replacement-decision"})
    draft.ends(rule, subject, context.day(), ClockEnding::withdrawn);
  draft.starts("assign-after-grant", subject, context.day(), assigner_role);
  return happened;
}

Decision decide(const RequestReplacement& action, const Context& context) {
  const auto row = want_case<RequestReplacement>(context, action.case_id, {.recipient = &action.recipient});
  if (!row) return std::unexpected(row.error());
  const auto subject = ref(action.case_id);
  const bool asked_already = runs(context, "replacement-decision", subject);
  Happened happened(context);
  auto draft =
      happened.add(ReplacementRequested{action.case_id, *(*row)->lead, action.side, action.ground, action.details});
  if (!asked_already) draft.starts("replacement-decision", subject, context.day(), assigner_role);
  return happened;
}

Decision decide(const ReplaceUndertaker& action, const Context& context) {
  const auto row = want_case<ReplaceUndertaker>(context, action.case_id, {});
  if (!row) return std::unexpected(row.error());
  if (*(*row)->lead != action.from || action.from == action.undertaker)
    return no(not_current_holder, action.case_id.value + " is with " + (*row)->lead->value);
  if (action.candidates.size() > max_candidates) return no(bad_text, "200 candidates at the most");
  if (auto refusal = why_not(context, action.undertaker, **row)) return std::unexpected(std::move(*refusal));
  const auto subject = ref(action.case_id);
  auto assigned = assignment_of(context, action.case_id, **row, action.undertaker, action.mode, action.candidates);
  Happened happened(context);
  happened.used(assigned.seen.policy);
  auto replaced = happened.add(
      UndertakerReplaced{action.case_id, action.from, action.undertaker, (*row)->assignment, action.ground});
  withdraw_clocks_of_assignment(replaced, context, subject);
  replaced.ends("replacement-decision", subject, context.day());
  auto draft = happened.add(assigned);
  pass_on_clocks(draft, context, action.from, assigned);
  const bool first = !runs(context, "first-progress-call", subject) && !runs(context, "progress-call", subject);
  run_clocks_of_assignment(draft, context, assigned, first);
  return happened;
}

FamilyRules case_rules() {
  auto rules =
      with(actions_of<GrantAid, AssignUndertaker, DeclineAssignment, RequestReplacement, ReplaceUndertaker>("cases"),
           {hearing_actions(), closing_actions()});
  rules.consequences = {when_hearing_held_without_clearance_then_breach, when_hearing_missed_by_undertaker_then_breach};
  return rules;
}

}  // namespace aidledger::rules
