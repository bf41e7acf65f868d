#pragma once
// M2 The end of a case: concluded or terminated, the closing report, the file handed in.
#include "src/rules/engine.hpp"
#include "src/rules/own_case.hpp"

namespace aidledger::rules {

struct TerminateAid {
  static constexpr auto name = "terminate-aid"sv, meaning = "ends aid before the matter ends"sv;
  static constexpr std::array roles{Role::centre_director, Role::intake};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  PersonId recipient;
  TerminationGround ground = TerminationGround::other_by_law;
  WorkDone work_done = WorkDone::none;
  std::optional<Sealed> details;
  static void fields(auto&& f) {
    using A = TerminateAid;
    f("case", &A::case_id, "the case");
    f("recipient", &A::recipient, "the recipient, whose key seals the details");
    f("ground", &A::ground, "the ground, Legal Aid Law article 48");
    f("work_done", &A::work_done, "how much had been done");
    f("details", &A::details, "the circumstances", sealed_for(&A::recipient));
  }
};
Decision decide(const TerminateAid&, const Context&);

struct ConcludeCase {
  static constexpr auto name = "conclude-case"sv, meaning = "records that the matter has ended"sv;
  static constexpr std::array roles{Role::intake, Role::supervisor, Role::undertaker};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  CaseOutcome outcome = CaseOutcome::judgment;
  static void fields(auto&& f) {
    f("case", &ConcludeCase::case_id, "the case");
    f("outcome", &ConcludeCase::outcome, "how it ended");
  }
};
Decision decide(const ConcludeCase&, const Context&);

struct SubmitClosingReport {
  static constexpr auto name = "submit-closing-report"sv, meaning = "the undertaker reports how the matter ended"sv;
  static constexpr std::array roles{Role::undertaker, Role::intake};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  PersonId recipient;
  Sealed summary;
  static void fields(auto&& f) {
    using A = SubmitClosingReport;
    f("case", &A::case_id, "the case");
    f("recipient", &A::recipient, "the recipient, whose key seals the report");
    f("summary", &A::summary, "the report", sealed_for(&A::recipient));
  }
};
Decision decide(const SubmitClosingReport&, const Context&);

struct SubmitFile {
  static constexpr auto name = "submit-file"sv, meaning = "the undertaker hands in the case file"sv;
  static constexpr std::array roles{Role::undertaker, Role::intake};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  std::vector<DocumentRef> documents;
  static void fields(auto&& f) {
    f("case", &SubmitFile::case_id, "the case");
    f("documents", &SubmitFile::documents, "what lies in the file");
  }
};
Decision decide(const SubmitFile&, const Context&);

std::vector<ActionType> closing_actions();

}  // namespace aidledger::rules
