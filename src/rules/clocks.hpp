#pragma once
// Clocks as state: what runs, when it falls due, what was missed. Folded from the envelopes of all events, whatever
// their family.
#include "src/rules/context.hpp"

namespace aidledger::rules {

/// Key = rule, subject kind, subject id, key.
struct ClockRow {
  static constexpr std::uint8_t table = 0x02;
  static constexpr bool historic = false;
  ClockStart start;
  bool ended = false, missed = false, waived = false;
  std::optional<Date> ended_on;
  static void fields(auto&& f) {
    using R = ClockRow;
    f("start", &R::start, "how it was started; due as extended since");
    f("ended", &R::ended, "met or withdrawn");
    f("missed", &R::missed, "DeadlineMissed was raised");
    f("waived", &R::waived, "need not be met");
    f("ended_on", &R::ended_on, "the local date on which it was done");
  }
  bool late() const { return ended_on && start.due && *start.due < *ended_on; }
};
std::string clock_key(const ClockId& clock);

/// Clocks that the timekeeper has still to look at, in order of due date: key = hold ("-" for none), due date, clock
/// key. Gone once judged.
struct DueRow {
  static constexpr std::uint8_t table = 0x03;
  static constexpr bool historic = false;
  ClockId clock;
  static void fields(auto&& f) { f("clock", &DueRow::clock, "the clock"); }
};

/// Clocks that wait for a year's calendar: key = calendar, year, clock key.
struct UndatedRow {
  static constexpr std::uint8_t table = 0x04;
  static constexpr bool historic = false;
  ClockId clock;
  static void fields(auto&& f) { f("clock", &UndatedRow::clock, "the clock"); }
};

/// What runs on a subject, so that all can be found from it: key = subject kind, subject id, rule, key. Gone when
/// ended.
struct RunningRow {
  static constexpr std::uint8_t table = 0x07;
  static constexpr bool historic = false;
  ClockId clock;
  static void fields(auto&& f) { f("clock", &RunningRow::clock, "the clock"); }
};

/// Up to `limit` clocks that are overdue on local date `today` (due before it) and not yet judged, oldest first; those
/// under an open hold are left out.
std::vector<ClockRow> overdue(const State& state, Date today, std::size_t limit);
/// The same for the clocks of one hold that is still open: what its closing would judge.
std::vector<ClockRow> overdue_under(const State& state, const std::string& hold, Date today, std::size_t limit);

void fold_clocks(Layer& state, const Event& event);
/// A clock met in time whose miss had been raised is excused.
void when_proof_comes_late_then_excuse(const Event& event, const Context& context, Happened& then);

}  // namespace aidledger::rules
