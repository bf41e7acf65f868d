#pragma once
// M4 Centralised evaluation: a round takes archived cases, two independent evaluators score each, a third where they
// part, the undertaker may object, then the grade is final. Every fact about a case names its round, the case and the
// undertaker whose work is graded.
#include "events/evaluation_values.hpp"
#include "events/family.hpp"
#include "events/values/grade.hpp"

namespace aidledger {

inline constexpr std::uint16_t family_evaluation = 4;

struct EvaluationRoundOpened {
  static constexpr EventTag tag{family_evaluation, 1, 1};
  static constexpr auto name = "EvaluationRoundOpened"sv, meaning = "a round of evaluation begins"sv;
  RoundId round;
  std::string title;
  RoundMethod method = RoundMethod::all;
  Date cutoff;
  std::string opened_by;
  PolicyRef rubric, grades;
  static void fields(auto&& f) {
    using E = EvaluationRoundOpened;
    f("round", &E::round, "the round");
    f("title", &E::title, "its title, e.g. first half of 2024");
    f("method", &E::method, "all archived cases, or targeted ones");
    f("cutoff", &E::cutoff, "the last local date of archiving that belongs to the frame");
    f("opened_by", &E::opened_by, "the evaluation lead, as a person");
    f("rubric", &E::rubric, "the evaluation policy whose rubric all its scores use");
    f("grades", &E::grades, "the grades policy whose thresholds all its grades use");
  }
};

/// The sample is listed whole: the record's own hash is then the hash of the frame.
struct CasesSampled {
  static constexpr EventTag tag{family_evaluation, 2, 1};
  static constexpr auto name = "CasesSampled"sv,
                        meaning =
                            "cases enter a round; of a round of all cases this is the frame itself, listed whole"sv;
  RoundId round;
  std::vector<SampledCase> cases;
  std::int32_t frame_left = 0;
  static void fields(auto&& f) {
    f("round", &CasesSampled::round, "the round");
    f("cases", &CasesSampled::cases, "the cases taken, in order of their ids");
    f("frame_left", &CasesSampled::frame_left, "cases of the frame that a further sample has still to take");
  }
};

struct EvaluatorAppointed {
  static constexpr EventTag tag{family_evaluation, 3, 1};
  static constexpr auto name = "EvaluatorAppointed"sv, meaning = "a person may score cases of the round"sv;
  RoundId round;
  PersonId evaluator;
  std::string organisation;
  std::optional<UndertakerId> undertaker;
  static void fields(auto&& f) {
    using E = EvaluatorAppointed;
    f("round", &E::round, "the round");
    f("evaluator", &E::evaluator, "the person");
    f("organisation", &E::organisation, "the organisation the person belongs to");
    f("undertaker", &E::undertaker, "the person's own undertaker id, where the person is one");
  }
};

struct EvaluationAssigned {
  static constexpr EventTag tag{family_evaluation, 4, 1};
  static constexpr auto name = "EvaluationAssigned"sv, meaning = "an evaluator is to score a case"sv;
  RoundId round;
  CaseId case_id;
  UndertakerId undertaker;
  PersonId evaluator;
  bool third = false;
  static void fields(auto&& f) {
    using E = EvaluationAssigned;
    f("round", &E::round, "the round");
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "whose work is graded");
    f("evaluator", &E::evaluator, "who scores");
    f("third", &E::third, "the third score, called for because the first two part");
  }
};

struct ConflictDeclared {
  static constexpr EventTag tag{family_evaluation, 5, 1};
  static constexpr auto name = "ConflictDeclared"sv, meaning = "an evaluator declares an interest in a case"sv;
  RoundId round;
  CaseId case_id;
  UndertakerId undertaker;
  PersonId evaluator;
  ConflictGround ground = ConflictGround::other;
  static void fields(auto&& f) {
    using E = ConflictDeclared;
    f("round", &E::round, "the round");
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "whose work is graded");
    f("evaluator", &E::evaluator, "who declares");
    f("ground", &E::ground, "which interest");
  }
};

struct EvaluatorRecused {
  static constexpr EventTag tag{family_evaluation, 6, 1};
  static constexpr auto name = "EvaluatorRecused"sv,
                        meaning = "an evaluator is taken off a case; a score given by then does not count"sv;
  RoundId round;
  CaseId case_id;
  UndertakerId undertaker;
  PersonId evaluator;
  ConflictGround ground = ConflictGround::other;
  static void fields(auto&& f) {
    using E = EvaluatorRecused;
    f("round", &E::round, "the round");
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "whose work is graded");
    f("evaluator", &E::evaluator, "who is taken off");
    f("ground", &E::ground, "why");
  }
};

