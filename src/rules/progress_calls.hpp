#pragma once
// M7 Progress calls: by the supervisor, never by the undertaker; what is found wrong is put right and looked at by
// another person.
#include "events/progress_calls.hpp"
#include "src/rules/engine.hpp"
#include "src/rules/own_case.hpp"

namespace aidledger::rules {

inline constexpr RefusalKind attitude_out_of_range{701, "attitude-out-of-range",
                                                   "The attitude is 1 (bad) to 5 (good), or 0 where nothing was said."};
inline constexpr RefusalKind verified_by_corrected{
    702, "verified-by-corrected", "A correction is verified by another person than the one corrected."};

inline constexpr std::uint8_t best_attitude = 5;

struct RecordProgressCall {
  static constexpr auto name = "record-progress-call"sv,
                        meaning = "records what the recipient answered when asked how the case goes"sv;
  static constexpr std::array roles{Role::supervisor};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  PersonId recipient;
  Channel channel = Channel::telephone;
  CallAnswers answers;
  std::optional<Sealed> remarks;
  static void fields(auto&& f) {
    using A = RecordProgressCall;
    f("case", &A::case_id, "the case");
    f("recipient", &A::recipient, "the recipient, whose key seals the remarks");
    f("channel", &A::channel, "how");
    f("answers", &A::answers, "what the recipient answered");
    f("remarks", &A::remarks, "what else was said", sealed_for(&A::recipient));
  }
};
Decision decide(const RecordProgressCall&, const Context&);

struct RecordUnreachedCall {
  static constexpr auto name = "record-unreached-call"sv, meaning = "records that nobody was reached"sv;
  static constexpr std::array roles{Role::supervisor};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  Channel channel = Channel::telephone;
  static void fields(auto&& f) {
    f("case", &RecordUnreachedCall::case_id, "the case");
    f("channel", &RecordUnreachedCall::channel, "how it was tried");
  }
};
Decision decide(const RecordUnreachedCall&, const Context&);

struct RaiseProblem {
  static constexpr auto name = "raise-problem"sv, meaning = "says what is wrong in the handling of a case"sv;
  static constexpr std::array roles{Role::supervisor};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  PersonId recipient;
  ProblemId problem;
  ProblemKind kind = ProblemKind::other;
  std::optional<Sealed> description;
  static void fields(auto&& f) {
    using A = RaiseProblem;
    f("case", &A::case_id, "the case");
    f("recipient", &A::recipient, "the recipient, whose key seals the description");
    f("problem", &A::problem, "the problem", generated);
    f("kind", &A::kind, "which kind");
    f("description", &A::description, "what it is", sealed_for(&A::recipient));
  }
};
Decision decide(const RaiseProblem&, const Context&);

struct OrderCorrection {
  static constexpr auto name = "order-correction"sv, meaning = "tells the undertaker to put a problem right"sv;
  static constexpr std::array roles{Role::supervisor, Role::centre_director};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  PersonId recipient;
  ProblemId problem;
  std::optional<Sealed> measures;
  static void fields(auto&& f) {
    using A = OrderCorrection;
    f("case", &A::case_id, "the case");
    f("recipient", &A::recipient, "the recipient, whose key seals the measures");
    f("problem", &A::problem, "the problem");
    f("measures", &A::measures, "what has to be done", sealed_for(&A::recipient));
  }
};
Decision decide(const OrderCorrection&, const Context&);

struct ReportCorrection {
  static constexpr auto name = "report-correction"sv, meaning = "the undertaker says that a problem is put right"sv;
  static constexpr std::array roles{Role::undertaker, Role::intake};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  PersonId recipient;
  ProblemId problem;
  std::optional<Sealed> report;
  static void fields(auto&& f) {
    using A = ReportCorrection;
    f("case", &A::case_id, "the case");
    f("recipient", &A::recipient, "the recipient, whose key seals the report");
    f("problem", &A::problem, "the problem");
    f("report", &A::report, "what was done", sealed_for(&A::recipient));
  }
};
Decision decide(const ReportCorrection&, const Context&);

struct VerifyCorrection {
  static constexpr auto name = "verify-correction"sv, meaning = "looks whether a problem is put right"sv;
  static constexpr std::array roles{Role::supervisor, Role::centre_director};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  ProblemId problem;
  bool put_right = true;
  static void fields(auto&& f) {
    using A = VerifyCorrection;
    f("case", &A::case_id, "the case");
    f("problem", &A::problem, "the problem");
    f("put_right", &A::put_right, "it is; if not, it has to be put right again");
  }
};
Decision decide(const VerifyCorrection&, const Context&);

enum class ProblemState : std::uint8_t { raised, ordered, reported, put_right };
constexpr auto names_of(ProblemState) { return std::array{"raised"sv, "ordered"sv, "reported"sv, "put-right"sv}; }

/// Key = case, problem.
struct ProblemRow {
  static constexpr std::uint8_t table = 0x1a;
  static constexpr bool historic = false;
  ProblemState state = ProblemState::raised;
  UndertakerId undertaker;
  std::string reported_by;
  static void fields(auto&& f) {
    f("state", &ProblemRow::state, "raised, ordered, reported or put right");
    f("undertaker", &ProblemRow::undertaker, "who is to put it right");
    f("reported_by", &ProblemRow::reported_by, "who said that it is put right, as a person");
  }
};

}  // namespace aidledger::rules
