#pragma once
// M2 Cases: aid granted, an undertaker assigned, hearings, the end, the file handed in. Histories of other systems are
// in events/case_imports.hpp.
#include "events/family.hpp"
#include "events/values/casework.hpp"
#include "events/values/time.hpp"

namespace aidledger {

inline constexpr std::uint16_t family_cases = 2;

enum class GrantChannel : std::uint8_t { application, notified_defence };
constexpr auto names_of(GrantChannel) { return std::array{"application"sv, "notified-defence"sv}; }

enum class AssignmentMode : std::uint8_t { rotation, preferred, specialist };
constexpr auto names_of(AssignmentMode) { return std::array{"rotation"sv, "preferred"sv, "specialist"sv}; }

enum class ReplacementSide : std::uint8_t { recipient, undertaker, centre };
constexpr auto names_of(ReplacementSide) { return std::array{"recipient"sv, "undertaker"sv, "centre"sv}; }

/// Legal Aid Law, article 48.
enum class TerminationGround : std::uint8_t {
  deceived,
  concealed_facts,
  unlawful_use,
  income_rose,
  closed_or_withdrawn,
  own_lawyer,
  recipient_asked,
  other_by_law,
};
constexpr auto names_of(TerminationGround) {
  return std::array{"deceived"sv,   "concealed-facts"sv, "unlawful-use"sv, "income-rose"sv, "closed-or-withdrawn"sv,
                    "own-lawyer"sv, "recipient-asked"sv, "other-by-law"sv};
}

/// How much had been done when aid was terminated: a subsidy may follow from it.
enum class WorkDone : std::uint8_t { none, before_hearing, after_hearing };
constexpr auto names_of(WorkDone) { return std::array{"none"sv, "before-hearing"sv, "after-hearing"sv}; }

enum class CaseOutcome : std::uint8_t { judgment, mediated, settled, withdrawn, award, decision, other };
constexpr auto names_of(CaseOutcome) {
  return std::array{"judgment"sv, "mediated"sv, "settled"sv, "withdrawn"sv, "award"sv, "decision"sv, "other"sv};
}

struct AidGranted {
  static constexpr EventTag tag{family_cases, 1, 1};
  static constexpr auto name = "AidGranted"sv, meaning = "aid is granted: a case begins"sv;
  CaseId case_id;
  PersonId recipient;
  CaseType case_type = CaseType::civil;
  CaseStage stage = CaseStage::first_trial;
  std::string cause, organ, district;
  GrantChannel channel = GrantChannel::application;
  std::uint32_t group_size = 1;
  std::vector<CaseFlag> flags;
  std::optional<CaseId> opposing_case;
  Sealed full_name;
  std::optional<Sealed> identity_number, telephone, address, facts;
  static void fields(auto&& f) {
    using E = AidGranted;
    f("case", &E::case_id, "the case");
    f("recipient", &E::recipient, "the aided person, whose key seals the personal data");
    f("case_type", &E::case_type, "civil, administrative or criminal");
    f("stage", &E::stage, "the stage for which aid is granted");
    f("cause", &E::cause, "the cause of action or charge, e.g. labour-remuneration");
    f("organ", &E::organ, "the court or other organ that handles the matter");
    f("district", &E::district, "the district");
    f("channel", &E::channel, "on application, or notified by an organ");
    f("group_size", &E::group_size, "recipients in the same matter");
    f("flags", &E::flags, "what asks for more care");
    f("opposing_case", &E::opposing_case, "the case of the other party, where that is aided too");
    f("name", &E::full_name, "the recipient's name");
    f("identity_number", &E::identity_number, "the recipient's identity number");
    f("telephone", &E::telephone, "the recipient's telephone number");
    f("address", &E::address, "the recipient's address");
    f("facts", &E::facts, "what the matter is about");
  }
};

/// One who was looked at when the case was assigned.
struct CandidateSeen {
  UndertakerId undertaker;
  std::uint32_t open_cases = 0;
  std::string why_not;
  static void fields(auto&& f) {
    f("undertaker", &CandidateSeen::undertaker, "the candidate");
    f("open_cases", &CandidateSeen::open_cases, "open cases at that moment");
    f("why_not", &CandidateSeen::why_not, "the refusal that stood against it; empty where none did");
  }
};

/// What was seen of the undertaker when the case was assigned: it answers for the assignment ever after.
struct EligibilityFacts {
  UndertakerCategory category = UndertakerCategory::social_lawyer;
  std::string district, licence;
  std::optional<Date> licence_since;
  std::uint32_t open_cases = 0, capacity = 0;
  std::uint32_t ladder_step = 0;
  bool on_probation = false;
  PolicyRef policy;
  static void fields(auto&& f) {
    using E = EligibilityFacts;
    f("category", &E::category, "the team");
    f("district", &E::district, "the undertaker's district");
    f("licence", &E::licence, "the licence number; empty where none");
    f("licence_since", &E::licence_since, "the local date of the licence");
    f("open_cases", &E::open_cases, "open cases before this one");
    f("capacity", &E::capacity, "open cases at one time; 0 = no limit said");
    f("ladder_step", &E::ladder_step, "the step of the ladder");
    f("on_probation", &E::on_probation, "requalified and on probation");
    f("policy", &E::policy, "the eligibility policy used");
  }
};

struct UndertakerAssigned {
  static constexpr EventTag tag{family_cases, 2, 1};
  static constexpr auto name = "UndertakerAssigned"sv, meaning = "the case gets its one lead undertaker"sv;
  CaseId case_id;
  UndertakerId undertaker;
  PersonId person;
  std::uint32_t assignment = 1;
  AssignmentMode mode = AssignmentMode::rotation;
  CaseType case_type = CaseType::civil;
  CaseStage stage = CaseStage::first_trial;
  std::string organisation;
  bool salaried = false;
  std::vector<CandidateSeen> candidates;
  EligibilityFacts seen;
  std::string assigned_by;
  static void fields(auto&& f) {
    using E = UndertakerAssigned;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the lead undertaker from here on");
    f("person", &E::person, "the undertaker as a person");
    f("assignment", &E::assignment, "1 for the first of the case, then 2, 3 ...");
    f("mode", &E::mode, "how the undertaker was chosen");
    f("case_type", &E::case_type, "the case type");
    f("stage", &E::stage, "the stage");
    f("organisation", &E::organisation, "the undertaker's organisation at assignment");
    f("salaried", &E::salaried, "the undertaker received a public salary at assignment");
    f("candidates", &E::candidates, "who else was looked at");
    f("seen", &E::seen, "the eligibility facts seen");
    f("assigned_by", &E::assigned_by, "the assigner, as a person");
  }
};

struct AssignmentDeclined {
  static constexpr EventTag tag{family_cases, 3, 1};
  static constexpr auto name = "AssignmentDeclined"sv, meaning = "the undertaker gives the case back: it has no lead"sv;
  CaseId case_id;
  UndertakerId undertaker;
  std::uint32_t assignment = 1;
  std::string ground;
  static void fields(auto&& f) {
    using E = AssignmentDeclined;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "who declines, and does not get the case again");
    f("assignment", &E::assignment, "the assignment that ends");
    f("ground", &E::ground, "why, without personal data");
  }
};

