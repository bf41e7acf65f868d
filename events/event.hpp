#pragma once
// One fact: its envelope (when it happened in the world, what it is about, what it corrects, which clocks it starts and
// meets) and its payload.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "events/values/bytes.hpp"
#include "events/values/enum_names.hpp"
#include "events/values/ids.hpp"
#include "events/values/time.hpp"
#include "events/values/tree.hpp"

namespace aidledger {

/// Family, event, version: stored, never reused. Names live in the catalogue.
struct EventTag {
  std::uint16_t family = 0;
  std::uint16_t event = 0;
  std::uint8_t version = 1;
  auto operator<=>(const EventTag&) const = default;
};

/// An event's place: the seq of its record and its index in it. Shown as "120.0".
struct EventRef {
  Seq seq = 0;
  std::uint32_t index = 0;
  auto operator<=>(const EventRef&) const = default;
  static void fields(auto&& f) {
    f("seq", &EventRef::seq, "the record");
    f("index", &EventRef::index, "the event's place in the record");
  }
};
std::string to_text(EventRef ref);

struct ObjectRef {
  std::string kind;  ///< case, undertaker, person, round ...
  std::string id;
  auto operator<=>(const ObjectRef&) const = default;
  static void fields(auto&& f) {
    f("kind", &ObjectRef::kind, "what kind of object");
    f("id", &ObjectRef::id, "its id");
  }
};

struct Correction {
  EventRef event;
  std::string reason;
  bool operator==(const Correction&) const = default;
  static void fields(auto&& f) {
    f("event", &Correction::event, "the event whose payload this one replaces");
    f("reason", &Correction::reason, "why");
  }
};

struct PolicyRef {
  std::string name;
  std::string version;
  auto operator<=>(const PolicyRef&) const = default;
  static void fields(auto&& f) {
    f("name", &PolicyRef::name, "the policy");
    f("version", &PolicyRef::version, "its version");
  }
};

enum class DayUnit : std::uint8_t { natural, working };
constexpr auto names_of(DayUnit) { return std::array{"natural"sv, "working"sv}; }

/// Which clock: a rule of the deadlines policy, on a subject; `key` tells repeated clocks of one rule on one subject
/// apart ("1", "2", a hearing id).
struct ClockId {
  std::string rule;
  ObjectRef subject;
  std::string key;
  auto operator<=>(const ClockId&) const = default;
  static void fields(auto&& f) {
    f("rule", &ClockId::rule, "the deadline rule");
    f("subject", &ClockId::subject, "what it runs on");
    f("key", &ClockId::key, "tells clocks of one rule on one subject apart");
  }
};

/// A clock that an event starts, filled in by the rules: rows fold from this and never look at a policy.
struct ClockStart {
  ClockId clock;
  Date from;                          ///< day 0; day 1 is the next
  std::optional<Date> due;            ///< the last local date in time; absent where the calendar has no data
  std::int32_t calendar_missing = 0;  ///< that year, e.g. 2027; 0 = none missing
  std::int32_t days = 0;              ///< negative = days before `from`
  DayUnit unit = DayUnit::natural;
  std::string calendar;  ///< its name; empty for natural days
  PolicyRef policy;
  std::string owed_by;  ///< undertaker id, or a role name
  std::string hold;     ///< a source under import; judged when its clock hold is closed. Empty = none
  bool operator==(const ClockStart&) const = default;
  static void fields(auto&& f) {
    f("clock", &ClockStart::clock, "which clock");
    f("from", &ClockStart::from, "day 0");
    f("due", &ClockStart::due, "the last local date in time");
    f("calendar_missing", &ClockStart::calendar_missing, "the year without calendar data, or 0");
    f("days", &ClockStart::days, "the length in days");
    f("unit", &ClockStart::unit, "natural or working days");
    f("calendar", &ClockStart::calendar, "the calendar used");
    f("policy", &ClockStart::policy, "the policy that set the length");
    f("owed_by", &ClockStart::owed_by, "who has to act");
    f("hold", &ClockStart::hold, "the import under whose clock hold it stands");
  }
};

/// A clock that an event ends: met, however late (`on` tells), or withdrawn because there is nothing left to do.
enum class ClockEnding : std::uint8_t { met, withdrawn };
constexpr auto names_of(ClockEnding) { return std::array{"met"sv, "withdrawn"sv}; }

struct ClockEnd {
  ClockId clock;
  Date on;  ///< local date on which it was done in the world
  ClockEnding ending = ClockEnding::met;
  bool operator==(const ClockEnd&) const = default;
  static void fields(auto&& f) {
    f("clock", &ClockEnd::clock, "which clock");
    f("on", &ClockEnd::on, "the local date on which it was done");
    f("ending", &ClockEnd::ending, "met or withdrawn");
  }
};

struct FieldDoc {
  std::string_view name;
  std::string_view meaning;
};

/// What the catalogue knows of one kind of event. Made from its declaration by events/family.hpp.
struct EventType {
  EventTag tag;
  std::string_view family;
  std::string_view name;
  std::string_view meaning;
  std::vector<FieldDoc> fields;
  void (*encode)(const void* payload, Bytes& out);
  std::shared_ptr<const void> (*decode)(BytesView bytes);  ///< throws DecodeError
  Tree (*to_tree)(const void* payload);
  Tree (*schema)();
  std::shared_ptr<const void> (*sample)(int n);
  void (*objects)(const void* payload, std::vector<ObjectRef>& out);

  /// cn.aidledger.<family>.<event-in-kebab-case>.v<n>
  std::string public_type() const;
};

class Event {
 public:
  const EventType* type = nullptr;
  Instant occurred_at;
  std::vector<ObjectRef> objects;
  std::optional<Correction> corrects;
  std::vector<ClockStart> starts;
  std::vector<ClockEnd> ends;
  std::shared_ptr<const void> payload;

  /// The payload, if it is an E.
  template <class E>
  const E* as() const {
    return type != nullptr && type->tag == E::tag ? static_cast<const E*>(payload.get()) : nullptr;
  }
};

/// The type with that tag, or nullptr: an event of a catalogue this build does not know.
const EventType* find_event_type(EventTag tag);
const EventType* find_event_type(std::string_view name);
const std::vector<const EventType*>& all_event_types();

template <class E>
Event make_event(E payload, Instant occurred_at) {
  Event event;
  event.type = find_event_type(E::tag);
  event.occurred_at = occurred_at;
  event.payload = std::make_shared<const E>(std::move(payload));
  event.type->objects(event.payload.get(), event.objects);
  return event;
}

}  // namespace aidledger
