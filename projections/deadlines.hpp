#pragma once
// What is due, by whom, and what became of it: one row per clock, folded from the envelopes of all events (which clocks
// they start and end) and the deadline events of governance.
#include "projections/projection.hpp"
#include "projections/provenance.hpp"

namespace aidledger::projections {

enum class DeadlineState : std::uint8_t {
  not_yet_due,
  met,
  missed,             ///< done too late, or withdrawn after the miss was raised
  missed_still_open,  ///< raised and not done
  calendar_missing,   ///< its date waits for a year's calendar
  waived,
  excused,
  withdrawn,
  window_closed,  ///< nobody owed anything: the time in which somebody could act has passed
};
constexpr auto names_of(DeadlineState) {
  return std::array{"not-yet-due"sv, "met"sv,     "missed"sv,    "missed-still-open"sv, "calendar-missing"sv,
                    "waived"sv,      "excused"sv, "withdrawn"sv, "window-closed"sv};
}

struct MovedDue {
  std::optional<Date> due;
  std::int32_t calendar_missing = 0;
  bool extended = false;
  std::string reason;
  bool operator==(const MovedDue&) const = default;
  static void fields(auto&& f) {
    f("due", &MovedDue::due, "the last local date in time");
    f("calendar_missing", &MovedDue::calendar_missing, "the year without calendar data, or 0");
    f("extended", &MovedDue::extended, "by a decision, not by a calendar that came");
    f("reason", &MovedDue::reason, "why");
  }
};

struct Done {
  Date on;
  ClockEnding ending = ClockEnding::met;
  bool operator==(const Done&) const = default;
  static void fields(auto&& f) {
    f("on", &Done::on, "the local date on which it was done");
    f("ending", &Done::ending, "met or withdrawn");
  }
};

struct Missed {
  Date due;
  std::string owed_by;
  bool operator==(const Missed&) const = default;
  static void fields(auto&& f) {
    f("due", &Missed::due, "the date that passed");
    f("owed_by", &Missed::owed_by, "who had to act");
  }
};

struct Excused {
  Date done;
  std::string reason;
  bool operator==(const Excused&) const = default;
  static void fields(auto&& f) {
    f("done", &Excused::done, "when it had been done");
    f("reason", &Excused::reason, "the proof");
  }
};

/// Key = subject kind, subject id, rule, key: deadline_key.
struct DeadlineRow {
  static constexpr std::uint8_t table = 0x90;
  static constexpr bool historic = true;
  ClockStart start;
  std::vector<EventRef> started;
  std::uint32_t times_started = 0;
  std::vector<std::string> cases;
  Known<MovedDue> moved;
  Known<Done> done;
  Known<Missed> missed;
  Known<std::string> waived;
  Known<Excused> excused;
  static void fields(auto&& f) {
    using R = DeadlineRow;
    f("start", &R::start, "the clock as it was started");
    f("started", &R::started, "the events that started it: it begins anew with each");
    f("times_started", &R::times_started, "how often");
    f("cases", &R::cases, "cases that its starts were about, where it runs on something else");
    f("moved", &R::moved, "its date as extended, or as a calendar gave it");
    f("done", &R::done, "when it was done or withdrawn");
    f("missed", &R::missed, "the miss that the timekeeper raised");
    f("waived", &R::waived, "why it need not be met");
    f("excused", &R::excused, "the late proof that it was met in time");
  }

  std::optional<Date> due() const { return moved ? moved->due : start.due; }
  std::int32_t calendar_missing() const { return moved ? moved->calendar_missing : start.calendar_missing; }
  /// Time in which somebody may act (object, make a statement) and nobody has to: it can close, not be missed.
  bool is_window() const { return start.owed_by.empty() && start.hold.empty(); }
  DeadlineState state() const;
};

std::string deadline_key(const ClockId& clock);

// Where to look. These rows only ever point at candidates (a clock may have been extended away since): whoever follows
// them asks the deadline row itself.

/// Key = who owes it, deadline key.
struct OwedRow {
  static constexpr std::uint8_t table = 0x91;
  static constexpr bool historic = false;
  static void fields(auto&&) {}
};
/// Key = due date (YYYY-MM-DD), deadline key.
struct DueOnRow {
  static constexpr std::uint8_t table = 0x92;
  static constexpr bool historic = false;
  static void fields(auto&&) {}
};
/// Key = case, deadline key: clocks that run on something else than this case, but were started by an event about it.
struct CaseDeadlineRow {
  static constexpr std::uint8_t table = 0x93;
  static constexpr bool historic = false;
  static void fields(auto&&) {}
};

void fold_deadlines(Layer& rows, const Fact& fact);

}  // namespace aidledger::projections
