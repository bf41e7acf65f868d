#pragma once
// M18 Governance: what may be adopted, extended, waived, erased, and by whom.
#include "events/governance.hpp"
#include "src/rules/engine.hpp"
#include "src/rules/governance_nodes.hpp"

namespace aidledger::rules {

inline constexpr RefusalKind version_exists{
    1801, "version-exists",
    "This version of the policy, or this year of the calendar, has been adopted with another text."};
inline constexpr RefusalKind clock_not_running{1802, "clock-not-running", "No such clock is running."};
inline constexpr RefusalKind not_overdue{1803, "not-overdue", "The clock has not run out."};
inline constexpr RefusalKind hold_open{1804, "hold-open", "The source already has an open clock hold."};
inline constexpr RefusalKind hold_not_open{1805, "hold-not-open", "The source has no open clock hold."};

struct AdoptPolicy {
  static constexpr auto name = "adopt-policy"sv, meaning = "adopts a version of a policy with its whole text"sv;
  static constexpr std::array roles{Role::centre_director, Role::bureau, Role::operator_};
  static constexpr auto refusals = Refusals::recorded;
  std::string policy, version;
  Date effective_from;
  std::string text, legal_basis;
  static void fields(auto&& f) {
    using A = AdoptPolicy;
    f("policy", &A::policy, "its name");
    f("version", &A::version, "its version");
    f("effective_from", &A::effective_from, "its first local date");
    f("text", &A::text, "the whole text, TOML, up to 128 KiB");
    f("legal_basis", &A::legal_basis, "law or decision that it rests on");
  }
};
Decision decide(const AdoptPolicy&, const Context&);

struct AdoptCalendar {
  static constexpr auto name = "adopt-calendar"sv,
                        meaning = "adopts one year of a holiday calendar; clocks that waited for it get their date"sv;
  static constexpr std::array roles{Role::centre_director, Role::bureau, Role::operator_};
  static constexpr auto refusals = Refusals::recorded;
  std::string calendar;
  std::int32_t year = 0;
  std::string text;
  static void fields(auto&& f) {
    f("calendar", &AdoptCalendar::calendar, "its name, e.g. cn-mainland");
    f("year", &AdoptCalendar::year, "the year");
    f("text", &AdoptCalendar::text, "the whole text, JSON as of holiday-cn");
  }
};
Decision decide(const AdoptCalendar&, const Context&);

struct ExtendDeadline {
  static constexpr auto name = "extend-deadline"sv, meaning = "gives a running clock a later date"sv;
  static constexpr std::array roles{Role::centre_director};
  static constexpr auto refusals = Refusals::recorded;
  ClockId clock;
  Date due;
  std::string reason;
  static void fields(auto&& f) {
    f("clock", &ExtendDeadline::clock, "which clock");
    f("due", &ExtendDeadline::due, "its new last local date");
    f("reason", &ExtendDeadline::reason, "why");
  }
};
Decision decide(const ExtendDeadline&, const Context&);

struct WaiveDeadline {
  static constexpr auto name = "waive-deadline"sv, meaning = "says that a running clock need not be met"sv;
  static constexpr std::array roles{Role::centre_director};
  static constexpr auto refusals = Refusals::recorded;
  ClockId clock;
  std::string reason;
  static void fields(auto&& f) {
    f("clock", &WaiveDeadline::clock, "which clock");
    f("reason", &WaiveDeadline::reason, "why");
  }
};
Decision decide(const WaiveDeadline&, const Context&);

struct RaiseMissedDeadline {
  static constexpr auto name = "raise-missed-deadline"sv, meaning = "the timekeeper records that a clock ran out"sv;
  static constexpr std::array roles{Role::clock};
  static constexpr auto refusals = Refusals::unrecorded;
  ClockId clock;
  static void fields(auto&& f) { f("clock", &RaiseMissedDeadline::clock, "which clock"); }
};
Decision decide(const RaiseMissedDeadline&, const Context&);

struct AcceptClock {
  static constexpr auto name = "accept-clock"sv, meaning = "an operator accepts a wall clock that was suspect"sv;
  static constexpr std::array roles{Role::operator_};
  static constexpr auto refusals = Refusals::unrecorded;
  std::string node, finding;
  static void fields(auto&& f) {
    f("node", &AcceptClock::node, "the node");
    f("finding", &AcceptClock::finding, "what had been suspect");
  }
};
Decision decide(const AcceptClock&, const Context&);

struct ProposeErasure {
  static constexpr auto name = "propose-erasure"sv,
                        meaning = "the first of two people asks that a person's data be erased"sv;
  static constexpr std::array roles{Role::centre_director, Role::bureau};
  static constexpr auto refusals = Refusals::recorded;
  ProposalId proposal;
  PersonId person;
  std::string ground;
  static void fields(auto&& f) {
    f("proposal", &ProposeErasure::proposal, "names the proposal", generated);
    f("person", &ProposeErasure::person, "whose data");
    f("ground", &ProposeErasure::ground, "why, without personal data");
  }
};
Decision decide(const ProposeErasure&, const Context&);

struct ConfirmErasure {
  static constexpr auto name = "confirm-erasure"sv, meaning = "the second of two people agrees: the data are erased"sv;
  static constexpr std::array roles{Role::centre_director, Role::bureau};
  static constexpr auto refusals = Refusals::recorded;
  ProposalId proposal;
  static void fields(auto&& f) { f("proposal", &ConfirmErasure::proposal, "the proposal"); }
};
Decision decide(const ConfirmErasure&, const Context&);

/// The ledger, as record 0 opened it; key = "".
struct LedgerRow {
  static constexpr std::uint8_t table = 0x08;
  static constexpr bool historic = false;
  std::string ledger, zone, log_place;
  LedgerPurpose purpose = LedgerPurpose::production;
  static void fields(auto&& f) {
    f("ledger", &LedgerRow::ledger, "its id");
    f("zone", &LedgerRow::zone, "its time zone");
    f("log_place", &LedgerRow::log_place, "where its log is");
    f("purpose", &LedgerRow::purpose, "production or demonstration");
  }
};

/// Erasures proposed and done; key = proposal.
struct ErasureRow {
  static constexpr std::uint8_t table = 0x0a;
  static constexpr bool historic = false;
  PersonId person;
  std::string proposed_by;
  bool erased = false;
  static void fields(auto&& f) {
    f("person", &ErasureRow::person, "whose data");
    f("proposed_by", &ErasureRow::proposed_by, "the first person");
    f("erased", &ErasureRow::erased, "the second person agreed");
  }
};

/// Sources whose clock hold is open; key = source.
struct HoldRow {
  static constexpr std::uint8_t table = 0x0b;
  static constexpr bool historic = false;
  bool open = false;
  static void fields(auto&& f) { f("open", &HoldRow::open, "clocks of this source are not judged"); }
};

/// Persons whose data were erased; key = person. Such an id does not come back.
struct ErasedPersonRow {
  static constexpr std::uint8_t table = 0x0c;
  static constexpr bool historic = false;
  Seq erased_by = 0;
  static void fields(auto&& f) { f("erased_by", &ErasedPersonRow::erased_by, "the record of the last erasure"); }
};

}  // namespace aidledger::rules
