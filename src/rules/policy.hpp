#pragma once
// Policies and calendars as the rules see them: adopted texts, parsed, by name and local date.
#include <expected>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "events/event.hpp"
#include "events/rows.hpp"
#include "events/values/money.hpp"
#include "events/values/tree.hpp"

namespace aidledger::rules {

/// How texts become trees: given by the ledger, since rules parse nothing.
struct TextParsers {
  std::function<std::expected<Tree, std::string>(std::string_view)> toml;
  std::function<std::expected<Tree, std::string>(std::string_view)> json;
};

struct Policy {
  PolicyRef ref;
  Date effective_from;
  std::optional<Date> repealed_from;
  Tree tree;

  /// Values by dotted path; the fallback where the text does not say.
  std::int64_t integer(std::string_view path, std::int64_t fallback) const;
  bool flag(std::string_view path, bool fallback) const;
  std::string text(std::string_view path, std::string fallback) const;
  BasisPoints rate(std::string_view path, std::int32_t fallback) const;
};

/// Where a due date falls, or the year whose calendar is missing.
struct DueDate {
  std::optional<Date> due;
  std::int32_t calendar_missing = 0;
};

class Books {
 public:
  explicit Books(TextParsers parsers) : parsers_(std::move(parsers)) {}

  /// Reads everything adopted from the state rows anew: after a commit that adopted or repealed.
  void refresh(const Rows& state);
  /// The version in force on a local date; the first version of each reaches back without limit. nullptr where there is
  /// none.
  const Policy* policy_on(std::string_view name, Date date) const;
  std::vector<const Policy*> all() const;
  /// `from` + `days` (negative: before). Day 1 is the next day. Working days skip weekends and days off, and count
  /// make-up days. Calendar "none" knows weekends only and has every year.
  DueDate due(Date from, int days, DayUnit unit, const std::string& calendar) const;
  const TextParsers& parsers() const { return parsers_; }

 private:
  /// nullopt: no data for that year.
  std::optional<bool> is_working_day(Date date, const std::string& calendar) const;

  TextParsers parsers_;
  std::map<std::string, std::vector<Policy>, std::less<>> policies_;  ///< by name, in order of effective_from
  struct Calendar {
    std::map<int, bool> years;   ///< years with data
    std::map<Date, bool> named;  ///< true = day off, false = make-up working day
  };
  std::map<std::string, Calendar, std::less<>> calendars_;
};

/// The named days of a calendar text (holiday-cn): {"year": 2024, "days": [{"date": "2024-01-01", "isOffDay": true}]}.
/// An error sentence otherwise.
std::expected<std::map<Date, bool>, std::string> calendar_days(const Tree& text, int year);

/// What the ledger knows of one adopted version; key = name, version.
struct PolicyRow {
  static constexpr std::uint8_t table = 0x05;
  static constexpr bool historic = false;
  PolicyRef ref;
  Date effective_from;
  std::optional<Date> repealed_from;
  std::string text, legal_basis;
  Seq seq = 0;
  static void fields(auto&& f) {
    using R = PolicyRow;
    f("ref", &R::ref, "name and version");
    f("effective_from", &R::effective_from, "first local date");
    f("repealed_from", &R::repealed_from, "first local date without it");
    f("text", &R::text, "the whole text");
    f("legal_basis", &R::legal_basis, "what it rests on");
    f("seq", &R::seq, "the record that adopted it");
  }
};

/// One adopted year; key = calendar, year.
struct CalendarRow {
  static constexpr std::uint8_t table = 0x06;
  static constexpr bool historic = false;
  std::string calendar;
  std::int32_t year = 0;
  std::string text;
  Seq seq = 0;
  static void fields(auto&& f) {
    using R = CalendarRow;
    f("calendar", &R::calendar, "its name");
    f("year", &R::year, "the year");
    f("text", &R::text, "the whole text");
    f("seq", &R::seq, "the record that adopted it");
  }
};

}  // namespace aidledger::rules
