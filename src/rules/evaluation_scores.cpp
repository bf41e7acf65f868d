// Who may score which case, scores, and the grade that they propose.
#include "src/rules/evaluation_scores.hpp"

#include <algorithm>

#include "src/rules/case_state.hpp"
#include "src/rules/evaluation_actions.hpp"
#include "src/rules/grades.hpp"

namespace aidledger::rules {
namespace {

constexpr std::int64_t default_scores = 2, default_gap_marks = 10, default_own_grade_months = 24;

/// A policy as it stood when the round was opened: one rubric and one set of thresholds for all its cases.
const Policy* policy_of_round(const Context& context, std::string_view name, const RoundRow& round) {
  return context.books.policy_on(name, context.zone.local_date(round.opened_at));
}

struct Place {
  std::shared_ptr<const RoundRow> round;
  std::shared_ptr<const RoundCaseRow> row;
  const Policy* rubric = nullptr;
};

/// A case of an open round whose scores are being collected, or why not.
std::expected<Place, Refusal> place_for_scores(const Context& context, const RoundId& round, const CaseId& id) {
  Place place{context.state.get<RoundRow>(round_key(round)),
              context.state.get<RoundCaseRow>(round_case_key(round, id))};
  if (!place.round) return no(not_found, "round " + round.value);
  if (place.round->closed) return no(round_closed, round.value);
  if (!place.row) return no(not_found, "case " + id.value + " in round " + round.value);
  if (place.row->grade) return no(wrong_state, "case " + id.value + " has its grade");
  place.rubric = policy_of_round(context, "evaluation", *place.round);
  if (place.rubric == nullptr) return no(no_policy, "evaluation");
  return place;
}

bool recently_unqualified(const Context& context, const UndertakerId& own, const Policy& rubric) {
  const auto months = static_cast<int>(rubric.integer("own_grade_months", default_own_grade_months));
  const Date since = add_months(context.day(), -months);
  bool found = false;
  context.state.each<UndertakerGradeRow>(row_key({own.value}), [&](auto, const UndertakerGradeRow& row) {
    found = row.final && row.grade == Grade::unqualified && context.zone.local_date(row.final_at) > since;
    return !found;
  });
  return found;
}

/// Nothing, or why this evaluator may not score this case.
std::optional<Refusal> not_independent(const Context& context, const AssignEvaluation& action, const Place& place,
                                       const RoundEvaluatorRow& evaluator) {
  const auto of_case = case_of(context.state, action.case_id);
  const std::string about = action.evaluator.value + " on case " + action.case_id.value;
  if (evaluator.undertaker == place.row->undertaker || action.evaluator == of_case->lead_person)
    return refuse(own_work, about);
  if (!evaluator.organisation.empty() && evaluator.organisation == of_case->organisation)
    return refuse(own_organisation, about);
  const std::string key = row_key({action.case_id.value, action.evaluator.value});
  if (const auto part = context.state.get<TookPartRow>(key)) return refuse(took_part_in_case, about + ": " + part->as);
  if (context.state.get<InterestRow>(key)) return refuse(interest_declared, about);
  if (evaluator.undertaker && recently_unqualified(context, *evaluator.undertaker, *place.rubric))
    return refuse(own_grade_unqualified, action.evaluator.value);
  return std::nullopt;
}

const Seat* seat_of(const RoundCaseRow& row, std::string_view evaluator) {
  const auto found = std::ranges::find(row.seats, evaluator, &Seat::evaluator);
  return found == row.seats.end() ? nullptr : &*found;
}

std::vector<ItemScore> full_score(const Policy& rubric) {
  std::vector<ItemScore> items;
  if (const Tree* tree = rubric.tree.find("rubric"); tree != nullptr && tree->as_object() != nullptr)
    for (const auto& item : *tree->as_object())
      if (const auto* of = item.value.as_int())
        items.push_back({item.name, static_cast<std::int32_t>(*of), static_cast<std::int32_t>(*of)});
  return items;
}

std::optional<Refusal> deduct(std::vector<ItemScore>& items, const Deduction& deduction) {
  const auto item = std::ranges::find(items, deduction.item, &ItemScore::item);
  if (item == items.end()) return refuse(unknown_item, deduction.item);
  if (deduction.pages.empty()) return refuse(pages_required, "deduction from " + deduction.item);
  if (deduction.marks < 1 || deduction.marks > item->marks)
    return refuse(too_many_marks, deduction.item + " has " + std::to_string(item->marks) + " left");
  item->marks -= deduction.marks;
  return std::nullopt;
}

std::optional<Refusal> reckon(const SubmitScore& action, const Policy& rubric, const Policy& grades,
                              ScoreSubmitted& score) {
  score.items = full_score(rubric);
  for (const auto& deduction : action.deductions)
    if (auto refusal = deduct(score.items, deduction)) return refusal;
  for (const auto& item : score.items) score.marks += item.marks;
  score.grade = action.hard_fail == HardFail::none ? grade_of(grades, score.marks) : Grade::unqualified;
  for (const auto& finding : action.findings)
    if (finding.finding.empty() || finding.pages.empty()) return refuse(pages_required, "finding");
  if (score.grade == Grade::unqualified && action.findings.empty()) return refuse(findings_required);
  return std::nullopt;
}

}  // namespace

Verdict verdict_of(std::vector<Seat> scored) {
  std::ranges::sort(scored, [](const Seat& a, const Seat& b) {
    return std::tie(a.grade, a.marks, a.evaluator) < std::tie(b.grade, b.marks, b.evaluator);
  });
  const Seat& low = scored[(scored.size() - 1) / 2];
  const Seat& high = scored[scored.size() / 2];
  return {low.grade, (low.marks + high.marks + 1) / 2,
          low.hard_fail != HardFail::none ? low.hard_fail
          : low.grade == high.grade       ? high.hard_fail
                                          : HardFail::none};
}

std::optional<ThirdScoreRequired> parting(const std::vector<Seat>& scored, std::int32_t widest_gap) {
  const auto [least, most] = std::ranges::minmax(scored, {}, &Seat::marks);
  const bool grades_differ =
      std::ranges::any_of(scored, [&](const Seat& seat) { return seat.grade != scored.front().grade; });
  const std::int32_t gap = most.marks - least.marks;
  if (!grades_differ && gap <= widest_gap) return std::nullopt;
  ThirdScoreRequired required;
  required.reason = grades_differ ? ThirdScoreReason::grades_differ : ThirdScoreReason::gap;
  required.gap = gap;
  return required;
}

Decision decide(const AssignEvaluation& action, const Context& context) {
  const auto place = place_for_scores(context, action.round, action.case_id);
  if (!place) return std::unexpected(place.error());
  const auto evaluator = context.state.get<RoundEvaluatorRow>(row_key({action.round.value, action.evaluator.value}));
  if (!evaluator) return no(not_an_evaluator, action.evaluator.value);
  const auto& row = *place->row;
  if (seat_of(row, action.evaluator.value) != nullptr)
    return no(already_exists, action.evaluator.value + " is assigned");
  if (auto refusal = not_independent(context, action, *place, *evaluator)) return std::unexpected(std::move(*refusal));
  const auto wanted = place->rubric->integer("scores", default_scores) + (row.third_required ? 1 : 0);
  if (std::ssize(row.seats) >= wanted) return no(no_score_wanted, "case " + action.case_id.value);
  Happened happened(context);
  happened.used(place->rubric);
  happened.add(EvaluationAssigned{action.round, action.case_id, row.undertaker, action.evaluator, row.third_required});
  return happened;
}

Decision decide(const DeclareConflict& action, const Context& context) {
  const auto row = context.state.get<RoundCaseRow>(round_case_key(action.round, action.case_id));
  if (!row) return no(not_found, "case " + action.case_id.value + " in round " + action.round.value);
  const PersonId evaluator{context.actor.person};
  if (!context.state.get<RoundEvaluatorRow>(row_key({action.round.value, evaluator.value})))
    return no(not_an_evaluator, evaluator.value);
  Happened happened(context);
  happened.add(ConflictDeclared{action.round, action.case_id, row->undertaker, evaluator, action.ground});
  return happened;
}

Decision decide(const RecuseEvaluator& action, const Context& context) {
  const auto place = place_for_scores(context, action.round, action.case_id);
  if (!place) return std::unexpected(place.error());
  if (seat_of(*place->row, action.evaluator.value) == nullptr) return no(not_assigned, action.evaluator.value);
  Happened happened(context);
  happened.add(EvaluatorRecused{action.round, action.case_id, place->row->undertaker, action.evaluator, action.ground});
  return happened;
}

Decision decide(const SubmitScore& action, const Context& context) {
  const auto place = place_for_scores(context, action.round, action.case_id);
  if (!place) return std::unexpected(place.error());
  const Seat* seat = seat_of(*place->row, context.actor.person);
  if (seat == nullptr) return no(not_assigned, "case " + action.case_id.value);
  if (seat->scored) return no(already_scored, "case " + action.case_id.value);
  if (!is_key_of(case_of(context.state, action.case_id)->lead_person, action.person))
    return no(not_the_undertakers_key, action.person.value);
  const Policy* grades = policy_of_round(context, "grades", *place->round);
  if (grades == nullptr) return no(no_policy, "grades");
  ScoreSubmitted score{action.round, action.case_id, place->row->undertaker, {context.actor.person}, seat->third};
  if (auto refusal = reckon(action, *place->rubric, *grades, score)) return std::unexpected(std::move(*refusal));
  score.hard_fail = action.hard_fail, score.deductions = action.deductions, score.findings = action.findings;
  score.comments = action.comments;
  Happened happened(context);
  happened.used(place->rubric);
  happened.used(grades);
  happened.add(std::move(score));
  return happened;
}

void when_conflict_declared_then_recuse(const Event& event, const Context& context, Happened& then) {
  const auto* declared = event.as<ConflictDeclared>();
  if (declared == nullptr) return;
  const auto row = context.state.get<RoundCaseRow>(round_case_key(declared->round, declared->case_id));
  if (row && !row->grade && seat_of(*row, declared->evaluator.value) != nullptr)
    then.add(EvaluatorRecused{declared->round, declared->case_id, declared->undertaker, declared->evaluator,
                              declared->ground});
}

namespace {

void weigh(const RoundId& round, const CaseId& id, const Context& context, Happened& then) {
  const auto row = context.state.get<RoundCaseRow>(round_case_key(round, id));
  const auto of_round = context.state.get<RoundRow>(round_key(round));
  if (!row || !of_round || row->grade) return;
  const Policy* rubric = policy_of_round(context, "evaluation", *of_round);
  const Policy* grades = policy_of_round(context, "grades", *of_round);
  if (rubric == nullptr || grades == nullptr) return;
  std::vector<Seat> scored;
  std::ranges::copy_if(row->seats, std::back_inserter(scored), &Seat::scored);
  const auto wanted = rubric->integer("scores", default_scores);
  if (std::ssize(scored) < wanted || (row->third_required && std::ssize(scored) == wanted)) return;
  if (std::ssize(scored) == wanted) {
    const auto gap = static_cast<std::int32_t>(rubric->integer("gap_marks", default_gap_marks));
    if (auto third = parting(scored, gap)) {
      third->round = round, third->case_id = id, third->undertaker = row->undertaker;
      then.used(rubric);
      then.add(std::move(*third));
      return;
    }
  }
  const Verdict verdict = verdict_of(scored);
  GradeProposed proposed{round, id, row->undertaker, verdict.grade, verdict.marks, verdict.hard_fail, {}, grades->ref};
  for (const auto& seat : scored) proposed.scores.push_back(seat.score);
  then.used(grades);
  then.add(std::move(proposed));
}

}  // namespace

void when_scores_are_in_then_propose_grade(const Event& event, const Context& context, Happened& then) {
  if (const auto* scored = event.as<ScoreSubmitted>()) weigh(scored->round, scored->case_id, context, then);
  if (const auto* recused = event.as<EvaluatorRecused>()) weigh(recused->round, recused->case_id, context, then);
}

}  // namespace aidledger::rules
