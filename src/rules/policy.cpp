#include "src/rules/policy.hpp"

#include <algorithm>
#include <tuple>

#include "events/row_codec.hpp"

namespace aidledger {
using rules::PolicyRow, rules::CalendarRow;
AIDLEDGER_ROW(PolicyRow)
AIDLEDGER_ROW(CalendarRow)
}  // namespace aidledger

namespace aidledger::rules {

std::int64_t Policy::integer(std::string_view path, std::int64_t fallback) const {
  const Tree* value = tree.at_path(path);
  return value != nullptr && value->as_int() != nullptr ? *value->as_int() : fallback;
}

bool Policy::flag(std::string_view path, bool fallback) const {
  const Tree* value = tree.at_path(path);
  return value != nullptr && value->as_bool() != nullptr ? *value->as_bool() : fallback;
}

std::string Policy::text(std::string_view path, std::string fallback) const {
  const Tree* value = tree.at_path(path);
  return value != nullptr && value->as_string() != nullptr ? *value->as_string() : fallback;
}

BasisPoints Policy::rate(std::string_view path, std::int32_t fallback) const {
  return {static_cast<std::int32_t>(integer(path, fallback))};
}

void Books::refresh(const Rows& state) {
  policies_.clear();
  calendars_.clear();
  state.each<PolicyRow>({}, [&](auto, const PolicyRow& row) {
    auto tree = parsers_.toml(row.text);
    if (tree) policies_[row.ref.name].push_back({row.ref, row.effective_from, row.repealed_from, std::move(*tree)});
    return true;
  });
  for (auto& [name, versions] : policies_)
    std::sort(versions.begin(), versions.end(), [](const Policy& a, const Policy& b) {
      return std::tie(a.effective_from, a.ref.version) < std::tie(b.effective_from, b.ref.version);
    });
  state.each<CalendarRow>({}, [&](auto, const CalendarRow& row) {
    const auto tree = parsers_.json(row.text);
    const auto days = tree ? calendar_days(*tree, row.year) : std::unexpected(std::string());
    if (!days) return true;
    auto& calendar = calendars_[row.calendar];
    calendar.years[row.year] = true;
    for (const auto& [date, off] : *days) calendar.named[date] = off;
    return true;
  });
}

const Policy* Books::policy_on(std::string_view name, Date date) const {
  const auto found = policies_.find(name);
  if (found == policies_.end() || found->second.empty()) return nullptr;
  const Policy* in_force = &found->second.front();
  for (const auto& version : found->second)
    if (version.effective_from <= date) in_force = &version;
  return in_force->repealed_from && *in_force->repealed_from <= date ? nullptr : in_force;
}

std::vector<const Policy*> Books::all() const {
  std::vector<const Policy*> out;
  for (const auto& [name, versions] : policies_)
    for (const auto& version : versions) out.push_back(&version);
  return out;
}

std::optional<bool> Books::is_working_day(Date date, const std::string& calendar) const {
  const int day = weekday(date);
  const bool weekend = day == 0 || day == 6;
  if (calendar.empty() || calendar == "none") return !weekend;
  const auto found = calendars_.find(calendar);
  if (found == calendars_.end() || !found->second.years.contains(ymd(date).year)) return std::nullopt;
  const auto named = found->second.named.find(date);
  return named == found->second.named.end() ? !weekend : !named->second;
}

DueDate Books::due(Date from, int days, DayUnit unit, const std::string& calendar) const {
  if (unit == DayUnit::natural) return {from + days, 0};
  const int step = days < 0 ? -1 : 1;
  Date date = from;
  for (int left = days * step; left > 0;) {
    date = date + step;
    const auto working = is_working_day(date, calendar);
    if (!working) return {std::nullopt, ymd(date).year};
    left -= *working ? 1 : 0;
  }
  return {date, 0};
}

std::expected<std::map<Date, bool>, std::string> calendar_days(const Tree& text, int year) {
  const Tree* said = text.find("year");
  const Tree* days = text.find("days");
  if (said == nullptr || said->as_int() == nullptr || *said->as_int() != year)
    return std::unexpected("the calendar's year is not " + std::to_string(year));
  if (days == nullptr || days->as_list() == nullptr) return std::unexpected("the calendar has no list named days");
  std::map<Date, bool> out;
  for (const auto& day : *days->as_list()) {
    const Tree* date = day.find("date");
    const Tree* off = day.find("isOffDay");
    const auto parsed = date != nullptr && date->as_string() != nullptr ? parse_date(*date->as_string()) : std::nullopt;
    if (!parsed || off == nullptr || off->as_bool() == nullptr)
      return std::unexpected("a day needs a date (YYYY-MM-DD) and isOffDay (true or false)");
    out[*parsed] = *off->as_bool();
  }
  return out;
}

}  // namespace aidledger::rules
