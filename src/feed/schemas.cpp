#include "src/feed/schemas.hpp"

namespace aidledger::feed {
namespace {

constexpr std::string_view dialect = "https://json-schema.org/draft/2020-12/schema";

struct Attribute {
  std::string_view name, meaning;
  bool required = true;
  std::string_view pattern = {};
  std::string_view format = {};
};

constexpr std::string_view utc = R"(^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$)";

constexpr Attribute attributes[] = {
    {"specversion", "of CloudEvents", true, "^1\\.0$"},
    {"id", "seq of the record and place of the event in it", true, "^[0-9]+\\.[0-9]+$"},
    {"source", "the ledger", true, "^/aidledger/ledgers/[A-Za-z0-9._-]+$"},
    {"type", "what happened", true, "^cn\\.aidledger\\.[a-z0-9-]+\\.[a-z0-9-]+\\.v[0-9]+$"},
    {"subject", "the case it is about, or the main object"},
    {"time", "when it happened in the world", true, utc, "date-time"},
    {"recordedtime", "when it was recorded", true, utc, "date-time"},
    {"datacontenttype", "of data", true, "^application/json$"},
    {"dataschema", "the schema of data", true, "", "uri"},
    {"partitionkey", "the key of the message"},
    {"sequence", "sorts as the ledger does; seq without gaps", true, "^[0-9]{20}\\.[0-9]{3}$"},
    {"correlationid", "the case, where it is about one", false},
    {"corrects", "the event whose data this one replaces", false, "^[0-9]+\\.[0-9]+$"},
    {"authtype", "app_user, or system for the clock", false, "^(app_user|system)$"},
    {"authid", "who had it recorded: a pseudonym", false},
    {"leafindex", "the leaf of the record in the Merkle tree, = seq", true, "^[0-9]+$"},
    {"leafhash", "RFC 6962 hash of that leaf, base64", true, "^[A-Za-z0-9+/]{43}=$"},
};

}  // namespace

Tree data_schema(const PublicView& view, std::string_view base) {
  Tree schema = Tree::object()
                    .set("$schema", dialect)
                    .set("$id", data_schema_uri(*view.type, base))
                    .set("title", view.type->public_type())
                    .set("description", view.type->meaning);
  const Tree shape = view.schema();
  for (const auto& member : *shape.as_object()) schema.set(member.name, member.value);
  return schema;
}

Tree event_schema(std::string_view base) {
  Tree properties = Tree::object(), required = Tree::list();
  for (const auto& attribute : attributes) {
    Tree one = Tree::object().set("type", "string").set("minLength", 1).set("description", attribute.meaning);
    if (!attribute.pattern.empty()) one.set("pattern", attribute.pattern);
    if (!attribute.format.empty()) one.set("format", attribute.format);
    properties.set(attribute.name, one);
    if (attribute.required) required.push(attribute.name);
  }
  properties.set("caseversion", Tree::object()
                                    .set("type", "integer")
                                    .set("minimum", 1)
                                    .set("description", "the event's place in the timeline of its case"));
  properties.set("data", Tree::object().set("type", "object").set("description", "as dataschema says"));
  required.push("data");
  return Tree::object()
      .set("$schema", dialect)
      .set("$id", std::string(base) + "/event/1")
      .set("title", "an event of the public feed")
      .set("type", "object")
      .set("properties", properties)
      .set("required", required);
}

}  // namespace aidledger::feed
