#pragma once
// M8 Undertaker reporting: evidence, main opinion and analysis go to the centre before a hearing, or periodically.
#include "events/family.hpp"
#include "events/values/casework.hpp"

namespace aidledger {

inline constexpr std::uint16_t family_reports = 8;

struct PreHearingReportSubmitted {
  static constexpr EventTag tag{family_reports, 1, 1};
  static constexpr auto name = "PreHearingReportSubmitted"sv, meaning = "the undertaker reports before a hearing"sv;
  CaseId case_id;
  UndertakerId undertaker;
  ReportId report;
  HearingId hearing;
  Sealed evidence, opinion, analysis;
  std::optional<Sealed> risks;
  std::vector<DocumentRef> attachments;
  static void fields(auto&& f) {
    using E = PreHearingReportSubmitted;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the undertaker");
    f("report", &E::report, "the report");
    f("hearing", &E::hearing, "the hearing that it is for");
    f("evidence", &E::evidence, "the evidence collected, under the recipient's key");
    f("opinion", &E::opinion, "the main agency or defence opinion, under the recipient's key");
    f("analysis", &E::analysis, "the analysis of the case, under the recipient's key");
    f("risks", &E::risks, "the risks seen, under the recipient's key");
    f("attachments", &E::attachments, "documents");
  }
};

struct PeriodicReportSubmitted {
  static constexpr EventTag tag{family_reports, 2, 1};
  static constexpr auto name = "PeriodicReportSubmitted"sv, meaning = "the undertaker reports how the case goes"sv;
  CaseId case_id;
  UndertakerId undertaker;
  ReportId report;
  Sealed evidence, opinion, analysis;
  std::optional<Sealed> risks;
  std::vector<DocumentRef> attachments;
  static void fields(auto&& f) {
    using E = PeriodicReportSubmitted;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the undertaker");
    f("report", &E::report, "the report");
    f("evidence", &E::evidence, "the evidence collected, under the recipient's key");
    f("opinion", &E::opinion, "the main agency or defence opinion, under the recipient's key");
    f("analysis", &E::analysis, "the analysis of the case, under the recipient's key");
    f("risks", &E::risks, "the risks seen, under the recipient's key");
    f("attachments", &E::attachments, "documents");
  }
};

struct ReportReturned {
  static constexpr EventTag tag{family_reports, 3, 1};
  static constexpr auto name = "ReportReturned"sv, meaning = "a report is not good enough and comes back"sv;
  CaseId case_id;
  UndertakerId undertaker;
  ReportId report;
  std::optional<HearingId> hearing;
  std::string ground, returned_by;
  static void fields(auto&& f) {
    using E = ReportReturned;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the undertaker");
    f("report", &E::report, "the report");
    f("hearing", &E::hearing, "the hearing that it is for");
    f("ground", &E::ground, "what is missing, without personal data");
    f("returned_by", &E::returned_by, "the supervisor, as a person");
  }
};

struct ReportAccepted {
  static constexpr EventTag tag{family_reports, 4, 1};
  static constexpr auto name = "ReportAccepted"sv, meaning = "a supervisor accepts a report"sv;
  CaseId case_id;
  UndertakerId undertaker;
  ReportId report;
  std::optional<HearingId> hearing;
  std::string accepted_by;
  static void fields(auto&& f) {
    using E = ReportAccepted;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the undertaker");
    f("report", &E::report, "the report");
    f("hearing", &E::hearing, "the hearing that it is for");
    f("accepted_by", &E::accepted_by, "the supervisor, as a person");
  }
};

struct HearingHeldWithoutReport {
  static constexpr EventTag tag{family_reports, 5, 1};
  static constexpr auto name = "HearingHeldWithoutReport"sv,
                        meaning = "a hearing took place and no report for it had been handed in"sv;
  CaseId case_id;
  UndertakerId undertaker;
  HearingId hearing;
  static void fields(auto&& f) {
    using E = HearingHeldWithoutReport;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the undertaker");
    f("hearing", &E::hearing, "the hearing");
  }
};

using Reports = Family<"reports", PreHearingReportSubmitted, PeriodicReportSubmitted, ReportReturned, ReportAccepted,
                       HearingHeldWithoutReport>;

}  // namespace aidledger
