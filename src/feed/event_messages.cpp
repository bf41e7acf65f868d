#include "src/feed/event_messages.hpp"

#include <charconv>

#include "projections/timeline.hpp"
#include "src/feed/base64.hpp"
#include "src/feed/public_view.hpp"
#include "src/json/json.hpp"
#include "src/ledger/answer.hpp"

namespace aidledger::feed {
namespace {

constexpr std::string_view specversion = "1.0";

std::string padded(std::uint64_t number, std::size_t width) {
  std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

/// The event's place in the timeline of the case, from 1 on; nothing where it does not stand there.
std::optional<std::int64_t> case_version(const Rows& rows, const std::string& case_id, EventRef at) {
  std::int64_t count = 0;
  bool found = false;
  const std::string last = projections::timeline_key(case_id, at);
  rows.each<projections::TimelineRow>(row_key({case_id}), [&](std::string_view key, const auto&) {
    if (key <= last) ++count;
    found = key == last;
    return key < last;
  });
  return found ? std::optional(count) : std::nullopt;
}

void add_author(Tree& event, const Actor& actor) {
  if (actor.person.empty()) return;
  const bool clock = actor.roles == std::vector{Role::clock};
  event.set("authtype", clock ? "system" : "app_user").set("authid", actor.person);
}

struct Making {
  const Record& record;
  const Rows& rows;
  const EventTerms& terms;
  std::string leaf;

  Message message(std::uint32_t index) const {
    const Event& event = record.body.events[index];
    const EventRef at{record.header.seq, index};
    const auto& view = public_view_of(*event.type);
    ObjectRef object = view.main_object(event.payload.get());
    if (object.id.empty()) object = {"ledger", record.header.ledger};
    const Tree attributes = attributes_of(event, at, object);
    Tree whole = attributes;
    whole.set("datacontenttype", "application/json")
        .set("dataschema", data_schema_uri(*event.type, terms.schema_base))
        .set("recordedtime", to_text(record.header.recorded_at))
        .set("partitionkey", object.id)
        .set("sequence", sequence_of(at));
    add_extensions(whole, event, at, object);
    whole.set("data", view.data(event.payload.get()));
    return {events_topic(record.header.ledger), object.id, headers(attributes), json::print(whole), at};
  }

 private:
  Tree attributes_of(const Event& event, EventRef at, const ObjectRef& object) const {
    return Tree::object()
        .set("specversion", specversion)
        .set("id", to_text(at))
        .set("source", "/aidledger/ledgers/" + record.header.ledger)
        .set("type", event.type->public_type())
        .set("subject", object.id)
        .set("time", to_text(event.occurred_at));
  }

  void add_extensions(Tree& whole, const Event& event, EventRef at, const ObjectRef& object) const {
    if (object.kind == CaseId::kind) {
      if (const auto version = case_version(rows, object.id, at)) whole.set("caseversion", *version);
      whole.set("correlationid", object.id);
    }
    if (event.corrects) whole.set("corrects", to_text(event.corrects->event));
    add_author(whole, record.body.actor);
    whole.set("leafindex", std::to_string(record.header.seq)).set("leafhash", leaf);
  }

  static Headers headers(const Tree& attributes) {
    Headers out{{"content-type", "application/cloudevents+json; charset=UTF-8"}};
    for (const auto& attribute : *attributes.as_object())
      out.emplace_back("ce_" + attribute.name, *attribute.value.as_string());
    return out;
  }
};

}  // namespace

std::string events_topic(const std::string& ledger) { return "aidledger.events." + ledger + ".v1"; }

static_assert(max_events_of_record <= 1'000, "three digits hold the place of every event of a record");

std::string sequence_of(EventRef event) { return padded(event.seq, 20) + "." + padded(event.index, 3); }

std::optional<EventRef> parse_event_id(std::string_view id) {
  EventRef out;
  const auto dot = id.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto whole = [](std::string_view digits, auto& number) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc{} && end == digits.data() + digits.size();
  };
  if (!whole(id.substr(0, dot), out.seq) || !whole(id.substr(dot + 1), out.index)) return std::nullopt;
  return out;
}

std::vector<Message> event_messages(const Record& record, const Hash& record_hash, const Rows& rows,
                                    const EventTerms& terms) {
  const Making making{record, rows, terms, to_base64(view_of(ledger::leaf_hash(record.header, record_hash)))};
  std::vector<Message> out;
  for (std::uint32_t i = 0; i < record.body.events.size(); ++i) out.push_back(making.message(i));
  return out;
}

}  // namespace aidledger::feed
