#pragma once
// M2 Hearings: set, moved, cancelled, cleared by the centre, held.
#include "src/rules/engine.hpp"
#include "src/rules/own_case.hpp"

namespace aidledger::rules {

inline constexpr RefusalKind no_report{220, "no-report",
                                       "No report for this hearing stands: the undertaker has to hand one in."};
inline constexpr RefusalKind report_not_accepted{221, "report-not-accepted",
                                                 "The report for this hearing has not been accepted."};

struct ScheduleHearing {
  static constexpr auto name = "schedule-hearing"sv, meaning = "records that a hearing is set"sv;
  static constexpr std::array roles{Role::intake, Role::supervisor, Role::undertaker};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  HearingId hearing;
  Instant at;
  std::string organ;
  static void fields(auto&& f) {
    using A = ScheduleHearing;
    f("case", &A::case_id, "the case");
    f("hearing", &A::hearing, "the hearing", generated);
    f("at", &A::at, "when it begins");
    f("organ", &A::organ, "the court or tribunal");
  }
};
Decision decide(const ScheduleHearing&, const Context&);

struct RescheduleHearing {
  static constexpr auto name = "reschedule-hearing"sv, meaning = "records that a hearing is moved"sv;
  static constexpr std::array roles{Role::intake, Role::supervisor, Role::undertaker};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  HearingId hearing;
  Instant at;
  static void fields(auto&& f) {
    using A = RescheduleHearing;
    f("case", &A::case_id, "the case");
    f("hearing", &A::hearing, "the hearing");
    f("at", &A::at, "when it begins from here on");
  }
};
Decision decide(const RescheduleHearing&, const Context&);

struct CancelHearing {
  static constexpr auto name = "cancel-hearing"sv, meaning = "records that a hearing will not be held"sv;
  static constexpr std::array roles{Role::intake, Role::supervisor, Role::undertaker};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  HearingId hearing;
  std::string ground;
  static void fields(auto&& f) {
    using A = CancelHearing;
    f("case", &A::case_id, "the case");
    f("hearing", &A::hearing, "the hearing");
    f("ground", &A::ground, "why, without personal data");
  }
};
Decision decide(const CancelHearing&, const Context&);

struct ClearHearing {
  static constexpr auto name = "clear-hearing"sv,
                        meaning = "the centre has seen the report for a hearing and has no objection"sv;
  static constexpr std::array roles{Role::supervisor, Role::centre_director};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  HearingId hearing;
  static void fields(auto&& f) {
    f("case", &ClearHearing::case_id, "the case");
    f("hearing", &ClearHearing::hearing, "the hearing");
  }
};
Decision decide(const ClearHearing&, const Context&);

struct RecordHearingHeld {
  static constexpr auto name = "record-hearing-held"sv, meaning = "records that a hearing took place"sv;
  static constexpr std::array roles{Role::intake, Role::supervisor, Role::undertaker};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  HearingId hearing;
  bool attended = true;
  static void fields(auto&& f) {
    using A = RecordHearingHeld;
    f("case", &A::case_id, "the case");
    f("hearing", &A::hearing, "the hearing; one that was never announced is recorded all the same");
    f("attended", &A::attended, "the undertaker was there");
  }
};
Decision decide(const RecordHearingHeld&, const Context&);

/// Due before the hearing, but never before the day on which the date became known.
void start_report_clock(EventDraft& draft, const Context& context, const CaseRow& row, const CaseId& id,
                        const HearingId& hearing, Instant at);

/// The case is handled here, not merely imported.
bool is_ours(const Context& context, const CaseId& id);

void when_hearing_held_without_clearance_then_breach(const Event&, const Context&, Happened&);
void when_hearing_missed_by_undertaker_then_breach(const Event&, const Context&, Happened&);

std::vector<ActionType> hearing_actions();

}  // namespace aidledger::rules
