#pragma once
// Who may still take cases, and why not: what an undertaker is enrolled as, where on the ladder and for which cases,
// sanctions, holds, load.
#include "events/evaluation.hpp"
#include "events/ladder.hpp"
#include "events/undertakers.hpp"
#include "projections/projection.hpp"
#include "projections/provenance.hpp"

namespace aidledger::projections {

struct Enrolment {
  PersonId person;
  std::vector<std::string> specialties;
  std::uint32_t capacity = 0;
  Instant at;
  bool operator==(const Enrolment&) const = default;
  static void fields(auto&& f) {
    f("person", &Enrolment::person, "the undertaker as a person");
    f("specialties", &Enrolment::specialties, "fields of law");
    f("capacity", &Enrolment::capacity, "open cases at one time; 0 = no limit said");
    f("at", &Enrolment::at, "since when");
  }
};

struct Team {
  UndertakerCategory category = UndertakerCategory::social_lawyer;
  std::string organisation, district;
  bool salaried = false;
  Date salaried_from;
  Instant at;
  bool operator==(const Team&) const = default;
  static void fields(auto&& f) {
    f("category", &Team::category, "the team");
    f("organisation", &Team::organisation, "the undertaking organisation");
    f("district", &Team::district, "the district");
    f("salaried", &Team::salaried, "receives a public salary");
    f("salaried_from", &Team::salaried_from, "the first local date on which `salaried` holds");
    f("at", &Team::at, "since when");
  }
};

struct Licence {
  bool lapsed = false;
  std::string licence;
  std::optional<Date> since, valid_until;
  std::string ground;
  Instant at;
  bool operator==(const Licence&) const = default;
  static void fields(auto&& f) {
    f("lapsed", &Licence::lapsed, "it holds no longer");
    f("licence", &Licence::licence, "its number in the public register");
    f("since", &Licence::since, "its local date");
    f("valid_until", &Licence::valid_until, "the last local date on which it holds");
    f("ground", &Licence::ground, "why it lapsed");
    f("at", &Licence::at, "when this was seen");
  }
};

/// Something that is placed and lifted: a suspension, a hold.
struct Placed {
  bool on = false;
  std::string ground;
  Instant at;
  bool operator==(const Placed&) const = default;
  static void fields(auto&& f) {
    f("on", &Placed::on, "placed, or lifted");
    f("ground", &Placed::ground, "why");
    f("at", &Placed::at, "when");
  }
};

struct PaymentHold {
  std::string case_id;
  Known<Placed> state;
  static void fields(auto&& f) {
    f("case", &PaymentHold::case_id, "only for this case; empty = for all");
    f("state", &PaymentHold::state, "placed or lifted");
  }
};

struct GradeSeen {
  Grade grade = Grade::unqualified;
  std::int32_t marks = 0;
  bool redetermined = false;
  Instant at;
  bool operator==(const GradeSeen&) const = default;
  static void fields(auto&& f) {
    f("grade", &GradeSeen::grade, "the grade");
    f("marks", &GradeSeen::marks, "its marks");
    f("redetermined", &GradeSeen::redetermined, "changed after it was final");
    f("at", &GradeSeen::at, "when");
  }
};

/// Which grading of which case.
struct Grading {
  CaseId case_id;
  RoundId round;
  auto operator<=>(const Grading&) const = default;
  static void fields(auto&& f) {
    f("case", &Grading::case_id, "the case");
    f("round", &Grading::round, "the round");
  }
};

/// A final grade that is unqualified, or was.
struct Unqualified {
  Grading of;
  Known<GradeSeen> grade;
  static void fields(auto&& f) {
    f("of", &Unqualified::of, "case and round");
    f("grade", &Unqualified::grade, "the grade as it stands");
  }
};

struct CountedCase {
  CaseId case_id;
  RoundId round;
  Cited grade;
  Date final_on;
  bool operator==(const CountedCase&) const = default;
  static void fields(auto&& f) {
    f("case", &CountedCase::case_id, "the case");
    f("round", &CountedCase::round, "the round");
    f("grade", &CountedCase::grade, "the event that gave the grade");
    f("final_on", &CountedCase::final_on, "the local date on which it became final");
  }
};

struct LadderStep {
  std::int32_t step = 0, previous = 0;
  std::vector<CountedCase> counted;
  std::vector<std::int32_t> absorbed;
  std::int32_t window_months = 0;
  PolicyRef policy;
  Instant at;
  bool operator==(const LadderStep&) const = default;
  static void fields(auto&& f) {
    f("step", &LadderStep::step, "0 to 3");
    f("previous", &LadderStep::previous, "the step before");
    f("counted", &LadderStep::counted, "the cases counted, each with its grade event");
    f("absorbed", &LadderStep::absorbed, "lower steps that a decision at this one absorbs");
    f("window_months", &LadderStep::window_months, "how far back grades count; 0 = for life");
    f("policy", &LadderStep::policy, "the ladder policy used");
    f("at", &LadderStep::at, "since when");
  }
};

/// Withdrawn: a decision has absorbed them, or nothing is counted any more.
enum class CommentsState : std::uint8_t { required, submitted, accepted, withdrawn };
constexpr auto names_of(CommentsState) { return std::array{"required"sv, "submitted"sv, "accepted"sv, "withdrawn"sv}; }

struct Comments {
  CommentsState state = CommentsState::required;
  Instant at;
  bool operator==(const Comments&) const = default;
  static void fields(auto&& f) {
    f("state", &Comments::state, "required, submitted, accepted or withdrawn");
    f("at", &Comments::at, "since when");
  }
};

/// The chance to be heard before a disqualification.
struct Hearing {
  bool received = false;
  Instant at;
  bool operator==(const Hearing&) const = default;
  static void fields(auto&& f) {
    f("received", &Hearing::received, "a statement was made, not only offered");
    f("at", &Hearing::at, "when");
  }
};

struct SanctionDecision {
  Sanction sanction = Sanction::none;
  std::int32_t step = 0;
  std::vector<CountedCase> counted;
  std::vector<std::int32_t> absorbed;
  std::optional<Date> effective_from, until;
  std::string reasons;
  PolicyRef policy;
  Instant at;
  bool operator==(const SanctionDecision&) const = default;
  static void fields(auto&& f) {
    using R = SanctionDecision;
    f("sanction", &R::sanction, "what was decided; none = looked at, nothing imposed");
    f("step", &R::step, "the step of the ladder");
    f("counted", &R::counted, "the cases counted");
    f("absorbed", &R::absorbed, "lower steps absorbed");
    f("effective_from", &R::effective_from, "its first local date");
    f("until", &R::until, "the first local date on which requalification may be asked");
    f("reasons", &R::reasons, "why");
    f("policy", &R::policy, "the ladder policy used");
    f("at", &R::at, "when");
  }
};

struct Appeal {
  std::optional<AppealOutcome> outcome;
  Instant at;
  bool operator==(const Appeal&) const = default;
  static void fields(auto&& f) {
    f("outcome", &Appeal::outcome, "absent while it is not decided");
    f("at", &Appeal::at, "when");
  }
};

struct SanctionEnd {
  std::optional<ReversalGround> reversed;
  std::optional<Date> probation_until;
  Instant at;
  bool operator==(const SanctionEnd&) const = default;
  static void fields(auto&& f) {
    f("reversed", &SanctionEnd::reversed, "why it was reversed; absent where the undertaker requalified");
    f("probation_until", &SanctionEnd::probation_until, "requalified: the last local date of probation");
    f("at", &SanctionEnd::at, "when");
  }
};

struct SanctionSeen {
  ProposalId proposal;
  Known<SanctionDecision> decided;
  Known<Appeal> appeal;
  Known<SanctionEnd> ended;
  static void fields(auto&& f) {
    f("proposal", &SanctionSeen::proposal, "names the sanction");
    f("decided", &SanctionSeen::decided, "what was decided");
    f("appeal", &SanctionSeen::appeal, "the appeal against it");
    f("ended", &SanctionSeen::ended, "reversed, or ended by requalification");
  }
  bool stands() const { return decided && !ended; }
};

/// Key = undertaker.
struct StandingRow {
  static constexpr std::uint8_t table = 0x80;
  static constexpr bool historic = true;
  Known<Enrolment> enrolment;
  Known<Team> team;
  Known<SourceId> imported;
  Known<Licence> licence;
  Known<Placed> left, suspension, assignment_hold;
  std::vector<PaymentHold> payment_holds;
  std::vector<Unqualified> unqualified;
  Known<LadderStep> ladder;
  Known<Comments> comments;
  Known<Hearing> hearing;
  std::vector<SanctionSeen> sanctions;
  static void fields(auto&& f) {
    using R = StandingRow;
    f("enrolment", &R::enrolment, "the enrolment");
    f("team", &R::team, "category, organisation, district, salary");
    f("imported", &R::imported, "the source that names this undertaker");
    f("licence", &R::licence, "the licence as last seen");
    f("left", &R::left, "handles no more cases here; lifted by a new enrolment");
    f("suspension", &R::suspension, "suspended, or reinstated");
    f("assignment_hold", &R::assignment_hold, "no new case until the director has decided");
    f("payment_holds", &R::payment_holds, "nothing is paid until lifted");
    f("unqualified", &R::unqualified, "cases whose final grade is unqualified, or was");
    f("ladder", &R::ladder, "the step of the ladder, and the cases counted");
    f("comments", &R::comments, "written comments");
    f("hearing", &R::hearing, "the chance to be heard");
    f("sanctions", &R::sanctions, "what was decided at steps of the ladder");
  }
  bool is_undertaker() const { return enrolment || imported; }
};

/// Why no new case may be assigned.
enum class WhyNot : std::uint8_t {
  not_enrolled,
  left,
  licence_lapsed,
  suspended,
  disqualified,
  assignment_hold,
};
constexpr auto names_of(WhyNot) {
  return std::array{"not-enrolled"sv, "left"sv,         "licence-lapsed"sv,
                    "suspended"sv,    "disqualified"sv, "assignment-hold"sv};
}

struct Reason {
  WhyNot why = WhyNot::not_enrolled;
  std::optional<EventRef> by;
};

/// All of them; empty = eligible, as far as it does not depend on the case. A licence is judged by `today`, a local
/// date.
std::vector<Reason> why_not(const StandingRow& row, Date today);

enum class LoadState : std::uint8_t { open, declined, replaced, concluded, terminated, imported };
constexpr auto names_of(LoadState) {
  return std::array{"open"sv, "declined"sv, "replaced"sv, "concluded"sv, "terminated"sv, "imported"sv};
}

/// Key = undertaker, case: every case that the undertaker leads or has led.
struct LoadRow {
  static constexpr std::uint8_t table = 0x81;
  static constexpr bool historic = true;
  Known<LoadState> state;
  static void fields(auto&& f) { f("state", &LoadRow::state, "open, or how it ended for this undertaker"); }
};

void fold_standing(Layer& rows, const Fact& fact);

}  // namespace aidledger::projections
