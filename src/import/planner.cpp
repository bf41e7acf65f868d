#include "src/import/planner.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "src/import/identity.hpp"
#include "src/import/source_time.hpp"

namespace aidledger::import {
namespace {

constexpr int earliest_year = 1900;
constexpr int latest_year = 2200;
constexpr std::size_t shown_bytes = 60;

/// Quotes a short value of the source in a reason; the whole line stands beside it in the report anyway.
std::string shown(std::string_view value) { return "'" + std::string(value.substr(0, shown_bytes)) + "'"; }

std::string seconds_of(Instant at) { return std::to_string(at.us); }

struct Refusal {
  std::string reason;
};

/// One run over one case. Throws Refusal inside, one per event.
class Planning {
 public:
  Planning(const SourceCase& source, const PlanSettings& settings)
      : source_(source), settings_(settings), map_(settings.mapping) {}

  CasePlan run() {
    case_id_ = id_for(map_.case_prefix, source_.key);
    for (std::size_t i = 0; i < source_.events.size(); ++i) attempt(i, [&] { plan_event(i); });
    if (items_.empty() && plan_.actions.empty()) return std::move(plan_);
    const auto earlier = [](const auto& a, const auto& b) { return std::tie(a.at, a.event) < std::tie(b.at, b.event); };
    std::sort(items_.begin(), items_.end(), earlier);
    std::sort(plan_.actions.begin(), plan_.actions.end(), earlier);
    opened_at_ = first_moment();
    for (const auto& clock : map_.clocks)
      if (!clock.due.empty()) plan_dates(clock);
    if (const auto i = last_with(map_.type_column)) attempt(*i, [&] { find_type(source_.events[*i]); });
    plan_undertaker();
    divide();
    return std::move(plan_);
  }

 private:
  template <class F>
  void attempt(std::size_t event, F&& action) {
    try {
      action();
    } catch (const Refusal& refusal) {
      reject(event, refusal.reason);
    }
  }

  void reject(std::size_t i, const std::string& reason) {
    const auto& event = source_.events[i];
    plan_.rejected.push_back({event.line, reason, source_.key, source_.attributes, event.attributes, {}});
  }

  std::optional<std::string_view> value(const SourceEvent& event, const std::string& column) const {
    if (column.empty()) return std::nullopt;
    if (const auto own = value_of(event.attributes, column)) return own;
    return value_of(source_.attributes, column);
  }

  std::string_view needed(const SourceEvent& event, const std::string& column, const char* what) const {
    const auto found = value(event, column);
    if (!found) throw Refusal{"no " + std::string(what) + " in column " + shown(column)};
    return *found;
  }

  Instant time_in(const std::string& column, std::string_view text) const {
    const auto at = parse_source_time(text, map_.time_format, settings_.zone);
    if (!at)
      throw Refusal{shown(text) + " in column " + shown(column) + " is no time of the format " + map_.time_format};
    const int year = ymd(settings_.zone.local_date(*at)).year;
    if (year < earliest_year || year > latest_year)
      throw Refusal{shown(text) + " in column " + shown(column) + " is outside 1900-2200"};
    return *at;
  }

  std::string person(const SourceEvent& event, const std::string& column) const {
    const auto name = value(event, column);
    if (!name) return {};
    if (map_.people_by_name) return id_for_name(map_.person_prefix, *name, settings_.people_secret);
    return id_for_person(map_.person_prefix, *name);
  }

  void plan_event(std::size_t i) {
    const SourceEvent& event = source_.events[i];
    if (source_.key.size() > max_case_key)
      throw Refusal{"a case key longer than " + std::to_string(max_case_key) + " bytes"};
    PlannedItem item;
    item.event = i;
    item.name = needed(event, map_.activity_column, "activity");
    if (item.name.size() > max_step_name)
      throw Refusal{"an activity longer than " + std::to_string(max_step_name) + " bytes"};
    item.at = time_in(map_.time_column, needed(event, map_.time_column, "time"));
    if (item.at > settings_.now) throw Refusal{"it is said to have happened in the future"};
    item.on = settings_.zone.local_date(item.at);
    item.identity = identity_of(event, item);
    const auto action =
        std::find_if(map_.actions.begin(), map_.actions.end(), [&](const auto& a) { return a.activity == item.name; });
    if (action != map_.actions.end()) return plan_action(*action, event, item);
    item.performer = person(event, map_.performer_column);
    item.supervisor = person(event, map_.supervisor_column);
    keep_details(event, item);
    find_clocks(item);
    items_.push_back(std::move(item));
  }

  /// Equal events (same case, activity and moment, or same record key) are told apart by their order among each other
  /// alone.
  std::string identity_of(const SourceEvent& event, const PlannedItem& item) {
    const auto own_key = value(event, map_.record_column);
    const std::string record = own_key ? std::string(*own_key) : seconds_of(item.at);
    const int occurrence = ++occurrences_[{record, item.name}];
    return import::identity_of(
        {map_.source, source_.key, own_key ? "key" : "time", record, item.name, std::to_string(occurrence), map_.name});
  }

  void keep_details(const SourceEvent& event, PlannedItem& item) const {
    for (const auto& column : map_.details) {
      const auto found = value(event, column);
      if (!found) continue;
      if (found->size() > max_detail)
        throw Refusal{"column " + shown(column) + " holds more than " + std::to_string(max_detail) + " bytes"};
      item.details.push_back({column, std::string(*found)});
    }
  }

