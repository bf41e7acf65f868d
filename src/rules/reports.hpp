#pragma once
// M8 Undertaker reporting: before a hearing, and periodically; a supervisor accepts or returns.
#include "events/reports.hpp"
#include "src/rules/engine.hpp"
#include "src/rules/own_case.hpp"

namespace aidledger::rules {

struct SubmitPreHearingReport {
  static constexpr auto name = "submit-pre-hearing-report"sv, meaning = "the undertaker reports before a hearing"sv;
  static constexpr std::array roles{Role::undertaker, Role::intake};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  PersonId recipient;
  ReportId report;
  HearingId hearing;
  Sealed evidence, opinion, analysis;
  std::optional<Sealed> risks;
  std::vector<DocumentRef> attachments;
  static void fields(auto&& f) {
    using A = SubmitPreHearingReport;
    f("case", &A::case_id, "the case");
    f("recipient", &A::recipient, "the recipient, whose key seals the report");
    f("report", &A::report, "the report", generated);
    f("hearing", &A::hearing, "the hearing that it is for");
    f("evidence", &A::evidence, "the evidence collected", sealed_for(&A::recipient));
    f("opinion", &A::opinion, "the main agency or defence opinion", sealed_for(&A::recipient));
    f("analysis", &A::analysis, "the analysis of the case", sealed_for(&A::recipient));
    f("risks", &A::risks, "the risks seen", sealed_for(&A::recipient));
    f("attachments", &A::attachments, "documents");
  }
};
Decision decide(const SubmitPreHearingReport&, const Context&);

struct SubmitPeriodicReport {
  static constexpr auto name = "submit-periodic-report"sv, meaning = "the undertaker reports how the case goes"sv;
  static constexpr std::array roles{Role::undertaker, Role::intake};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  PersonId recipient;
  ReportId report;
  Sealed evidence, opinion, analysis;
  std::optional<Sealed> risks;
  std::vector<DocumentRef> attachments;
  static void fields(auto&& f) {
    using A = SubmitPeriodicReport;
    f("case", &A::case_id, "the case");
    f("recipient", &A::recipient, "the recipient, whose key seals the report");
    f("report", &A::report, "the report", generated);
    f("evidence", &A::evidence, "the evidence collected", sealed_for(&A::recipient));
    f("opinion", &A::opinion, "the main agency or defence opinion", sealed_for(&A::recipient));
    f("analysis", &A::analysis, "the analysis of the case", sealed_for(&A::recipient));
    f("risks", &A::risks, "the risks seen", sealed_for(&A::recipient));
    f("attachments", &A::attachments, "documents");
  }
};
Decision decide(const SubmitPeriodicReport&, const Context&);

struct ReturnReport {
  static constexpr auto name = "return-report"sv, meaning = "gives a report back because it is not good enough"sv;
  static constexpr std::array roles{Role::supervisor};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  ReportId report;
  std::string ground;
  static void fields(auto&& f) {
    using A = ReturnReport;
    f("case", &A::case_id, "the case");
    f("report", &A::report, "the report");
    f("ground", &A::ground, "what is missing, without personal data");
  }
};
Decision decide(const ReturnReport&, const Context&);

struct AcceptReport {
  static constexpr auto name = "accept-report"sv, meaning = "accepts a report"sv;
  static constexpr std::array roles{Role::supervisor};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  ReportId report;
  static void fields(auto&& f) {
    f("case", &AcceptReport::case_id, "the case");
    f("report", &AcceptReport::report, "the report");
  }
};
Decision decide(const AcceptReport&, const Context&);

enum class ReportState : std::uint8_t { submitted, returned, accepted };
constexpr auto names_of(ReportState) { return std::array{"submitted"sv, "returned"sv, "accepted"sv}; }

/// Key = case, report.
struct ReportRow {
  static constexpr std::uint8_t table = 0x1e;
  static constexpr bool historic = false;
  ReportState state = ReportState::submitted;
  std::optional<HearingId> hearing;
  UndertakerId undertaker;
  static void fields(auto&& f) {
    f("state", &ReportRow::state, "submitted, returned or accepted");
    f("hearing", &ReportRow::hearing, "the hearing that it is for; absent = periodic");
    f("undertaker", &ReportRow::undertaker, "who reported");
  }
};

}  // namespace aidledger::rules