struct ScoreSubmitted {
  static constexpr EventTag tag{family_evaluation, 7, 1};
  static constexpr auto name = "ScoreSubmitted"sv, meaning = "an evaluator's score of a case, with its reasons"sv;
  RoundId round;
  CaseId case_id;
  UndertakerId undertaker;
  PersonId evaluator;
  bool third = false;
  std::int32_t marks = 0;
  Grade grade = Grade::unqualified;
  HardFail hard_fail = HardFail::none;
  std::vector<ItemScore> items;
  std::vector<Deduction> deductions;
  std::vector<Finding> findings;
  std::optional<Sealed> comments;
  static void fields(auto&& f) {
    using E = ScoreSubmitted;
    f("round", &E::round, "the round");
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "whose work is graded");
    f("evaluator", &E::evaluator, "who scored");
    f("third", &E::third, "the third score");
    f("marks", &E::marks, "marks of 100");
    f("grade", &E::grade, "the grade that this score alone would give");
    f("hard_fail", &E::hard_fail, "what makes the case unqualified whatever its marks");
    f("items", &E::items, "marks by item of the rubric");
    f("deductions", &E::deductions, "every mark lost, with pages and reason");
    f("findings", &E::findings, "what was found, with pages; required for unqualified");
    f("comments", &E::comments, "comments, under the key of the undertaker's person");
  }
};

struct ThirdScoreRequired {
  static constexpr EventTag tag{family_evaluation, 8, 1};
  static constexpr auto name = "ThirdScoreRequired"sv,
                        meaning = "two scores part: the lead appoints a third scorer and the median counts"sv;
  RoundId round;
  CaseId case_id;
  UndertakerId undertaker;
  ThirdScoreReason reason = ThirdScoreReason::gap;
  std::int32_t gap = 0;
  static void fields(auto&& f) {
    using E = ThirdScoreRequired;
    f("round", &E::round, "the round");
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "whose work is graded");
    f("reason", &E::reason, "the grades differ, or the gap is too wide");
    f("gap", &E::gap, "the difference in marks");
  }
};

struct GradeProposed {
  static constexpr EventTag tag{family_evaluation, 9, 1};
  static constexpr auto name = "GradeProposed"sv, meaning = "the scores give a grade; nothing rests on it yet"sv;
  RoundId round;
  CaseId case_id;
  UndertakerId undertaker;
  Grade grade = Grade::unqualified;
  std::int32_t marks = 0;
  HardFail hard_fail = HardFail::none;
  std::vector<EventRef> scores;
  PolicyRef policy;
  static void fields(auto&& f) {
    using E = GradeProposed;
    f("round", &E::round, "the round");
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "whose work is graded");
    f("grade", &E::grade, "the grade");
    f("marks", &E::marks, "mean of two scores, half up; median of three");
    f("hard_fail", &E::hard_fail, "what makes the case unqualified whatever its marks");
    f("scores", &E::scores, "the scores that it rests on");
    f("policy", &E::policy, "the thresholds");
  }
};

struct GradeNotified {
  static constexpr EventTag tag{family_evaluation, 10, 1};
  static constexpr auto name = "GradeNotified"sv,
                        meaning = "the undertaker is told the proposed grade: the time for an objection begins"sv;
  RoundId round;
  CaseId case_id;
  UndertakerId undertaker;
  Grade grade = Grade::unqualified;
  std::int32_t marks = 0;
  static void fields(auto&& f) {
    using E = GradeNotified;
    f("round", &E::round, "the round");
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "who was told");
    f("grade", &E::grade, "the grade proposed");
    f("marks", &E::marks, "its marks");
  }
};

struct GradeObjectionLodged {
  static constexpr EventTag tag{family_evaluation, 11, 1};
  static constexpr auto name = "GradeObjectionLodged"sv, meaning = "the undertaker objects to a proposed grade"sv;
  RoundId round;
  CaseId case_id;
  UndertakerId undertaker;
  Grade grade = Grade::unqualified;
  Sealed statement;
  static void fields(auto&& f) {
    using E = GradeObjectionLodged;
    f("round", &E::round, "the round");
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "who objects");
    f("grade", &E::grade, "the grade objected to");
    f("statement", &E::statement, "the grounds, under the key of the undertaker's person");
  }
};

