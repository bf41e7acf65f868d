// From a proposed grade to a final one: told, objected to, decided, final, redetermined.
#include <algorithm>

#include "src/rules/case_state.hpp"
#include "src/rules/clocks.hpp"
#include "src/rules/evaluation_actions.hpp"
#include "src/rules/grades.hpp"

namespace aidledger::rules {
namespace {

constexpr auto objection_clock = "grade-objection", review_clock = "objection-review";

using Found = std::expected<std::shared_ptr<const RoundCaseRow>, Refusal>;

/// A case of a round that has a grade, proposed or final.
Found graded(const Context& context, const RoundId& round, const CaseId& id) {
  auto row = context.state.get<RoundCaseRow>(round_case_key(round, id));
  if (!row) return no(not_found, "case " + id.value + " in round " + round.value);
  if (!row->grade) return no(not_proposed, "case " + id.value);
  return row;
}

PersonId person_of(const Context& context, const CaseId& id) { return case_of(context.state, id)->lead_person; }

/// The same, for a decision of somebody who neither scored the case nor handled it.
Found graded_by_others(const Context& context, const RoundId& round, const CaseId& id) {
  auto row = graded(context, round, id);
  if (!row) return row;
  if (std::ranges::find((*row)->seats, context.actor.person, &Seat::evaluator) != (*row)->seats.end())
    return no(decided_by_evaluator, "case " + id.value);
  if (context.state.get<InterestRow>(row_key({id.value, context.actor.person})))
    return no(interest_declared, "case " + id.value);
  if (person_of(context, id).value == context.actor.person || (*row)->undertaker.value == context.actor.undertaker)
    return no(own_work, "case " + id.value);
  return row;
}

ClockId objection_window(const RoundId& round, const CaseId& id) { return {objection_clock, ref(id), round.value}; }

/// The last local date for an objection; absent where the calendar of its year is missing.
std::optional<Date> window_end(const Context& context, const RoundId& round, const CaseId& id) {
  const auto clock = context.state.get<ClockRow>(clock_key(objection_window(round, id)));
  return clock ? clock->start.due : std::nullopt;
}

std::optional<Refusal> not_yet_final(const Context& context, const FinaliseGrade& action, const RoundCaseRow& row) {
  if (row.objection == Objection::open) return refuse(objection_open, "case " + action.case_id.value);
  if (row.objection == Objection::decided) return std::nullopt;
  const auto last = window_end(context, action.round, action.case_id);
  if (!last) return refuse(window_open, "the calendar does not reach its end");
  if (context.day() <= *last) return refuse(window_open, "until " + to_text(*last));
  return std::nullopt;
}

}  // namespace

Decision decide(const NotifyGrade& action, const Context& context) {
  const auto row = graded(context, action.round, action.case_id);
  if (!row) return std::unexpected(row.error());
  if ((*row)->notified) return no(wrong_state, "the undertaker has been told");
  const Policy* deadlines = context.policy("deadlines");
  if (deadlines == nullptr || deadlines->tree.find(objection_clock) == nullptr) return no(no_policy, objection_clock);
  Happened happened(context);
  // Nobody owes an objection: the clock is a window, and its running out is nobody's fault.
  happened.add(GradeNotified{action.round, action.case_id, (*row)->undertaker, *(*row)->grade, (*row)->marks})
      .starts(objection_clock, ref(action.case_id), context.day(), "", action.round.value);
  return happened;
}

Decision decide(const ObjectToGrade& action, const Context& context) {
  const auto row = graded(context, action.round, action.case_id);
  if (!row) return std::unexpected(row.error());
  const auto& at = **row;
  if (context.actor.undertaker != at.undertaker.value) return no(not_the_undertaker, "case " + action.case_id.value);
  if (!is_key_of(person_of(context, action.case_id), action.person))
    return no(not_the_undertakers_key, action.person.value);
  if (at.final) return no(grade_final, "case " + action.case_id.value);
  if (!at.notified) return no(not_notified, "case " + action.case_id.value);
  if (at.objection != Objection::none) return no(wrong_state, "an objection has been lodged");
  if (const auto last = window_end(context, action.round, action.case_id); last && *last < context.day())
    return no(objection_too_late, "it could be lodged until " + to_text(*last));
  Happened happened(context);
  happened.add(GradeObjectionLodged{action.round, action.case_id, at.undertaker, *at.grade, action.statement})
      .ends(objection_clock, ref(action.case_id), context.day(), ClockEnding::met, action.round.value)
      .starts(review_clock, ref(action.case_id), context.day(), std::string(name_of(Role::centre_director)),
              action.round.value);
  return happened;
}

Decision decide(const UpholdGrade& action, const Context& context) {
  const auto row = graded_by_others(context, action.round, action.case_id);
  if (!row) return std::unexpected(row.error());
  if ((*row)->objection != Objection::open) return no(no_objection, "case " + action.case_id.value);
  if (action.reasons.empty()) return no(reasons_required);
  Happened happened(context);
  happened
      .add(GradeUpheld{action.round, action.case_id, (*row)->undertaker, *(*row)->grade, action.reasons,
                       context.actor.person})
      .ends(review_clock, ref(action.case_id), context.day(), ClockEnding::met, action.round.value);
  return happened;
}

namespace {

std::expected<Grade, Refusal> new_grade(const RedetermineGrade& action, const Policy& grades) {
  if (action.reasons.empty()) return no(reasons_required);
  if (action.marks < 0 || action.marks > full_marks) return no(marks_out_of_range, std::to_string(action.marks));
  const Grade grade = action.hard_fail == HardFail::none ? grade_of(grades, action.marks) : Grade::unqualified;
  if (grade == Grade::unqualified && action.findings.empty()) return no(findings_required);
  for (const auto& finding : action.findings)
    if (finding.finding.empty() || finding.pages.empty()) return no(pages_required, "finding");
  return grade;
}

}  // namespace

Decision decide(const RedetermineGrade& action, const Context& context) {
  const auto row = graded_by_others(context, action.round, action.case_id);
  if (!row) return std::unexpected(row.error());
  const auto& at = **row;
  if (!at.final && at.objection != Objection::open) return no(no_objection, "case " + action.case_id.value);
  const auto round = context.state.get<RoundRow>(round_key(action.round));
  const Policy* grades = context.books.policy_on("grades", context.zone.local_date(round->opened_at));
  if (grades == nullptr) return no(no_policy, "grades");
  const auto grade = new_grade(action, *grades);
  if (!grade) return std::unexpected(grade.error());
  if (*grade == *at.grade && action.marks == at.marks) return no(grade_unchanged, "case " + action.case_id.value);
  Happened happened(context);
  happened.used(grades);
  auto draft = happened.add(
      GradeRedetermined{action.round, action.case_id, at.undertaker, *at.grade, *grade, action.marks, at.final,
                        at.final ? action.ground : RedeterminationGround::objection, action.reasons, at.grade_event,
                        context.actor.person, action.hard_fail, action.findings});
  if (!at.final) draft.ends(review_clock, ref(action.case_id), context.day(), ClockEnding::met, action.round.value);
  return happened;
}

Decision decide(const FinaliseGrade& action, const Context& context) {
  const auto row = graded_by_others(context, action.round, action.case_id);
  if (!row) return std::unexpected(row.error());
  const auto& at = **row;
  if (at.final) return no(grade_final, "case " + action.case_id.value);
  if (!at.notified) return no(not_notified, "case " + action.case_id.value);
  if (auto refusal = not_yet_final(context, action, at)) return std::unexpected(std::move(*refusal));
  Happened happened(context);
  happened
      .add(GradeFinalised{action.round, action.case_id, at.undertaker, *at.grade, at.marks, at.grade_event,
                          context.actor.person})
      .ends(objection_clock, ref(action.case_id), context.day(), ClockEnding::withdrawn, action.round.value);
  return happened;
}

}  // namespace aidledger::rules
