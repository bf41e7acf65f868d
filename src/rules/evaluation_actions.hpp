#pragma once
// What may be asked in an evaluation, and by whom.
#include "src/rules/evaluation.hpp"

namespace aidledger::rules {

/// Longer samples are taken in parts, so that a record keeps its bounds.
inline constexpr std::size_t max_cases_of_one_sample = 1'000;

struct OpenEvaluationRound {
  static constexpr auto name = "open-evaluation-round"sv, meaning = "a round of evaluation begins"sv;
  static constexpr std::array roles{Role::evaluation_lead};
  static constexpr auto refusals = Refusals::unrecorded;
  RoundId round;
  std::string title;
  RoundMethod method = RoundMethod::all;
  Date cutoff;
  static void fields(auto&& f) {
    using A = OpenEvaluationRound;
    f("round", &A::round, "names the round", generated);
    f("title", &A::title, "its title, e.g. first half of 2024");
    f("method", &A::method, "all archived cases, or targeted ones");
    f("cutoff", &A::cutoff, "the last local date of archiving that belongs to the frame");
  }
};
Decision decide(const OpenEvaluationRound&, const Context&);

struct TargetedCase {
  CaseId case_id;
  std::string reason;
  static void fields(auto&& f) {
    f("case", &TargetedCase::case_id, "an archived case");
    f("reason", &TargetedCase::reason, "why this one, without personal data");
  }
};

struct SampleCases {
  static constexpr auto name = "sample-cases"sv,
                        meaning =
                            "takes cases into a round: of a round of all cases the frame, up to 1,000 at a time"sv;
  static constexpr std::array roles{Role::evaluation_lead};
  static constexpr auto refusals = Refusals::unrecorded;
  RoundId round;
  std::vector<TargetedCase> cases;
  static void fields(auto&& f) {
    f("round", &SampleCases::round, "the round");
    f("cases", &SampleCases::cases, "for a targeted round: which cases and why");
  }
};
Decision decide(const SampleCases&, const Context&);

struct AppointEvaluator {
  static constexpr auto name = "appoint-evaluator"sv, meaning = "a person may score cases of the round"sv;
  static constexpr std::array roles{Role::evaluation_lead};
  static constexpr auto refusals = Refusals::unrecorded;
  RoundId round;
  PersonId evaluator;
  std::string organisation;
  std::optional<UndertakerId> undertaker;
  static void fields(auto&& f) {
    using A = AppointEvaluator;
    f("round", &A::round, "the round");
    f("evaluator", &A::evaluator, "the person");
    f("organisation", &A::organisation, "the organisation the person belongs to");
    f("undertaker", &A::undertaker, "the person's own undertaker id, where the person is one");
  }
};
Decision decide(const AppointEvaluator&, const Context&);

struct AssignEvaluation {
  static constexpr auto name = "assign-evaluation"sv,
                        meaning = "an evaluator is to score a case; the third one where the first two part"sv;
  static constexpr std::array roles{Role::evaluation_lead};
  static constexpr auto refusals = Refusals::unrecorded;
  RoundId round;
  CaseId case_id;
  PersonId evaluator;
  static void fields(auto&& f) {
    f("round", &AssignEvaluation::round, "the round");
    f("case", &AssignEvaluation::case_id, "the case");
    f("evaluator", &AssignEvaluation::evaluator, "an evaluator of the round");
  }
};
Decision decide(const AssignEvaluation&, const Context&);

struct DeclareConflict {
  static constexpr auto name = "declare-conflict"sv, meaning = "an evaluator declares an interest in a case"sv;
  static constexpr std::array roles{Role::evaluator};
  static constexpr auto refusals = Refusals::unrecorded;
  RoundId round;
  CaseId case_id;
  ConflictGround ground = ConflictGround::other;
  static void fields(auto&& f) {
    f("round", &DeclareConflict::round, "the round");
    f("case", &DeclareConflict::case_id, "the case");
    f("ground", &DeclareConflict::ground, "which interest");
  }
};
Decision decide(const DeclareConflict&, const Context&);

struct RecuseEvaluator {
  static constexpr auto name = "recuse-evaluator"sv, meaning = "an evaluator is taken off a case"sv;
  static constexpr std::array roles{Role::evaluation_lead};
  static constexpr auto refusals = Refusals::unrecorded;
  RoundId round;
  CaseId case_id;
  PersonId evaluator;
  ConflictGround ground = ConflictGround::other;
  static void fields(auto&& f) {
    using A = RecuseEvaluator;
    f("round", &A::round, "the round");
    f("case", &A::case_id, "the case");
    f("evaluator", &A::evaluator, "who is taken off");
    f("ground", &A::ground, "why");
  }
};
Decision decide(const RecuseEvaluator&, const Context&);

/// Marks are what deductions leave of the rubric's: a mark is lost only by a deduction that cites pages.
struct SubmitScore {
  static constexpr auto name = "submit-score"sv, meaning = "an evaluator's score of a case, with its reasons"sv;
  static constexpr std::array roles{Role::evaluator};
  static constexpr auto refusals = Refusals::unrecorded;
  RoundId round;
  CaseId case_id;
  PersonId person;
  std::vector<Deduction> deductions;
  std::vector<Finding> findings;
  HardFail hard_fail = HardFail::none;
  std::optional<Sealed> comments;
  static void fields(auto&& f) {
    using A = SubmitScore;
    f("round", &A::round, "the round");
    f("case", &A::case_id, "the case");
    f("person", &A::person, "the undertaker's person, under whose key comments are sealed");
    f("deductions", &A::deductions, "every mark lost, with pages and reason");
    f("findings", &A::findings, "what was found, with pages; required for unqualified");
    f("hard_fail", &A::hard_fail, "what makes the case unqualified whatever its marks");
    f("comments", &A::comments, "comments", sealed_for(&A::person));
  }
};
Decision decide(const SubmitScore&, const Context&);

struct NotifyGrade {
  static constexpr auto name = "notify-grade"sv,
                        meaning = "the undertaker is told the proposed grade: the time for an objection begins"sv;
  static constexpr std::array roles{Role::evaluation_lead, Role::supervisor, Role::intake};
  static constexpr auto refusals = Refusals::unrecorded;
  RoundId round;
  CaseId case_id;
  static void fields(auto&& f) {
    f("round", &NotifyGrade::round, "the round");
    f("case", &NotifyGrade::case_id, "the case");
  }
};
Decision decide(const NotifyGrade&, const Context&);

struct ObjectToGrade {
  static constexpr auto name = "object-to-grade"sv, meaning = "the undertaker objects to a proposed grade"sv;
  static constexpr std::array roles{Role::undertaker};
  static constexpr auto refusals = Refusals::unrecorded;
  RoundId round;
  CaseId case_id;
  PersonId person;
  Sealed statement;
  static void fields(auto&& f) {
    using A = ObjectToGrade;
    f("round", &A::round, "the round");
    f("case", &A::case_id, "the case");
    f("person", &A::person, "the undertaker's person, under whose key the grounds are sealed");
    f("statement", &A::statement, "the grounds", sealed_for(&A::person));
  }
};
Decision decide(const ObjectToGrade&, const Context&);

struct UpholdGrade {
  static constexpr auto name = "uphold-grade"sv, meaning = "an objection is decided: the proposed grade stands"sv;
  static constexpr std::array roles{Role::centre_director};
  static constexpr auto refusals = Refusals::recorded;
  RoundId round;
  CaseId case_id;
  std::string reasons;
  static void fields(auto&& f) {
    f("round", &UpholdGrade::round, "the round");
    f("case", &UpholdGrade::case_id, "the case");
    f("reasons", &UpholdGrade::reasons, "why, without personal data");
  }
};
Decision decide(const UpholdGrade&, const Context&);

struct RedetermineGrade {
  static constexpr auto name = "redetermine-grade"sv,
                        meaning =
                            "a grade is changed: on an objection before it is final, or later on a cited ground"sv;
  static constexpr std::array roles{Role::centre_director};
  static constexpr auto refusals = Refusals::recorded;
  RoundId round;
  CaseId case_id;
  std::int32_t marks = 0;
  HardFail hard_fail = HardFail::none;
  std::vector<Finding> findings;
  RedeterminationGround ground = RedeterminationGround::review;
  std::string reasons;
  static void fields(auto&& f) {
    using A = RedetermineGrade;
    f("round", &A::round, "the round");
    f("case", &A::case_id, "the case");
    f("marks", &A::marks, "the marks from here on, 0 to 100; the grade follows from them");
    f("hard_fail", &A::hard_fail, "what makes the case unqualified whatever its marks");
    f("findings", &A::findings, "what was found, with pages; required for unqualified");
    f("ground", &A::ground, "on which ground");
    f("reasons", &A::reasons, "why, without personal data");
  }
};
Decision decide(const RedetermineGrade&, const Context&);

struct FinaliseGrade {
  static constexpr auto name = "finalise-grade"sv,
                        meaning = "the grade becomes final: the window has passed, or the objection is decided"sv;
  static constexpr std::array roles{Role::centre_director};
  static constexpr auto refusals = Refusals::recorded;
  RoundId round;
  CaseId case_id;
  static void fields(auto&& f) {
    f("round", &FinaliseGrade::round, "the round");
    f("case", &FinaliseGrade::case_id, "the case");
  }
};
Decision decide(const FinaliseGrade&, const Context&);

struct CloseRound {
  static constexpr auto name = "close-round"sv, meaning = "a round ends: every case of it has a final grade"sv;
  static constexpr std::array roles{Role::evaluation_lead};
  static constexpr auto refusals = Refusals::unrecorded;
  RoundId round;
  static void fields(auto&& f) { f("round", &CloseRound::round, "the round"); }
};
Decision decide(const CloseRound&, const Context&);

}  // namespace aidledger::rules
