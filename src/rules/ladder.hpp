#pragma once
// M5 The ladder: state rows, refusals, the step that grades make. The actions stand in ladder_actions.hpp.
#include "events/ladder.hpp"
#include "src/rules/evaluation.hpp"

namespace aidledger::rules {

inline constexpr RefusalKind nothing_to_decide{501, "nothing-to-decide",
                                               "The undertaker stands on no step that waits for a decision."};
inline constexpr RefusalKind step_too_low{502, "step-too-low",
                                          "The sanction needs more final unqualified grades than are counted."};
inline constexpr RefusalKind earlier_step_undecided{503, "earlier-step-undecided",
                                                    "The policy wants the step below to be decided first."};
inline constexpr RefusalKind hearing_required{504, "hearing-required",
                                              "Nobody is disqualified without having been offered a hearing."};
inline constexpr RefusalKind hearing_window_open{505, "hearing-window-open",
                                                 "The undertaker may still make a statement."};
inline constexpr RefusalKind open_cases_unplanned{
    506, "open-cases-unplanned", "A disqualification says of each open case whether it is kept or transferred."};
inline constexpr RefusalKind not_an_open_case{507, "not-an-open-case",
                                              "The undertaker has no such open case, or it is listed twice."};
inline constexpr RefusalKind proposal_decided{508, "proposal-decided", "The proposal was confirmed already."};
inline constexpr RefusalKind step_changed{509, "step-changed", "The grades counted have changed since the proposal."};
inline constexpr RefusalKind own_sanction{510, "own-sanction", "Nobody decides on the own standing."};
inline constexpr RefusalKind no_comments_owed{511, "no-comments-owed", "No written comments are owed."};
inline constexpr RefusalKind no_comments_submitted{512, "no-comments-submitted",
                                                   "No written comments wait to be accepted."};
inline constexpr RefusalKind not_in_force{513, "not-in-force", "The sanction is not in force."};
inline constexpr RefusalKind already_appealed{514, "already-appealed", "An appeal was lodged already."};
inline constexpr RefusalKind no_appeal{515, "no-appeal", "There is no appeal to decide."};
inline constexpr RefusalKind decided_own_appeal{516, "decided-own-appeal",
                                                "Who proposed or confirmed a sanction does not decide the appeal."};
inline constexpr RefusalKind not_disqualified{517, "not-disqualified", "The undertaker is not disqualified."};
inline constexpr RefusalKind disqualification_runs{518, "disqualification-runs",
                                                   "The time of the disqualification has not passed."};
inline constexpr RefusalKind training_required{519, "training-required", "Requalification needs a proof of training."};

enum class Comments : std::uint8_t { none, required, submitted, accepted };
constexpr auto names_of(Comments) { return std::array{"none"sv, "required"sv, "submitted"sv, "accepted"sv}; }

/// Where an undertaker stands. Key = undertaker.
struct LadderRow {
  static constexpr std::uint8_t table = 0x2c;
  static constexpr bool historic = false;
  std::int32_t step = 0;
  std::vector<CountedGrade> counted;
  std::vector<std::int32_t> absorbed;
  bool assignment_hold = false;
  std::int32_t decided_step = 0;
  std::vector<CaseId> decided_cases;
  std::int32_t hearing_step = 0;
  bool statement = false;
  Comments comments = Comments::none;
  std::string comments_author;
  std::optional<ProposalId> disqualified_by;
  std::optional<Date> disqualified_until, probation_until;
  static void fields(auto&& f) {
    using R = LadderRow;
    f("step", &R::step, "0 to 3");
    f("counted", &R::counted, "the grades counted");
    f("absorbed", &R::absorbed, "lower steps that the next decision absorbs");
    f("assignment_hold", &R::assignment_hold, "no new case until the director has decided");
    f("decided_step", &R::decided_step, "the highest step decided whose decision stands; 0 = none");
    f("decided_cases", &R::decided_cases, "the cases that the latest decision looked at");
    f("hearing_step", &R::hearing_step, "the step about which a hearing was offered; 0 = none");
    f("statement", &R::statement, "a statement was made since");
    f("comments", &R::comments, "the written comments: none, required, submitted, accepted");
    f("comments_author", &R::comments_author, "who owes them: undertaker, or centre");
    f("disqualified_by", &R::disqualified_by, "the disqualification in force");
    f("disqualified_until", &R::disqualified_until, "first local date on which requalification may be asked");
    f("probation_until", &R::probation_until, "last local date of probation");
  }
};

/// Key = proposal.
struct SanctionProposalRow {
  static constexpr std::uint8_t table = 0x2d;
  static constexpr bool historic = false;
  SanctionProposed proposed;
  std::vector<CaseId> cases;
  bool decided = false;
  static void fields(auto&& f) {
    using R = SanctionProposalRow;
    f("proposed", &R::proposed, "the proposal");
    f("cases", &R::cases, "the cases counted when it was made");
    f("decided", &R::decided, "a second person has confirmed it");
  }
};

/// Key = undertaker, proposal.
struct SanctionRow {
  static constexpr std::uint8_t table = 0x2e;
  static constexpr bool historic = false;
  ProposalId proposal;
  Sanction sanction = Sanction::none;
  std::int32_t step = 0;
  std::vector<CountedGrade> counted;
  EventRef decided;
  std::string proposed_by, confirmed_by;
  bool in_force = true, appealed = false, appeal_decided = false;
  static void fields(auto&& f) {
    using R = SanctionRow;
    f("proposal", &R::proposal, "names the sanction");
    f("sanction", &R::sanction, "which");
    f("step", &R::step, "the step decided");
    f("counted", &R::counted, "the grades that made the step");
    f("decided", &R::decided, "the event that decided it");
    f("proposed_by", &R::proposed_by, "the first person");
    f("confirmed_by", &R::confirmed_by, "the second person");
    f("in_force", &R::in_force, "neither reversed nor served");
    f("appealed", &R::appealed, "an appeal was lodged");
    f("appeal_decided", &R::appeal_decided, "and decided");
  }
};

/// The cases that an undertaker leads now, imported ones left out. Key = undertaker, case.
struct OpenCaseRow {
  static constexpr std::uint8_t table = 0x2f;
  static constexpr bool historic = false;
  CaseId case_id;
  static void fields(auto&& f) { f("case", &OpenCaseRow::case_id, "a case neither concluded nor terminated"); }
};

/// Step 0, and nothing decided, where there is no row.
LadderRow ladder_of(const State& state, const UndertakerId& undertaker);
/// The actor is the undertaker, by whichever token.
bool is_own(const Context& context, const UndertakerId& undertaker);

/// The step that the grades of an undertaker make on a day.
struct Rung {
  std::int32_t step = 0;
  std::vector<CountedGrade> counted;
};
Rung rung_of(const Context& context, const UndertakerId& undertaker, const Policy& ladder);

/// How many counted grades a sanction needs; 0 for none.
std::int64_t grades_needed(const Policy& ladder, Sanction sanction);
/// The step waits for a decision of two people: it is above written comments, and not decided on these cases.
bool awaits_decision(const LadderRow& row, const Rung& rung, const Policy& ladder);

}  // namespace aidledger::rules