struct GradeUpheld {
  static constexpr EventTag tag{family_evaluation, 12, 1};
  static constexpr auto name = "GradeUpheld"sv, meaning = "an objection is decided: the proposed grade stands"sv;
  RoundId round;
  CaseId case_id;
  UndertakerId undertaker;
  Grade grade = Grade::unqualified;
  std::string reasons, decided_by;
  static void fields(auto&& f) {
    using E = GradeUpheld;
    f("round", &E::round, "the round");
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "who had objected");
    f("grade", &E::grade, "the grade that stands");
    f("reasons", &E::reasons, "why, without personal data");
    f("decided_by", &E::decided_by, "the director, as a person");
  }
};

struct GradeFinalised {
  static constexpr EventTag tag{family_evaluation, 13, 1};
  static constexpr auto name = "GradeFinalised"sv,
                        meaning = "the grade of a case is final: ladder and subsidy rest on it from here on"sv;
  RoundId round;
  CaseId case_id;
  UndertakerId undertaker;
  Grade grade = Grade::unqualified;
  std::int32_t marks = 0;
  EventRef proposed;
  std::string decided_by;
  static void fields(auto&& f) {
    using E = GradeFinalised;
    f("round", &E::round, "the round");
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "whose work is graded");
    f("grade", &E::grade, "the grade");
    f("marks", &E::marks, "its marks");
    f("proposed", &E::proposed, "the event that proposed, upheld or redetermined it");
    f("decided_by", &E::decided_by, "the director, as a person");
  }
};

struct GradeRedetermined {
  static constexpr EventTag tag{family_evaluation, 14, 1};
  static constexpr auto name = "GradeRedetermined"sv,
                        meaning =
                            "a grade is changed: on an objection before it is final, or later on a cited ground"sv;
  RoundId round;
  CaseId case_id;
  UndertakerId undertaker;
  Grade previous = Grade::unqualified, grade = Grade::unqualified;
  std::int32_t marks = 0;
  bool was_final = false;
  RedeterminationGround ground = RedeterminationGround::review;
  std::string reasons;
  EventRef changes;
  std::string decided_by;
  HardFail hard_fail = HardFail::none;
  std::vector<Finding> findings;
  static void fields(auto&& f) {
    using E = GradeRedetermined;
    f("round", &E::round, "the round");
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "whose work is graded");
    f("previous", &E::previous, "the grade before");
    f("grade", &E::grade, "the grade from here on");
    f("marks", &E::marks, "its marks");
    f("was_final", &E::was_final,
      "true: the final grade changes, with all that rests on it; false: an objection changes the proposal");
    f("ground", &E::ground, "on which ground");
    f("reasons", &E::reasons, "why, without personal data");
    f("changes", &E::changes, "the event whose grade it changes");
    f("decided_by", &E::decided_by, "the director, as a person");
    f("hard_fail", &E::hard_fail, "what makes the case unqualified whatever its marks");
    f("findings", &E::findings, "what was found, with pages; required for unqualified");
  }
};

struct RoundClosed {
  static constexpr EventTag tag{family_evaluation, 15, 1};
  static constexpr auto name = "RoundClosed"sv, meaning = "a round ends: every case of its sample has a final grade"sv;
  RoundId round;
  std::int32_t cases = 0, unqualified = 0, qualified = 0, good = 0, excellent = 0;
  static void fields(auto&& f) {
    using E = RoundClosed;
    f("round", &E::round, "the round");
    f("cases", &E::cases, "cases sampled");
    f("unqualified", &E::unqualified, "of these unqualified, as graded on that day");
    f("qualified", &E::qualified, "qualified");
    f("good", &E::good, "good");
    f("excellent", &E::excellent, "excellent");
  }
};

using Evaluation =
    Family<"evaluation", EvaluationRoundOpened, CasesSampled, EvaluatorAppointed, EvaluationAssigned, ConflictDeclared,
           EvaluatorRecused, ScoreSubmitted, ThirdScoreRequired, GradeProposed, GradeNotified, GradeObjectionLodged,
           GradeUpheld, GradeFinalised, GradeRedetermined, RoundClosed>;

}  // namespace aidledger
