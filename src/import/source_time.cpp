#include "src/import/source_time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace aidledger::import {
namespace {

constexpr std::int64_t us_per_second = 1'000'000;
constexpr std::int64_t us_per_day = 86'400 * us_per_second;
constexpr std::int64_t widest_offset_seconds = 14 * 3600;
constexpr std::string_view known_fields = "YmdHMSfzb";
constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Parts {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
  std::int64_t fraction_us = 0;
  std::optional<std::int64_t> offset_seconds;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

/// `least` to `most` digits.
bool take_number(std::string_view& text, std::size_t least, std::size_t most, int& into) {
  std::size_t count = 0;
  int value = 0;
  for (; count < most && count < text.size() && is_digit(text[count]); ++count)
    value = value * 10 + (text[count] - '0');
  if (count < least) return false;
  text.remove_prefix(count);
  into = value;
  return true;
}

bool take_fraction(std::string_view& text, std::int64_t& us) {
  if (text.empty() || !is_digit(text.front())) return false;
  us = 0;
  for (std::int64_t scale = 100'000; !text.empty() && is_digit(text.front()); scale /= 10, text.remove_prefix(1))
    us += (text.front() - '0') * scale;
  return true;
}

bool take_offset(std::string_view& text, std::optional<std::int64_t>& seconds) {
  if (take(text, 'Z') || take(text, 'z')) {
    seconds = 0;
    return true;
  }
  const int sign = take(text, '+') ? 1 : take(text, '-') ? -1 : 0;
  int hours = 0, minutes = 0;
  if (sign == 0 || !take_number(text, 2, 2, hours)) return false;
  take(text, ':');
  if (!text.empty() && !take_number(text, 2, 2, minutes)) return false;
  seconds = sign * (hours * 3600LL + minutes * 60LL);
  return minutes < 60 && *seconds <= widest_offset_seconds && -*seconds <= widest_offset_seconds;
}

bool take_month_name(std::string_view& text, int& month) {
  for (std::size_t i = 0; i < months.size(); ++i) {
    if (!text.starts_with(months[i])) continue;
    text.remove_prefix(months[i].size());
    month = static_cast<int>(i) + 1;
    return true;
  }
  return false;
}

bool take_field(std::string_view& text, char field, Parts& parts) {
  switch (field) {
    case 'Y': return take_number(text, 4, 4, parts.year);
    case 'm': return take_number(text, 1, 2, parts.month);
    case 'd': return take_number(text, 1, 2, parts.day);
    case 'H': return take_number(text, 1, 2, parts.hour);
    case 'M': return take_number(text, 1, 2, parts.minute);
    case 'S': return take_number(text, 1, 2, parts.second);
    case 'f': return take_fraction(text, parts.fraction_us);
    case 'z': return take_offset(text, parts.offset_seconds);
    case 'b': return take_month_name(text, parts.month);
    default: return false;
  }
}

bool take_pattern(std::string_view text, std::string_view pattern, Parts& parts) {
  while (!pattern.empty()) {
    const char c = pattern.front();
    pattern.remove_prefix(1);
    if (c != '%') {
      if (!take(text, c)) return false;
      continue;
    }
    if (pattern.empty() || !take_field(text, pattern.front(), parts)) return false;
    pattern.remove_prefix(1);
  }
  return text.empty();
}

bool take_iso(std::string_view text, Parts& parts) {
  if (!take_number(text, 4, 4, parts.year) || !take(text, '-') || !take_number(text, 2, 2, parts.month) ||
      !take(text, '-') || !take_number(text, 2, 2, parts.day))
    return false;
  if (text.empty()) return true;
  if (!take(text, 'T') && !take(text, ' ')) return false;
  if (!take_number(text, 2, 2, parts.hour) || !take(text, ':') || !take_number(text, 2, 2, parts.minute)) return false;
  if (take(text, ':') && !take_number(text, 2, 2, parts.second)) return false;
  if ((take(text, '.') || take(text, ',')) && !take_fraction(text, parts.fraction_us)) return false;
  take(text, ' ');
  return text.empty() || (take_offset(text, parts.offset_seconds) && text.empty());
}

/// The moment at which the zone's clocks showed `local` (microseconds as if UTC): the first of two, nothing for a
/// skipped hour.
std::optional<Instant> in_zone(std::int64_t local, const Zone& zone) {
  std::optional<Instant> first;
  for (const std::int64_t probe : {local - us_per_day, local, local + us_per_day}) {
    const Instant candidate{local - zone.offset_at({probe}) * us_per_second};
    const bool fits = candidate.us + zone.offset_at(candidate) * us_per_second == local;
    if (fits && (!first || candidate < *first)) first = candidate;
  }
  return first;
}

std::optional<Instant> instant_of(const Parts& parts, const Zone& zone) {
  if (parts.month < 1 || parts.month > 12 || parts.day < 1 || parts.day > 31 || parts.hour > 23 || parts.minute > 59 ||
      parts.second > 60)
    return std::nullopt;
  const Date date = date_of(parts.year, parts.month, parts.day);
  if (ymd(date).day != parts.day) return std::nullopt;
  const std::int64_t local = date.days * us_per_day +
                             (parts.hour * 3600LL + parts.minute * 60 + std::min(parts.second, 59)) * us_per_second +
                             parts.fraction_us;
  if (parts.offset_seconds) return Instant{local - *parts.offset_seconds * us_per_second};
  return in_zone(local, zone);
}

std::optional<Instant> from_epoch(std::string_view text, std::int64_t us_per_unit) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (value > INT64_MAX / us_per_unit || value < INT64_MIN / us_per_unit) return std::nullopt;
  return Instant{value * us_per_unit};
}

}  // namespace

std::optional<Instant> parse_source_time(std::string_view text, std::string_view format, const Zone& zone) {
  if (format == "unix") return from_epoch(text, us_per_second);
  if (format == "unix-ms") return from_epoch(text, 1000);
  Parts parts;
  const bool fits = format == "iso" ? take_iso(text, parts) : take_pattern(text, format, parts);
  return fits ? instant_of(parts, zone) : std::nullopt;
}

std::string fault_of_time_format(std::string_view format) {
  if (format == "iso" || format == "unix" || format == "unix-ms") return {};
  if (format.find("%Y") == std::string_view::npos || format.find("%d") == std::string_view::npos)
    return "it is none of iso, unix, unix-ms, and as a pattern it lacks %Y or %d";
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') continue;
    if (++i == format.size() || known_fields.find(format[i]) == std::string_view::npos)
      return "only %Y %m %d %H %M %S %f %z %b can stand in it";
  }
  return {};
}

}  // namespace aidledger::import
