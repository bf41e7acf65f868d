#pragma once
// M5 The ladder: 1, 2, 3 final unqualified grades lead to written comments, a management warning, disqualification.
// The step is derived by the engine; the sanction is decided by two people. A warning here is a management measure,
// never a statutory penalty.
#include "events/describe.hpp"
#include "events/event.hpp"
#include "events/family.hpp"

namespace aidledger {

inline constexpr std::uint16_t family_ladder = 5;

/// What two people may decide at a step; none = the step is looked at and nothing is imposed.
enum class Sanction : std::uint8_t { none, warning, disqualification };
constexpr auto names_of(Sanction) { return std::array{"none"sv, "warning"sv, "disqualification"sv}; }

enum class CasePlan : std::uint8_t { keep, transfer };
constexpr auto names_of(CasePlan) { return std::array{"keep"sv, "transfer"sv}; }

enum class AppealOutcome : std::uint8_t { upheld, reversed };
constexpr auto names_of(AppealOutcome) { return std::array{"upheld"sv, "reversed"sv}; }

enum class ReversalGround : std::uint8_t { grade_redetermined, appeal };
constexpr auto names_of(ReversalGround) { return std::array{"grade-redetermined"sv, "appeal"sv}; }

/// One final unqualified grade that the ladder counts; a case counts once.
struct CountedGrade {
  CaseId case_id;
  RoundId round;
  EventRef grade;
  Date final_on;
  static void fields(auto&& f) {
    using E = CountedGrade;
    f("case", &E::case_id, "the case");
    f("round", &E::round, "the round");
    f("grade", &E::grade, "the event that made it a final unqualified grade");
    f("final_on", &E::final_on, "the local date on which the grade became final");
  }
};

struct OpenCasePlan {
  CaseId case_id;
  CasePlan plan = CasePlan::transfer;
  static void fields(auto&& f) {
    f("case", &OpenCasePlan::case_id, "an open case of the undertaker");
    f("plan", &OpenCasePlan::plan, "the undertaker keeps it, or it goes to another");
  }
};

struct LadderStepReached {
  static constexpr EventTag tag{family_ladder, 1, 1};
  static constexpr auto name = "LadderStepReached"sv,
                        meaning = "the step on which an undertaker stands from here on, derived from final grades"sv;
  UndertakerId undertaker;
  std::int32_t step = 0, previous = 0;
  std::vector<CountedGrade> counted;
  std::vector<std::int32_t> absorbed;
  std::int32_t window_months = 0;
  bool assignment_hold = false;
  PolicyRef policy;
  static void fields(auto&& f) {
    using E = LadderStepReached;
    f("undertaker", &E::undertaker, "the undertaker");
    f("step", &E::step, "0 to 3");
    f("previous", &E::previous, "the step before");
    f("counted", &E::counted, "the grades counted, oldest first");
    f("absorbed", &E::absorbed, "lower steps reached and not decided, which the decision at this step absorbs");
    f("window_months", &E::window_months, "how far back grades count; 0 = for life");
    f("assignment_hold", &E::assignment_hold, "no new case until the director has decided");
    f("policy", &E::policy, "the ladder policy used");
  }
};

struct WrittenCommentsRequired {
  static constexpr EventTag tag{family_ladder, 2, 1};
  static constexpr auto name = "WrittenCommentsRequired"sv,
                        meaning = "the undertaker owes a written self-examination"sv;
  UndertakerId undertaker;
  std::string author;
  std::vector<CaseId> cases;
  PolicyRef policy;
  static void fields(auto&& f) {
    using E = WrittenCommentsRequired;
    f("undertaker", &E::undertaker, "whose cases are commented on");
    f("author", &E::author, "who writes: undertaker, or centre");
    f("cases", &E::cases, "the cases it is about");
    f("policy", &E::policy, "the ladder policy used");
  }
};

struct WrittenCommentsSubmitted {
  static constexpr EventTag tag{family_ladder, 3, 1};
  static constexpr auto name = "WrittenCommentsSubmitted"sv, meaning = "the written comments are handed in"sv;
  UndertakerId undertaker;
  std::string author;
  Sealed comments;
  static void fields(auto&& f) {
    using E = WrittenCommentsSubmitted;
    f("undertaker", &E::undertaker, "whose cases are commented on");
    f("author", &E::author, "who wrote them: undertaker, or centre");
    f("comments", &E::comments, "the text, under the key of the undertaker's person");
  }
};

struct WrittenCommentsAccepted {
  static constexpr EventTag tag{family_ladder, 4, 1};
  static constexpr auto name = "WrittenCommentsAccepted"sv, meaning = "a supervisor accepts the written comments"sv;
  UndertakerId undertaker;
  std::string accepted_by;
  static void fields(auto&& f) {
    f("undertaker", &WrittenCommentsAccepted::undertaker, "whose cases were commented on");
    f("accepted_by", &WrittenCommentsAccepted::accepted_by, "the supervisor, as a person");
  }
};

struct HearingOffered {
  static constexpr EventTag tag{family_ladder, 5, 1};
  static constexpr auto name = "HearingOffered"sv,
                        meaning = "the undertaker may make a statement before a disqualification is decided"sv;
  UndertakerId undertaker;
  std::int32_t step = 0;
  static void fields(auto&& f) {
    f("undertaker", &HearingOffered::undertaker, "who may be heard");
    f("step", &HearingOffered::step, "the step of the ladder that it is about");
  }
};

struct StatementReceived {
  static constexpr EventTag tag{family_ladder, 6, 1};
  static constexpr auto name = "StatementReceived"sv, meaning = "the undertaker has made a statement"sv;
  UndertakerId undertaker;
  Sealed statement;
  static void fields(auto&& f) {
    f("undertaker", &StatementReceived::undertaker, "who was heard");
    f("statement", &StatementReceived::statement, "what was said, under the key of the undertaker's person");
  }
};

struct SanctionProposed {
  static constexpr EventTag tag{family_ladder, 7, 1};
  static constexpr auto name = "SanctionProposed"sv, meaning = "the director proposes what to decide at a step"sv;
  ProposalId proposal;
  UndertakerId undertaker;
  std::int32_t step = 0;
  Sanction sanction = Sanction::none;
  std::vector<OpenCasePlan> open_cases;
  std::string reasons, proposed_by;
  static void fields(auto&& f) {
    using E = SanctionProposed;
    f("proposal", &E::proposal, "names the proposal, and the sanction if it comes to one");
    f("undertaker", &E::undertaker, "on whom");
    f("step", &E::step, "the step of the ladder");
    f("sanction", &E::sanction, "what is proposed");
    f("open_cases", &E::open_cases, "for a disqualification: what becomes of each open case");
    f("reasons", &E::reasons, "why, without personal data");
    f("proposed_by", &E::proposed_by, "the director, as a person");
  }
};

struct LadderDecided {
  static constexpr EventTag tag{family_ladder, 8, 1};
  static constexpr auto name = "LadderDecided"sv,
                        meaning = "a step is decided without a sanction; a hold that waited for it is lifted"sv;
  ProposalId proposal;
  UndertakerId undertaker;
  std::int32_t step = 0;
  std::vector<CountedGrade> counted;
  std::string reasons, proposed_by, confirmed_by;
  static void fields(auto&& f) {
    using E = LadderDecided;
    f("proposal", &E::proposal, "the proposal");
    f("undertaker", &E::undertaker, "about whom");
    f("step", &E::step, "the step decided");
    f("counted", &E::counted, "the grades that made the step");
    f("reasons", &E::reasons, "why nothing is imposed");
    f("proposed_by", &E::proposed_by, "the director, as a person");
    f("confirmed_by", &E::confirmed_by, "the second person");
  }
};

struct ManagementWarningIssued {
  static constexpr EventTag tag{family_ladder, 9, 1};
  static constexpr auto name = "ManagementWarningIssued"sv,
                        meaning = "a management warning, which is no statutory penalty"sv;
  ProposalId proposal;
  UndertakerId undertaker;
  std::int32_t step = 0;
  std::vector<CountedGrade> counted;
  std::vector<std::int32_t> absorbed;
  std::string reasons, proposed_by, confirmed_by;
  PolicyRef policy;
  static void fields(auto&& f) {
    using E = ManagementWarningIssued;
    f("proposal", &E::proposal, "names the sanction");
    f("undertaker", &E::undertaker, "on whom");
    f("step", &E::step, "the step decided");
    f("counted", &E::counted, "the grades that made the step");
    f("absorbed", &E::absorbed, "lower steps that this decision absorbs");
    f("reasons", &E::reasons, "why");
    f("proposed_by", &E::proposed_by, "the director, as a person");
    f("confirmed_by", &E::confirmed_by, "the second person");
    f("policy", &E::policy, "the ladder policy used");
  }
};

struct UndertakerDisqualified {
  static constexpr EventTag tag{family_ladder, 10, 1};
  static constexpr auto name = "UndertakerDisqualified"sv, meaning = "no case may be assigned to the undertaker"sv;
  ProposalId proposal;
  UndertakerId undertaker;
  std::int32_t step = 0;
  std::vector<CountedGrade> counted;
  std::vector<std::int32_t> absorbed;
  Date effective_from, until;
  std::vector<OpenCasePlan> open_cases;
  std::string reasons, proposed_by, confirmed_by;
  PolicyRef policy;
  static void fields(auto&& f) {
    using E = UndertakerDisqualified;
    f("proposal", &E::proposal, "names the sanction");
    f("undertaker", &E::undertaker, "on whom");
    f("step", &E::step, "the step decided");
    f("counted", &E::counted, "the grades that made the step");
    f("absorbed", &E::absorbed, "lower steps that this decision absorbs");
    f("effective_from", &E::effective_from, "its first local date");
    f("until", &E::until, "the first local date on which requalification may be asked; it does not end by itself");
    f("open_cases", &E::open_cases, "what becomes of each open case");
    f("reasons", &E::reasons, "why");
    f("proposed_by", &E::proposed_by, "the director, as a person");
    f("confirmed_by", &E::confirmed_by, "the second person");
    f("policy", &E::policy, "the ladder policy used");
  }
};

struct SanctionAppealLodged {
  static constexpr EventTag tag{family_ladder, 11, 1};
  static constexpr auto name = "SanctionAppealLodged"sv, meaning = "the undertaker appeals to the bureau"sv;
  ProposalId proposal;
  UndertakerId undertaker;
  Sealed statement;
  static void fields(auto&& f) {
    using E = SanctionAppealLodged;
    f("proposal", &E::proposal, "the sanction");
    f("undertaker", &E::undertaker, "who appeals");
    f("statement", &E::statement, "the grounds, under the key of the undertaker's person");
  }
};

struct SanctionAppealDecided {
  static constexpr EventTag tag{family_ladder, 12, 1};
  static constexpr auto name = "SanctionAppealDecided"sv, meaning = "the bureau decides an appeal"sv;
  ProposalId proposal;
  UndertakerId undertaker;
  AppealOutcome outcome = AppealOutcome::upheld;
  std::string reasons, decided_by;
  static void fields(auto&& f) {
    using E = SanctionAppealDecided;
    f("proposal", &E::proposal, "the sanction");
    f("undertaker", &E::undertaker, "who had appealed");
    f("outcome", &E::outcome, "the sanction is upheld or reversed");
    f("reasons", &E::reasons, "why, without personal data");
    f("decided_by", &E::decided_by, "who decided, as a person");
  }
};

struct SanctionReversed {
  static constexpr EventTag tag{family_ladder, 13, 1};
  static constexpr auto name = "SanctionReversed"sv,
                        meaning = "a sanction no longer holds from here on; it stays on file"sv;
  ProposalId proposal;
  UndertakerId undertaker;
  Sanction sanction = Sanction::none;
  ReversalGround ground = ReversalGround::grade_redetermined;
  EventRef sanctioned;
  static void fields(auto&& f) {
    using E = SanctionReversed;
    f("proposal", &E::proposal, "the sanction");
    f("undertaker", &E::undertaker, "on whom it was");
    f("sanction", &E::sanction, "what is lifted");
    f("ground", &E::ground, "why");
    f("sanctioned", &E::sanctioned, "the event that is reversed");
  }
};

struct UndertakerRequalified {
  static constexpr EventTag tag{family_ladder, 14, 1};
  static constexpr auto name = "UndertakerRequalified"sv,
                        meaning = "a disqualification ends: the undertaker may take cases again, on probation"sv;
  ProposalId proposal;
  UndertakerId undertaker;
  Date probation_until;
  std::string training, decided_by;
  PolicyRef policy;
  static void fields(auto&& f) {
    using E = UndertakerRequalified;
    f("proposal", &E::proposal, "the sanction that ends");
    f("undertaker", &E::undertaker, "who");
    f("probation_until", &E::probation_until, "the last local date on which every case is evaluated");
    f("training", &E::training, "the proof of training that it rests on");
    f("decided_by", &E::decided_by, "the director, as a person");
    f("policy", &E::policy, "the ladder policy used");
  }
};

using Ladder = Family<"ladder", LadderStepReached, WrittenCommentsRequired, WrittenCommentsSubmitted,
                      WrittenCommentsAccepted, HearingOffered, StatementReceived, SanctionProposed, LadderDecided,
                      ManagementWarningIssued, UndertakerDisqualified, SanctionAppealLodged, SanctionAppealDecided,
                      SanctionReversed, UndertakerRequalified>;

}  // namespace aidledger