struct ReplacementRequested {
  static constexpr EventTag tag{family_cases, 4, 1};
  static constexpr auto name = "ReplacementRequested"sv, meaning = "somebody asks that the undertaker be replaced"sv;
  CaseId case_id;
  UndertakerId undertaker;
  ReplacementSide side = ReplacementSide::recipient;
  std::string ground;
  std::optional<Sealed> details;
  static void fields(auto&& f) {
    using E = ReplacementRequested;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the undertaker that is to go");
    f("side", &E::side, "who asks");
    f("ground", &E::ground, "why, without personal data");
    f("details", &E::details, "the circumstances, under the recipient's key");
  }
};

/// The successor's assignment is an UndertakerAssigned that follows in the same record.
struct UndertakerReplaced {
  static constexpr EventTag tag{family_cases, 5, 1};
  static constexpr auto name = "UndertakerReplaced"sv, meaning = "the case passes from one undertaker to another"sv;
  CaseId case_id;
  UndertakerId undertaker, successor;
  std::uint32_t assignment = 1;
  std::string ground;
  static void fields(auto&& f) {
    using E = UndertakerReplaced;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "who goes, and does not get the case again");
    f("successor", &E::successor, "who comes");
    f("assignment", &E::assignment, "the assignment that ends");
    f("ground", &E::ground, "why, without personal data");
  }
};

struct HearingScheduled {
  static constexpr EventTag tag{family_cases, 6, 1};
  static constexpr auto name = "HearingScheduled"sv, meaning = "a hearing of the case is set"sv;
  CaseId case_id;
  std::optional<UndertakerId> undertaker;
  HearingId hearing;
  Instant at;
  std::string organ;
  static void fields(auto&& f) {
    using E = HearingScheduled;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the lead undertaker, where there is one");
    f("hearing", &E::hearing, "the hearing");
    f("at", &E::at, "when it begins");
    f("organ", &E::organ, "the court or tribunal");
  }
};

struct HearingRescheduled {
  static constexpr EventTag tag{family_cases, 7, 1};
  static constexpr auto name = "HearingRescheduled"sv, meaning = "a hearing is moved"sv;
  CaseId case_id;
  std::optional<UndertakerId> undertaker;
  HearingId hearing;
  Instant at;
  static void fields(auto&& f) {
    using E = HearingRescheduled;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the lead undertaker, where there is one");
    f("hearing", &E::hearing, "the hearing");
    f("at", &E::at, "when it begins from here on");
  }
};

