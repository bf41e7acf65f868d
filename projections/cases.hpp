#pragma once
// A case in one row: what it is about, who leads it, how far it is, its hearings and its grade.
#include "events/cases.hpp"
#include "projections/projection.hpp"
#include "projections/provenance.hpp"
#include "projections/subsidy.hpp"

namespace aidledger::projections {

enum class CaseStatus : std::uint8_t {
  granted,  ///< waits for an undertaker
  assigned,
  concluded,
  terminated,
  file_submitted,
  file_returned,
  archived,
  imported,  ///< of another system: nothing of ours is decided on it
};
constexpr auto names_of(CaseStatus) {
  return std::array{"granted"sv,        "assigned"sv,      "concluded"sv, "terminated"sv,
                    "file-submitted"sv, "file-returned"sv, "archived"sv,  "imported"sv};
}

struct CaseOpening {
  std::string case_type, stage, cause, organ, district;
  PersonId recipient;
  std::uint32_t group_size = 0;
  std::vector<CaseFlag> flags;
  std::string source, source_key, zone, calendar;
  Instant at;
  bool operator==(const CaseOpening&) const = default;
  static void fields(auto&& f) {
    using R = CaseOpening;
    f("case_type", &R::case_type, "the case type, or what its source calls it");
    f("stage", &R::stage, "the stage for which aid is granted");
    f("cause", &R::cause, "the cause of action or charge");
    f("organ", &R::organ, "the organ that handles the matter");
    f("district", &R::district, "the district");
    f("recipient", &R::recipient, "the aided person");
    f("group_size", &R::group_size, "recipients in the same matter");
    f("flags", &R::flags, "what asks for more care");
    f("source", &R::source, "imported: the system it comes from");
    f("source_key", &R::source_key, "imported: what it is called there");
    f("zone", &R::zone, "imported: the time zone of its local dates");
    f("calendar", &R::calendar, "imported: the calendar of its working days");
    f("at", &R::at, "when");
  }
};

struct CaseLead {
  std::string undertaker;
  std::uint32_t assignment = 0;
  std::string organisation;
  bool salaried = false;
  Instant at;
  bool operator==(const CaseLead&) const = default;
  static void fields(auto&& f) {
    f("undertaker", &CaseLead::undertaker, "the lead undertaker; empty = none");
    f("assignment", &CaseLead::assignment, "the number of the assignment");
    f("organisation", &CaseLead::organisation, "the undertaker's organisation at assignment");
    f("salaried", &CaseLead::salaried, "received a public salary at assignment");
    f("at", &CaseLead::at, "since when");
  }
};

struct CaseProgress {
  CaseStatus status = CaseStatus::granted;
  Instant at;
  bool operator==(const CaseProgress&) const = default;
  static void fields(auto&& f) {
    f("status", &CaseProgress::status, "how far the case is");
    f("at", &CaseProgress::at, "since when");
  }
};

struct CaseEnd {
  std::string outcome, work_done;
  Instant at;
  bool operator==(const CaseEnd&) const = default;
  static void fields(auto&& f) {
    f("outcome", &CaseEnd::outcome, "how it ended, or the ground of termination");
    f("work_done", &CaseEnd::work_done, "terminated: how much had been done");
    f("at", &CaseEnd::at, "when");
  }
};

enum class HearingFate : std::uint8_t { held, cancelled };
constexpr auto names_of(HearingFate) { return std::array{"held"sv, "cancelled"sv}; }

struct HearingEnd {
  HearingFate fate = HearingFate::held;
  bool cleared = false, attended = false;
  Instant at;
  bool operator==(const HearingEnd&) const = default;
  static void fields(auto&& f) {
    f("fate", &HearingEnd::fate, "held or cancelled");
    f("cleared", &HearingEnd::cleared, "held: the centre had cleared it");
    f("attended", &HearingEnd::attended, "held: the undertaker was there");
    f("at", &HearingEnd::at, "when");
  }
};

struct CaseHearing {
  HearingId hearing;
  Known<Instant> when;
  Known<std::string> organ;
  Known<ReportId> cleared_on;
  Known<HearingEnd> end;
  static void fields(auto&& f) {
    f("hearing", &CaseHearing::hearing, "the hearing");
    f("when", &CaseHearing::when, "when it begins");
    f("organ", &CaseHearing::organ, "the court or tribunal");
    f("cleared_on", &CaseHearing::cleared_on, "the report on which it was cleared");
    f("end", &CaseHearing::end, "held or cancelled");
  }
};

/// Key = case.
struct CaseRow {
  static constexpr std::uint8_t table = 0x8a;
  static constexpr bool historic = true;
  Known<CaseOpening> opened;
  Known<CaseLead> lead;
  Known<CaseProgress> progress;
  Known<CaseEnd> end;
  std::vector<CaseHearing> hearings;
  Known<FinalGrade> grade;
  static void fields(auto&& f) {
    using R = CaseRow;
    f("opened", &R::opened, "what it is about");
    f("lead", &R::lead, "who leads it");
    f("progress", &R::progress, "how far it is");
    f("end", &R::end, "how it ended");
    f("hearings", &R::hearings, "its hearings");
    f("grade", &R::grade, "its final grade");
  }
};

void fold_cases(Layer& rows, const Fact& fact);

}  // namespace aidledger::projections
