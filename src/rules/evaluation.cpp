#include "src/rules/evaluation.hpp"

#include "events/cases.hpp"
#include "events/file_review.hpp"
#include "events/progress_calls.hpp"
#include "events/reports.hpp"
#include "events/row_codec.hpp"
#include "src/rules/action_codec.hpp"
#include "src/rules/evaluation_actions.hpp"
#include "src/rules/evaluation_scores.hpp"

namespace aidledger {
using rules::EvaluableCaseRow, rules::FrameRow, rules::InterestRow, rules::RoundCaseRow, rules::RoundEvaluatorRow,
    rules::RoundRow, rules::TookPartRow, rules::UndertakerGradeRow;
AIDLEDGER_ROW(RoundRow)
AIDLEDGER_ROW(RoundEvaluatorRow)
AIDLEDGER_ROW(RoundCaseRow)
AIDLEDGER_ROW(InterestRow)
AIDLEDGER_ROW(FrameRow)
AIDLEDGER_ROW(EvaluableCaseRow)
AIDLEDGER_ROW(UndertakerGradeRow)
AIDLEDGER_ROW(TookPartRow)
}  // namespace aidledger

namespace aidledger::rules {

std::string round_key(const RoundId& round) { return row_key({round.value}); }
std::string round_case_key(const RoundId& round, const CaseId& id) { return row_key({round.value, id.value}); }

bool scores_are_open(const RoundCaseRow& row) { return row.grade.has_value(); }

bool may_see_score(const RoundCaseRow& row, const Seat& seat, const std::string& person) {
  return seat.evaluator == person || scores_are_open(row);
}

namespace {

std::string frame_key(Instant archived_at, const CaseId& id) {
  return row_key({key_number(static_cast<std::uint64_t>(archived_at.us)), id.value});
}

std::string grade_key(const UndertakerId& undertaker, const CaseId& id, const RoundId& round) {
  return row_key({undertaker.value, id.value, round.value});
}

struct FoldEvaluation {
  Layer& state;
  Instant occurred_at;
  EventRef at;

  RoundCaseRow& round_case(const auto& e) const { return state.edit<RoundCaseRow>(round_case_key(e.round, e.case_id)); }
  UndertakerGradeRow& grade_of_undertaker(const auto& e) const {
    return state.edit<UndertakerGradeRow>(grade_key(e.undertaker, e.case_id, e.round));
  }
  Seat* seat(RoundCaseRow& row, const PersonId& evaluator) const {
    const auto found =
        std::find_if(row.seats.begin(), row.seats.end(), [&](const Seat& s) { return s.evaluator == evaluator.value; });
    return found == row.seats.end() ? nullptr : &*found;
  }
  void give_grade(const auto& e) const {
    auto& row = round_case(e);
    row.grade = e.grade, row.marks = e.marks, row.grade_event = at;
    auto& grade = grade_of_undertaker(e);
    if (grade.final && grade.grade == e.grade) return;  // other marks, the same grade: it counts as before
    grade.case_id = e.case_id, grade.round = e.round, grade.grade = e.grade;
    grade.grade_event = at, grade.final_at = occurred_at;
  }
  void make_final(const auto& e) const {
    round_case(e).final = true;
    grade_of_undertaker(e).final = true;
    auto& of_case = state.edit<EvaluableCaseRow>(row_key({e.case_id.value}));
    of_case.pending.reset();
    of_case.round = e.round, of_case.grade = e.grade, of_case.grade_event = at;
  }
  void decide_objection(const auto& e) const {
    round_case(e).objection = Objection::decided;
    grade_of_undertaker(e).objected = false;
  }

