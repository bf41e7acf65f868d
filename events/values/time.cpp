#include "events/values/time.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace aidledger {
namespace {

constexpr std::int64_t us_per_second = 1'000'000;
constexpr std::int64_t us_per_day = 86'400 * us_per_second;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0); }

/// Reads exactly `digits` decimal digits and moves `text` on.
std::optional<int> number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> take_date(std::string_view& text) {
  const auto year = number(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = number(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = number(text, 2);
  if (!day || *month < 1 || *month > 12 || *day < 1 || *day > 31) return std::nullopt;
  const Date date = date_of(*year, *month, *day);
  const auto back = ymd(date);
  if (back.month != *month || back.day != *day) return std::nullopt;
  return date;
}

std::optional<std::int64_t> take_time_of_day(std::string_view& text) {
  const auto hour = number(text, 2);
  if (!hour || !take(text, ':')) return std::nullopt;
  const auto minute = number(text, 2);
  if (!minute || !take(text, ':')) return std::nullopt;
  const auto second = number(text, 2);
  if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  std::int64_t us = (*hour * 3600LL + *minute * 60 + std::min(*second, 59)) * us_per_second;
  if (take(text, '.')) {
    std::int64_t scale = 100'000;
    if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
      us += (text.front() - '0') * scale;
      scale /= 10;
      text.remove_prefix(1);
    }
  }
  return us;
}

std::optional<std::int64_t> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return 0;
  const int sign = take(text, '+') ? 1 : take(text, '-') ? -1 : 0;
  if (sign == 0) return std::nullopt;
  const auto hours = number(text, 2);
  if (!hours || !take(text, ':')) return std::nullopt;
  const auto minutes = number(text, 2);
  if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return sign * (*hours * 3600LL + *minutes * 60) * us_per_second;
}

}  // namespace

// Days from civil and back: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
Date date_of(int year, int month, int day) {
  year -= month <= 2;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int yoe = year - era * 400;
  const int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return {era * 146097 + doe - 719468};
}

YearMonthDay ymd(Date date) {
  const int z = date.days + 719468;
  const int era = (z >= 0 ? z : z - 146096) / 146097;
  const int doe = z - era * 146097;
  const int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const int mp = (5 * doy + 2) / 153;
  const int month = mp + (mp < 10 ? 3 : -9);
  return {yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1};
}

int weekday(Date date) { return static_cast<int>(((date.days + 4) % 7 + 7) % 7); }

namespace {

/// Appends at least `digits` decimal digits (as printf's %0Nd: a minus sign counts as one). Dates are written for every
/// record: printf costs ten times as much.
void add_number(std::string& out, int number, std::size_t digits) {
  std::array<char, 16> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number < 0 ? -number : number).ptr;
  const std::size_t size = static_cast<std::size_t>(end - text.data()) + (number < 0 ? 1 : 0);
  if (number < 0) out += '-';
  if (size < digits) out.append(digits - size, '0');
  out.append(text.data(), end);
}

void add_date(std::string& out, Date date) {
  const auto d = ymd(date);
  add_number(out, d.year, 4);
  add_number(out += '-', d.month, 2);
  add_number(out += '-', d.day, 2);
}

}  // namespace

std::string to_text(Date date) {
  std::string out;
  add_date(out, date);
  return out;
}

std::string to_text(Instant instant) {
  const std::int64_t day = floor_div(instant.us, us_per_day);
  const std::int64_t us = instant.us - day * us_per_day;
  const int second = static_cast<int>(us / us_per_second);
  std::string out;
  out.reserve(sizeof "2026-01-05T01:30:00.000000Z");
  add_date(out, Date{static_cast<std::int32_t>(day)});
  add_number(out += 'T', second / 3600, 2);
  add_number(out += ':', second / 60 % 60, 2);
  add_number(out += ':', second % 60, 2);
  add_number(out += '.', static_cast<int>(us % us_per_second), 6);
  return out += 'Z';
}

std::optional<Instant> parse_instant(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !(take(text, 'T') || take(text, 't') || take(text, ' '))) return std::nullopt;
  const auto time = take_time_of_day(text);
  if (!time) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return Instant{date->days * us_per_day + *time - *offset};
}

std::optional<Date> parse_date(std::string_view text) {
  const auto date = take_date(text);
  return text.empty() ? date : std::nullopt;
}

std::int32_t Zone::offset_at(Instant instant) const {
  const auto after = std::upper_bound(changes.begin(), changes.end(), instant,
                                      [](Instant at, const Change& change) { return at < change.from; });
  return after == changes.begin() ? 0 : std::prev(after)->offset_seconds;
}

Date Zone::local_date(Instant instant) const {
  return {static_cast<std::int32_t>(floor_div(instant.us + offset_at(instant) * us_per_second, us_per_day))};
}

Instant Zone::start_of(Date date) const {
  const std::int64_t naive = date.days * us_per_day;
  const Instant guess{naive - offset_at({naive}) * us_per_second};
  return {naive - offset_at(guess) * us_per_second};
}

}  // namespace aidledger
