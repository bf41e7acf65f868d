#pragma once
// Time as a value. Rules and folds never read a clock; they are handed an Instant.
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aidledger {

/// A moment, in microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t us = 0;
  auto operator<=>(const Instant&) const = default;
};

/// A local calendar date, in days since 1970-01-01.
struct Date {
  std::int32_t days = 0;
  auto operator<=>(const Date&) const = default;
};

struct YearMonthDay {
  int year, month, day;
};

YearMonthDay ymd(Date date);
Date date_of(int year, int month, int day);
/// 0 = Sunday ... 6 = Saturday.
int weekday(Date date);
inline Date operator+(Date date, int days) { return {date.days + days}; }
inline int operator-(Date a, Date b) { return a.days - b.days; }

/// RFC 3339 in UTC with six digits: 2024-02-10T01:00:00.000000Z.
std::string to_text(Instant instant);
/// YYYY-MM-DD.
std::string to_text(Date date);
/// RFC 3339; a zone (Z or an offset) is required: a naive local time gives nothing. A space may stand for the T.
std::optional<Instant> parse_instant(std::string_view text);
std::optional<Date> parse_date(std::string_view text);

/// What a zone's clocks showed: changes of the offset from UTC, in order of time. A value, so that rules stay pure;
/// src/world reads it from the system.
struct Zone {
  struct Change {
    Instant from;
    std::int32_t offset_seconds;
  };
  std::string name = "UTC";
  std::vector<Change> changes;

  std::int32_t offset_at(Instant instant) const;
  Date local_date(Instant instant) const;
  /// The first moment of a local date.
  Instant start_of(Date date) const;
};

}  // namespace aidledger