  void operator()(const EvaluationRoundOpened& e) const {
    state.edit<RoundRow>(round_key(e.round)) = {e.round, e.method, e.cutoff, occurred_at, false};
  }
  void operator()(const CasesSampled& e) const {
    for (const auto& sampled : e.cases) {
      state.edit<RoundCaseRow>(round_case_key(e.round, sampled.case_id)).undertaker = sampled.undertaker;
      auto& of_case = state.edit<EvaluableCaseRow>(row_key({sampled.case_id.value}));
      of_case.pending = e.round;
      if (of_case.archived_at) state.erase<FrameRow>(frame_key(*of_case.archived_at, sampled.case_id));
    }
  }
  void operator()(const EvaluatorAppointed& e) const {
    state.edit<RoundEvaluatorRow>(row_key({e.round.value, e.evaluator.value})) = {e.organisation, e.undertaker};
  }
  void operator()(const EvaluationAssigned& e) const {
    Seat taken;
    taken.evaluator = e.evaluator.value, taken.third = e.third;
    round_case(e).seats.push_back(taken);
  }
  void operator()(const ConflictDeclared& e) const {
    state.edit<InterestRow>(row_key({e.case_id.value, e.evaluator.value})).ground = e.ground;
  }
  void operator()(const EvaluatorRecused& e) const {
    state.edit<InterestRow>(row_key({e.case_id.value, e.evaluator.value})).ground = e.ground;
    auto& row = round_case(e);
    if (const auto* left = seat(row, e.evaluator); left != nullptr) {
      if (left->scored) row.third_required = false;  // the scores that are left are compared anew
      row.seats.erase(row.seats.begin() + (left - row.seats.data()));
    }
  }
  void operator()(const ScoreSubmitted& e) const {
    if (auto* taken = seat(round_case(e), e.evaluator); taken != nullptr)
      *taken = {taken->evaluator, taken->third, true, e.marks, e.grade, e.hard_fail, at};
  }
  void operator()(const ThirdScoreRequired& e) const { round_case(e).third_required = true; }
  void operator()(const GradeProposed& e) const { give_grade(e); }
  void operator()(const GradeNotified& e) const { round_case(e).notified = true; }
  void operator()(const GradeObjectionLodged& e) const {
    round_case(e).objection = Objection::open;
    grade_of_undertaker(e).objected = true;
  }
  void operator()(const GradeUpheld& e) const { decide_objection(e); }
  void operator()(const GradeFinalised& e) const {
    give_grade(e);
    make_final(e);
  }
  void operator()(const GradeRedetermined& e) const {
    give_grade(e);
    if (e.was_final)
      fold_final_change(e);
    else
      decide_objection(e);
  }
  void operator()(const RoundClosed& e) const { state.edit<RoundRow>(round_key(e.round)).closed = true; }

  /// An older round's change does not displace what a later round has found.
  void fold_final_change(const GradeRedetermined& e) const {
    auto& of_case = state.edit<EvaluableCaseRow>(row_key({e.case_id.value}));
    if (of_case.round == e.round && e.previous != e.grade) of_case.grade = e.grade, of_case.grade_event = at;
  }
};

/// An archived case joins the frame.
void fold_archived(Layer& state, const FileArchived& e, Instant occurred_at) {
  auto& row = state.edit<EvaluableCaseRow>(row_key({e.case_id.value}));
  row.undertaker = e.undertaker, row.archived_at = occurred_at;
  state.edit<FrameRow>(frame_key(occurred_at, e.case_id)) = {e.case_id, occurred_at};
}

/// Who assigned the case, called its recipient, judged its reports or reviewed its file.
struct FoldHands {
  Layer& state;
  const Event& event;

  template <class E>
  void note(std::string E::* person) const {
    const auto* e = event.as<E>();
    if (e != nullptr && !(e->*person).empty())
      state.edit<TookPartRow>(row_key({e->case_id.value, e->*person})).as = event.type->name;
  }
  void fold() const {
    note(&UndertakerAssigned::assigned_by);
    note(&HearingCleared::cleared_by);
    note(&FileReviewed::reviewed_by);
    note(&FileArchived::archived_by);
    note(&ProgressCallMade::made_by);
    note(&ReportAccepted::accepted_by);
    note(&ReportReturned::returned_by);
  }
};

void fold_evaluation(Layer& state, const Event& event, EventRef at) {
  if (visit_family<Evaluation>(event, FoldEvaluation{state, event.occurred_at, at})) return;
  FoldHands{state, event}.fold();
  if (const auto* archived = event.as<FileArchived>()) fold_archived(state, *archived, event.occurred_at);
}

}  // namespace

FamilyRules evaluation_rules() {
  return {
      actions_of<OpenEvaluationRound, SampleCases, AppointEvaluator, AssignEvaluation, DeclareConflict, RecuseEvaluator,
                 SubmitScore, NotifyGrade, ObjectToGrade, UpholdGrade, RedetermineGrade, FinaliseGrade, CloseRound>(
          "evaluation"),
      fold_evaluation,
      {when_conflict_declared_then_recuse, when_scores_are_in_then_propose_grade}};
}

}  // namespace aidledger::rules
