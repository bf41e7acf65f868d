// A sanction: proposed by a director, confirmed by a second person.
#include <algorithm>
#include <set>

#include "src/rules/clocks.hpp"
#include "src/rules/grades.hpp"
#include "src/rules/ladder_actions.hpp"
#include "src/rules/standing.hpp"

namespace aidledger::rules {
namespace {

using Check = std::optional<Refusal>;

std::vector<CaseId> cases_of(const std::vector<CountedGrade>& grades) {
  std::vector<CaseId> cases;
  for (const auto& grade : grades) cases.push_back(grade.case_id);
  return cases;
}

/// Each open case once, and no other.
Check unplanned(const Context& context, const UndertakerId& undertaker, const std::vector<OpenCasePlan>& plan) {
  std::set<CaseId> open;
  context.state.each<OpenCaseRow>(row_key({undertaker.value}), [&](auto, const OpenCaseRow& row) {
    open.insert(row.case_id);
    return true;
  });
  for (const auto& planned : plan)
    if (open.erase(planned.case_id) == 0) return refuse(not_an_open_case, "case " + planned.case_id.value);
  if (!open.empty())
    return refuse(open_cases_unplanned, std::to_string(open.size()) + " left, e.g. case " + open.begin()->value);
  return std::nullopt;
}

Check unheard(const Context& context, const UndertakerId& undertaker, const LadderRow& row) {
  if (row.hearing_step != row.step) return refuse(hearing_required, undertaker.value);
  if (row.statement) return std::nullopt;
  std::optional<Date> last;
  context.state.each<ClockRow>(row_key({"hearing-statement", "undertaker", undertaker.value}),
                               [&](auto, const ClockRow& clock) {
                                 if (!clock.ended && clock.start.due) last = std::max(last, clock.start.due);
                                 return true;
                               });
  if (!last) return refuse(hearing_window_open, "the calendar does not reach its end");
  if (context.day() <= *last) return refuse(hearing_window_open, "until " + to_text(*last));
  return std::nullopt;
}

/// Nothing, or why the sanction may not be decided on the standing as it is.
Check not_now(const Context& context, const SanctionProposed& proposed, const LadderRow& row, const Policy& ladder) {
  if (is_own(context, proposed.undertaker)) return refuse(own_sanction, proposed.undertaker.value);
  if (!awaits_decision(row, {row.step, row.counted}, ladder))
    return refuse(nothing_to_decide, proposed.undertaker.value + " stands on step " + std::to_string(row.step));
  const auto needed = grades_needed(ladder, proposed.sanction);
  if (std::ssize(row.counted) < needed)
    return refuse(step_too_low, std::to_string(row.counted.size()) + " counted, " + std::to_string(needed) + " needed");
  if (ladder.flag("require_notice", false) && row.decided_step + 1 < row.step && row.step > 2)
    return refuse(earlier_step_undecided, "step " + std::to_string(row.step - 1));
  if (proposed.sanction != Sanction::disqualification) return std::nullopt;
  if (auto refusal = unheard(context, proposed.undertaker, row)) return refusal;
  return unplanned(context, proposed.undertaker, proposed.open_cases);
}

template <class E>
E decided(const SanctionProposed& by, const LadderRow& row, const Context& context) {
  E event{};
  event.proposal = by.proposal, event.undertaker = by.undertaker, event.step = row.step;
  event.counted = row.counted, event.reasons = by.reasons;
  event.proposed_by = by.proposed_by, event.confirmed_by = context.actor.person;
  return event;
}

EventDraft add_decision(Happened& happened, const SanctionProposed& by, const LadderRow& row, const Policy& ladder) {
  const Context& context = happened.context();
  if (by.sanction == Sanction::none) return happened.add(decided<LadderDecided>(by, row, context));
  if (by.sanction == Sanction::warning) {
    auto warning = decided<ManagementWarningIssued>(by, row, context);
    warning.absorbed = row.absorbed, warning.policy = ladder.ref;
    return happened.add(std::move(warning));
  }
  auto disqualified = decided<UndertakerDisqualified>(by, row, context);
  disqualified.absorbed = row.absorbed, disqualified.policy = ladder.ref;
  disqualified.effective_from = context.day();
  disqualified.until = add_months(context.day(), static_cast<int>(ladder.integer("disq_months", 12)));
  disqualified.open_cases = by.open_cases;
  return happened.add(std::move(disqualified));
}

}  // namespace

Decision decide(const ProposeSanction& action, const Context& context) {
  if (context.state.get<SanctionProposalRow>(row_key({action.proposal.value})))
    return no(already_exists, "proposal " + action.proposal.value);
  if (!standing_of(context.state, action.undertaker)) return no(not_found, "undertaker " + action.undertaker.value);
  const LadderRow row = ladder_of(context.state, action.undertaker);
  const Policy* ladder = context.policy("ladder");
  if (ladder == nullptr) return no(no_policy, "ladder");
  if (action.reasons.empty()) return no(reasons_required);
  SanctionProposed proposed{action.proposal, action.undertaker,   row.step, action.sanction, action.open_cases,
                            action.reasons,  context.actor.person};
  if (auto refusal = not_now(context, proposed, row, *ladder)) return std::unexpected(std::move(*refusal));
  Happened happened(context);
  happened.used(ladder);
  happened.add(std::move(proposed));
  return happened;
}

Decision decide(const ConfirmSanction& action, const Context& context) {
  const auto proposal = context.state.get<SanctionProposalRow>(row_key({action.proposal.value}));
  if (!proposal) return no(not_found, "proposal " + action.proposal.value);
  if (proposal->decided) return no(proposal_decided, action.proposal.value);
  const auto& by = proposal->proposed;
  if (by.proposed_by == context.actor.person) return no(same_person);
  const LadderRow row = ladder_of(context.state, by.undertaker);
  const Policy* ladder = context.policy("ladder");
  if (ladder == nullptr) return no(no_policy, "ladder");
  if (row.step != by.step || cases_of(row.counted) != proposal->cases)
    return no(step_changed, by.undertaker.value + " stands on step " + std::to_string(row.step));
  if (auto refusal = not_now(context, by, row, *ladder)) return std::unexpected(std::move(*refusal));
  Happened happened(context);
  happened.used(ladder);
  auto draft = add_decision(happened, by, row, *ladder);
  draft.ends("hearing-statement", ref(by.undertaker), context.day(), ClockEnding::withdrawn);
  if (std::ranges::find(row.absorbed, 1) != row.absorbed.end())
    draft.ends("written-comments", ref(by.undertaker), context.day(), ClockEnding::withdrawn);
  return happened;
}

}  // namespace aidledger::rules
