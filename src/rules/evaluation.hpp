#pragma once
// M4 Evaluation: state rows, refusals and what others may ask. The actions stand in evaluation_actions.hpp.
#include "events/evaluation.hpp"
#include "src/rules/engine.hpp"

namespace aidledger::rules {

inline constexpr RefusalKind round_closed{401, "round-closed", "The round is closed."};
inline constexpr RefusalKind case_not_archived{402, "case-not-archived", "Only archived cases can be evaluated."};
inline constexpr RefusalKind after_cutoff{403, "after-cutoff", "The case was archived after the round's cutoff."};
inline constexpr RefusalKind already_sampled{404, "already-sampled",
                                             "The case is in this round, or in another that has not given its grade."};
inline constexpr RefusalKind nothing_to_sample{405, "nothing-to-sample", "No case of the frame is left to take."};
inline constexpr RefusalKind sample_unlike_method{
    406, "sample-unlike-method", "A round of all cases lists none; a targeted one lists each with its reason."};
inline constexpr RefusalKind not_an_evaluator{407, "not-an-evaluator",
                                              "The person is not appointed as an evaluator of this round."};
inline constexpr RefusalKind own_work{408, "own-work", "Nobody evaluates, or decides on, own work."};
inline constexpr RefusalKind own_organisation{409, "own-organisation",
                                              "The evaluator belongs to the undertaker's organisation."};
inline constexpr RefusalKind took_part_in_case{410, "took-part-in-case",
                                               "The evaluator took part in the handling or supervision of the case."};
inline constexpr RefusalKind interest_declared{
    411, "interest-declared", "The evaluator has declared an interest in the case, or was taken off it."};
inline constexpr RefusalKind own_grade_unqualified{412, "own-grade-unqualified",
                                                   "The evaluator's own work was recently graded unqualified."};
inline constexpr RefusalKind no_score_wanted{413, "no-score-wanted", "The case has as many evaluators as it needs."};
inline constexpr RefusalKind not_assigned{414, "not-assigned", "The evaluator is not assigned to this case."};
inline constexpr RefusalKind already_scored{415, "already-scored", "The evaluator has scored this case."};
inline constexpr RefusalKind unknown_item{416, "unknown-item", "The rubric has no such item."};
inline constexpr RefusalKind too_many_marks{
    417, "too-many-marks", "An item cannot lose more marks than it has, nor fewer than one at a time."};
inline constexpr RefusalKind pages_required{418, "pages-required",
                                            "A deduction or finding cites the pages of the file."};
inline constexpr RefusalKind findings_required{419, "findings-required",
                                               "Unqualified needs findings, cited with pages."};
inline constexpr RefusalKind not_proposed{420, "not-proposed", "The case has no proposed grade."};
inline constexpr RefusalKind not_notified{421, "not-notified", "The undertaker has not been told the proposed grade."};
inline constexpr RefusalKind objection_too_late{422, "objection-too-late", "The time for an objection has passed."};
inline constexpr RefusalKind objection_open{423, "objection-open", "An objection has not been decided."};
inline constexpr RefusalKind window_open{424, "window-open", "The time for an objection has not passed."};
inline constexpr RefusalKind no_objection{425, "no-objection", "There is no objection to decide."};
inline constexpr RefusalKind decided_by_evaluator{426, "decided-by-evaluator",
                                                  "Who scored a case does not decide on its grade."};
inline constexpr RefusalKind grade_unchanged{427, "grade-unchanged", "The grade and marks are what they were."};
inline constexpr RefusalKind grade_final{428, "grade-final",
                                         "The grade is final: it can only be redetermined, on a cited ground."};
inline constexpr RefusalKind cases_pending{429, "cases-pending", "Cases of the round have no final grade."};
inline constexpr RefusalKind not_the_undertakers_key{
    430, "not-the-undertakers-key", "The text must be sealed under the key of the undertaker's person."};
inline constexpr RefusalKind not_the_undertaker{431, "not-the-undertaker", "Only the undertaker graded may do this."};
inline constexpr RefusalKind marks_out_of_range{432, "marks-out-of-range", "Marks are 0 to 100."};
inline constexpr RefusalKind reasons_required{433, "reasons-required", "The decision says why."};

/// Key = round.
struct RoundRow {
  static constexpr std::uint8_t table = 0x24;
  static constexpr bool historic = false;
  RoundId round;
  RoundMethod method = RoundMethod::all;
  Date cutoff;
  Instant opened_at;
  bool closed = false;
  static void fields(auto&& f) {
    using R = RoundRow;
    f("round", &R::round, "its id");
    f("method", &R::method, "all archived cases, or targeted ones");
    f("cutoff", &R::cutoff, "last local date of archiving in the frame");
    f("opened_at", &R::opened_at, "rubric and thresholds of that day hold for the whole round");
    f("closed", &R::closed, "ended");
  }
};

/// Key = round, evaluator.
struct RoundEvaluatorRow {
  static constexpr std::uint8_t table = 0x25;
  static constexpr bool historic = false;
  std::string organisation;
  std::optional<UndertakerId> undertaker;
  static void fields(auto&& f) {
    f("organisation", &RoundEvaluatorRow::organisation, "the person's organisation");
    f("undertaker", &RoundEvaluatorRow::undertaker, "the person's own undertaker id");
  }
};

/// One evaluator's seat at a case, with the score once given.
struct Seat {
  std::string evaluator;
  bool third = false, scored = false;
  std::int32_t marks = 0;
  Grade grade = Grade::unqualified;
  HardFail hard_fail = HardFail::none;
  EventRef score;
  static void fields(auto&& f) {
    f("evaluator", &Seat::evaluator, "the person");
    f("third", &Seat::third, "the third score");
    f("scored", &Seat::scored, "the score is in");
    f("marks", &Seat::marks, "its marks");
    f("grade", &Seat::grade, "its grade");
    f("hard_fail", &Seat::hard_fail, "its hard fail");
    f("score", &Seat::score, "its event");
  }
};

enum class Objection : std::uint8_t { none, open, decided };
constexpr auto names_of(Objection) { return std::array{"none"sv, "open"sv, "decided"sv}; }

/// A case in a round. Key = round, case.
struct RoundCaseRow {
  static constexpr std::uint8_t table = 0x26;
  static constexpr bool historic = false;
  UndertakerId undertaker;
  std::vector<Seat> seats;
  bool third_required = false;
  std::optional<Grade> grade;
  std::int32_t marks = 0;
  EventRef grade_event;
  bool notified = false;
  Objection objection = Objection::none;
  bool final = false;
  static void fields(auto&& f) {
    using R = RoundCaseRow;
    f("undertaker", &R::undertaker, "whose work is graded");
    f("seats", &R::seats, "evaluators on the case, those taken off left out");
    f("third_required", &R::third_required, "the first two scores part");
    f("grade", &R::grade, "proposed, or final; absent before");
    f("marks", &R::marks, "its marks");
    f("grade_event", &R::grade_event, "the event that gave the grade as it is");
    f("notified", &R::notified, "the undertaker was told");
    f("objection", &R::objection, "none, open, decided");
    f("final", &R::final, "the grade is final");
  }
};

/// Who declared an interest in a case, or was taken off it; holds for all rounds. Key = case, evaluator.
struct InterestRow {
  static constexpr std::uint8_t table = 0x27;
  static constexpr bool historic = false;
  ConflictGround ground = ConflictGround::other;
  static void fields(auto&& f) { f("ground", &InterestRow::ground, "which interest"); }
};

/// Archived cases that no round has taken: the frame. Key = moment of archiving, case.
struct FrameRow {
  static constexpr std::uint8_t table = 0x28;
  static constexpr bool historic = false;
  CaseId case_id;
  Instant archived_at;
  static void fields(auto&& f) {
    f("case", &FrameRow::case_id, "the case");
    f("archived_at", &FrameRow::archived_at, "when its file was archived");
  }
};

/// What all rounds together know of a case. Key = case.
struct EvaluableCaseRow {
  static constexpr std::uint8_t table = 0x29;
  static constexpr bool historic = false;
  UndertakerId undertaker;
  std::optional<Instant> archived_at;
  std::optional<RoundId> pending, round;
  Grade grade = Grade::unqualified;
  EventRef grade_event;
  static void fields(auto&& f) {
    using R = EvaluableCaseRow;
    f("undertaker", &R::undertaker, "the lead undertaker at conclusion");
    f("archived_at", &R::archived_at, "when the file was archived");
    f("pending", &R::pending, "the round that has it and has not given its grade");
    f("round", &R::round, "the round that gave the latest final grade; absent = none");
    f("grade", &R::grade, "the latest final grade, as redetermined");
    f("grade_event", &R::grade_event, "the event that gave it");
  }
};

/// Who of the centre had a hand in a case: such a person does not evaluate it. Key = case, person.
struct TookPartRow {
  static constexpr std::uint8_t table = 0x2b;
  static constexpr bool historic = false;
  std::string as;
  static void fields(auto&& f) { f("as", &TookPartRow::as, "the last event that shows it"); }
};

/// The grades of an undertaker's cases. Key = undertaker, case, round.
struct UndertakerGradeRow {
  static constexpr std::uint8_t table = 0x2a;
  static constexpr bool historic = false;
  CaseId case_id;
  RoundId round;
  Grade grade = Grade::unqualified;
  bool final = false, objected = false;
  Instant final_at;
  EventRef grade_event;
  static void fields(auto&& f) {
    using R = UndertakerGradeRow;
    f("case", &R::case_id, "the case");
    f("round", &R::round, "the round");
    f("grade", &R::grade, "proposed, or final");
    f("final", &R::final, "the grade is final");
    f("objected", &R::objected, "an objection to the proposal is open");
    f("final_at", &R::final_at, "when the grade, as it is, became final, or was proposed");
    f("grade_event", &R::grade_event, "the event that made the grade what it is");
  }
};

/// The person named is the undertaker's; of an imported undertaker no person is known, and any is taken at its word.
inline bool is_key_of(const PersonId& undertakers, const PersonId& named) {
  return undertakers.empty() || undertakers == named;
}

std::string round_key(const RoundId& round);
std::string round_case_key(const RoundId& round, const CaseId& id);

/// Scores are invisible to other evaluators until all that are wanted are in. What a query shows goes through this.
bool scores_are_open(const RoundCaseRow& row);
/// May this person see that seat's score: the own one always, others' once they are open.
bool may_see_score(const RoundCaseRow& row, const Seat& seat, const std::string& person);

}  // namespace aidledger::rules
