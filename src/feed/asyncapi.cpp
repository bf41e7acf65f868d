#include "src/feed/asyncapi.hpp"

#include "src/feed/message.hpp"
#include "src/feed/schemas.hpp"
#include "src/feed/table_messages.hpp"

namespace aidledger::feed {
namespace {

constexpr std::string_view kafka_bindings = "0.5.0";

Tree reference(const std::string& to) { return Tree::object().set("$ref", to); }
Tree text_schema(std::string_view meaning) { return Tree::object().set("type", "string").set("description", meaning); }
Tree constant(std::string_view value) { return Tree::object().set("type", "string").set("const", value); }

Tree kafka(Tree binding) { return Tree::object().set("kafka", binding.set("bindingVersion", kafka_bindings)); }

/// A schema as a component: its dialect is the document's.
Tree as_component(const Tree& schema) {
  Tree out = Tree::object();
  for (const auto& member : *schema.as_object())
    if (member.name != "$schema" && member.name != "$id") out.set(member.name, member.value);
  return out;
}

Tree event_message(const PublicView& view) {
  const std::string type = view.type->public_type();
  const Tree told =
      Tree::object()
          .set("type", "object")
          .set("properties",
               Tree::object().set("type", constant(type)).set("data", reference("#/components/schemas/" + type)));
  return Tree::object()
      .set("name", type)
      .set("title", view.type->name)
      .set("summary", view.type->meaning)
      .set("contentType", "application/cloudevents+json; charset=UTF-8")
      .set("headers", reference("#/components/schemas/headers"))
      .set("payload",
           Tree::object().set("allOf", Tree::list().push(reference("#/components/schemas/event")).push(told)))
      .set("bindings", kafka(Tree::object().set("key", text_schema("the case, or the main object"))));
}

/// {"schema": ..., "payload": row}, as Kafka Connect's JsonConverter writes it.
Tree envelope_schema(Tree row) {
  const Tree schema = Tree::object()
                          .set("type", "object")
                          .set("description", "the columns, as org.apache.kafka.connect.json.JsonConverter names them");
  return Tree::object()
      .set("type", "object")
      .set("properties", Tree::object().set("schema", schema).set("payload", std::move(row)))
      .set("required", Tree::list().push("schema").push("payload"));
}

Tree key_schema(std::string_view id) {
  const Tree members = Tree::object().set("ledger", text_schema("the ledger")).set(id, text_schema("whose row"));
  return envelope_schema(Tree::object()
                             .set("type", "object")
                             .set("properties", members)
                             .set("required", Tree::list().push("ledger").push(id)));
}

Tree row_message(std::string_view title, std::string_view id, const std::string& schema) {
  return Tree::object()
      .set("name", schema)
      .set("title", title)
      .set("summary", "a row as it is from here on; a message without a value says that it is gone")
      .set("contentType", "application/json")
      .set("payload", reference("#/components/schemas/" + schema))
      .set("bindings", kafka(Tree::object().set("key", key_schema(id))));
}

Tree event_channel() {
  Tree messages = Tree::object();
  for (const auto& view : all_public_views()) {
    const std::string type = view.type->public_type();
    messages.set(type, reference("#/components/messages/" + type));
  }
  const Tree topic = Tree::object()
                         .set("cleanup.policy", Tree::list().push("delete"))
                         .set("retention.ms", -1)
                         .set("retention.bytes", -1);
  return Tree::object()
      .set("address", events_topic("{ledger}"))
      .set("title", "events of a ledger")
      .set(
          "description",
          "every fact of a ledger in its order, gapless by sequence, at most duplicated: told twice, source and id are "
          "the same")
      .set("messages", messages)
      .set("parameters",
           Tree::object().set("ledger", Tree::object().set("description", "the ledger's id: one topic for each")))
      .set("bindings", kafka(Tree::object().set("partitions", 1).set("topicConfiguration", topic)));
}

Tree table_channel(std::string_view topic, std::string_view title, const std::string& message) {
  const Tree configuration = Tree::object().set("cleanup.policy", Tree::list().push("compact"));
  return Tree::object()
      .set("address", topic)
      .set("title", title)
      .set("description", "rows of all ledgers: the last message of a key is the row as it is")
      .set("messages", Tree::object().set(message, reference("#/components/messages/" + message)))
      .set("bindings", kafka(Tree::object().set("topicConfiguration", configuration)));
}

Tree operation(const std::string& channel, std::string_view what) {
  return Tree::object()
      .set("action", "send")
      .set("channel", reference("#/channels/" + channel))
      .set("description", what);
}

Tree headers_schema() {
  Tree properties = Tree::object();
  for (const auto* name : {"content-type", "ce_specversion", "ce_id", "ce_source", "ce_type", "ce_subject", "ce_time"})
    properties.set(name, text_schema("as the event's own member"));
  return Tree::object().set("type", "object").set("properties", properties);
}

Tree components(std::string_view base) {
  Tree messages = Tree::object(), schemas = Tree::object();
  schemas.set("event", as_component(event_schema(base))).set("headers", headers_schema());
  for (const auto& view : all_public_views()) {
    messages.set(view.type->public_type(), event_message(view));
    schemas.set(view.type->public_type(), as_component(data_schema(view, base)));
  }
  schemas.set("standing", envelope_schema(standing_row_schema())).set("subsidy", envelope_schema(subsidy_row_schema()));
  messages.set("standing", row_message("standing of an undertaker", UndertakerId::kind, "standing"));
  messages.set("subsidy", row_message("subsidy of a case", "case_id", "subsidy"));
  return Tree::object().set("messages", messages).set("schemas", schemas);
}

}  // namespace

Tree asyncapi(std::string_view schema_base) {
  const Tree info =
      Tree::object()
          .set("title", "aidledger, public feed")
          .set("version", "1.0.0")
          .set("description",
               "What happens in the ledgers of legal-aid centres, for whoever reads Kafka, with no code of "
               "ours. Pseudonyms only: personal data is withheld.")
          .set("license", Tree::object().set("name", "MIT"))
          .set("tags", Tree::list().push(Tree::object().set("name", "legal aid")));
  return Tree::object()
      .set("asyncapi", "3.0.0")
      .set("info", info)
      .set("defaultContentType", "application/json")
      .set("channels", Tree::object()
                           .set("events", event_channel())
                           .set("standing", table_channel(standing_topic, "standing of undertakers", "standing"))
                           .set("subsidy", table_channel(subsidy_topic, "subsidies of cases", "subsidy")))
      .set("operations", Tree::object()
                             .set("tellEvents", operation("events", "tells every fact"))
                             .set("tellStanding", operation("standing", "tells a row whenever it changes"))
                             .set("tellSubsidy", operation("subsidy", "tells a row whenever it changes")))
      .set("components", components(schema_base));
}

}  // namespace aidledger::feed