struct HearingCancelled {
  static constexpr EventTag tag{family_cases, 8, 1};
  static constexpr auto name = "HearingCancelled"sv, meaning = "a hearing will not be held"sv;
  CaseId case_id;
  std::optional<UndertakerId> undertaker;
  HearingId hearing;
  std::string ground;
  static void fields(auto&& f) {
    using E = HearingCancelled;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the lead undertaker, where there is one");
    f("hearing", &E::hearing, "the hearing");
    f("ground", &E::ground, "why, without personal data");
  }
};

struct HearingCleared {
  static constexpr EventTag tag{family_cases, 9, 1};
  static constexpr auto name = "HearingCleared"sv,
                        meaning = "the centre has seen the report for a hearing and has no objection"sv;
  CaseId case_id;
  UndertakerId undertaker;
  HearingId hearing;
  ReportId report;
  std::string cleared_by;
  static void fields(auto&& f) {
    using E = HearingCleared;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the lead undertaker");
    f("hearing", &E::hearing, "the hearing");
    f("report", &E::report, "the report that it rests on");
    f("cleared_by", &E::cleared_by, "the supervisor, as a person");
  }
};

struct HearingHeld {
  static constexpr EventTag tag{family_cases, 10, 1};
  static constexpr auto name = "HearingHeld"sv, meaning = "a hearing took place"sv;
  CaseId case_id;
  std::optional<UndertakerId> undertaker;
  HearingId hearing;
  bool cleared = false, attended = true;
  static void fields(auto&& f) {
    using E = HearingHeld;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the lead undertaker, where there was one");
    f("hearing", &E::hearing, "the hearing");
    f("cleared", &E::cleared, "the centre had cleared it");
    f("attended", &E::attended, "the undertaker was there");
  }
};

struct AidTerminated {
  static constexpr EventTag tag{family_cases, 11, 1};
  static constexpr auto name = "AidTerminated"sv, meaning = "aid ends before the matter does"sv;
  CaseId case_id;
  std::optional<UndertakerId> undertaker;
  std::uint32_t assignment = 0;
  CaseType case_type = CaseType::civil;
  CaseStage stage = CaseStage::first_trial;
  TerminationGround ground = TerminationGround::other_by_law;
  WorkDone work_done = WorkDone::none;
  std::optional<Sealed> details;
  static void fields(auto&& f) {
    using E = AidTerminated;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the lead undertaker, where there is one");
    f("assignment", &E::assignment, "the assignment that ends; 0 = none");
    f("case_type", &E::case_type, "the case type");
    f("stage", &E::stage, "the stage");
    f("ground", &E::ground, "the ground, Legal Aid Law article 48");
    f("work_done", &E::work_done, "how much had been done");
    f("details", &E::details, "the circumstances, under the recipient's key");
  }
};

struct CaseConcluded {
  static constexpr EventTag tag{family_cases, 12, 1};
  static constexpr auto name = "CaseConcluded"sv, meaning = "the matter has ended"sv;
  CaseId case_id;
  UndertakerId undertaker;
  std::uint32_t assignment = 1;
  CaseType case_type = CaseType::civil;
  CaseStage stage = CaseStage::first_trial;
  CaseOutcome outcome = CaseOutcome::judgment;
  static void fields(auto&& f) {
    using E = CaseConcluded;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the lead undertaker at conclusion: a grade attaches to this one");
    f("assignment", &E::assignment, "the assignment under which it ended");
    f("case_type", &E::case_type, "the case type");
    f("stage", &E::stage, "the stage");
    f("outcome", &E::outcome, "how it ended");
  }
};

struct ClosingReportSubmitted {
  static constexpr EventTag tag{family_cases, 13, 1};
  static constexpr auto name = "ClosingReportSubmitted"sv, meaning = "the undertaker reports how the matter ended"sv;
  CaseId case_id;
  UndertakerId undertaker;
  Sealed summary;
  static void fields(auto&& f) {
    using E = ClosingReportSubmitted;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the undertaker");
    f("summary", &E::summary, "the report, under the recipient's key");
  }
};

struct FileSubmitted {
  static constexpr EventTag tag{family_cases, 14, 1};
  static constexpr auto name = "FileSubmitted"sv, meaning = "the undertaker hands in the case file"sv;
  CaseId case_id;
  UndertakerId undertaker;
  std::vector<DocumentRef> documents;
  static void fields(auto&& f) {
    using E = FileSubmitted;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the undertaker");
    f("documents", &E::documents, "what lies in the file");
  }
};

using Cases = Family<"cases", AidGranted, UndertakerAssigned, AssignmentDeclined, ReplacementRequested,
                     UndertakerReplaced, HearingScheduled, HearingRescheduled, HearingCancelled, HearingCleared,
                     HearingHeld, AidTerminated, CaseConcluded, ClosingReportSubmitted, FileSubmitted>;

}  // namespace aidledger