  void find_clocks(PlannedItem& item) const {
    for (const auto& clock : map_.clocks) {
      if (!clock.from.empty() && clock.from == item.name)
        item.starts.push_back({clock.name, clock.days, clock.unit, std::nullopt});
      if (std::find(clock.met_by.begin(), clock.met_by.end(), item.name) != clock.met_by.end())
        item.meets.push_back(clock.name);
    }
  }

  void plan_action(const MappedAction& mapped, const SourceEvent& event, const PlannedItem& item) {
    PlannedAction out{"imp-" + item.identity, mapped.action, item.at, Tree::object().set("case", case_id_), item.event};
    for (const auto& [name, fixed] : mapped.fields) out.data.set(name, fixed);
    for (const auto& [name, column] : mapped.columns) out.data.set(name, needed(event, column, "value"));
    plan_.actions.push_back(std::move(out));
  }

  /// The last row that names a date counts: the source knew most when it wrote that one.
  std::optional<std::size_t> last_with(const std::string& column) const {
    if (column.empty()) return std::nullopt;
    for (std::size_t i = source_.events.size(); i-- > 0;)
      if (value(source_.events[i], column)) return i;
    return std::nullopt;
  }

  void plan_dates(const MappedClock& clock) {
    if (const auto i = last_with(clock.due))
      attempt(*i, [&] {
        PlannedItem& item = add_date(clock.due, *i);
        item.starts.push_back({clock.name, 0, DayUnit::natural, item.on});
        item.at = opened_at_;
      });
    if (const auto i = last_with(clock.met))
      attempt(*i, [&] {
        PlannedItem& item = add_date(clock.met, *i);
        if (item.at <= settings_.now) return item.meets.push_back(clock.name);
        items_.pop_back();
        throw Refusal{"the date in column " + shown(clock.met) + " lies in the future"};
      });
  }

  PlannedItem& add_date(const std::string& column, std::size_t i) {
    PlannedItem item;
    item.event = i;
    item.is_date = true;
    item.name = column;
    item.at = time_in(column, *value(source_.events[i], column));
    item.on = settings_.zone.local_date(item.at);
    item.identity = import::identity_of({map_.source, source_.key, "date", column, to_text(item.on), map_.name});
    items_.push_back(std::move(item));
    return items_.back();
  }

  Instant first_moment() const {
    Instant first{INT64_MAX};
    if (!items_.empty()) first = items_.front().at;
    if (!plan_.actions.empty()) first = std::min(first, plan_.actions.front().at);
    return first;
  }

  void plan_undertaker() {
    const auto i = last_with(map_.undertaker_column);
    if (!i) return;
    const std::string id = person(source_.events[*i], map_.undertaker_column);
    plan_.undertaker =
        PlannedUndertaker{"imp-" + import::identity_of({map_.source, "undertaker", id, map_.name}), id, opened_at_};
  }

  void find_type(const SourceEvent& event) {
    const auto type = *value(event, map_.type_column);
    if (type.size() > max_step_name)
      throw Refusal{"a case type longer than " + std::to_string(max_step_name) + " bytes"};
    type_ = type;
  }

  PlannedPart new_part() const {
    PlannedPart out;
    out.case_id = case_id_;
    out.case_key = source_.key;
    out.type = map_.type;
    if (!type_.empty()) out.type = type_;
    if (plan_.undertaker) out.undertaker = plan_.undertaker->id;
    out.opened_at = opened_at_;
    return out;
  }

  static std::size_t size_of(const PlannedItem& item) {
    std::size_t bytes = 200 + item.name.size() + item.performer.size() + item.supervisor.size();
    for (const auto& detail : item.details) bytes += 16 + detail.name.size() + detail.value.size();
    return bytes;
  }

  void divide() {
    PlannedPart part = new_part();
    std::size_t bytes = 0;
    for (auto& item : items_) {
      const std::size_t more = size_of(item);
      if (part.items.size() == max_items_of_part || (bytes + more > max_bytes_of_part && !part.items.empty())) {
        finish(std::move(part));
        part = new_part();
        bytes = 0;
      }
      bytes += more;
      part.items.push_back(std::move(item));
    }
    finish(std::move(part));
  }

  void finish(PlannedPart part) {
    part.action_id = action_id_of(part, map_);
    plan_.parts.push_back(std::move(part));
  }

  const SourceCase& source_;
  const PlanSettings& settings_;
  const Mapping& map_;
  CasePlan plan_;
  std::string case_id_, type_;
  Instant opened_at_;
  std::vector<PlannedItem> items_;
  std::map<std::pair<std::string, std::string>, int> occurrences_;
};

}  // namespace

CasePlan plan_case(const SourceCase& source, const PlanSettings& settings) { return Planning(source, settings).run(); }

std::string action_id_of(const PlannedPart& part, const Mapping& mapping) {
  std::string items;
  for (const auto& item : part.items) {
    items += identity_of({item.identity, item.performer, item.supervisor, seconds_of(item.at)});
    for (const auto& detail : item.details) items += identity_of({detail.name, detail.value});
    for (const auto& start : item.starts)
      items += identity_of({start.clock, std::to_string(start.days), start.due ? to_text(*start.due) : ""});
    for (const auto& meet : item.meets) items += identity_of({"meets", meet});
  }
  return "imp-" + identity_of({mapping.source, mapping.name, mapping.version, part.case_key, part.type, part.undertaker,
                               seconds_of(part.opened_at), items});
}

}  // namespace aidledger::import
