#include "src/http/openapi.hpp"

#include "src/http/envelope.hpp"
#include "src/http/route.hpp"

namespace aidledger::http {
namespace {

Tree schema_ref(const std::string& schema) { return Tree::object().set("$ref", "#/components/schemas/" + schema); }

std::string action_schema_name(const rules::ActionType& type) { return "action." + std::string(type.name); }

Tree list_of(const std::vector<std::string>& texts) {
  Tree list = Tree::list();
  for (const auto& text : texts) list.push(text);
  return list;
}

Tree schema_of(ParamKind kind) {
  switch (kind) {
    case ParamKind::integer: return Tree::object().set("type", "integer").set("minimum", 0);
    case ParamKind::boolean: return Tree::object().set("type", "boolean");
    case ParamKind::date: return Tree::object().set("type", "string").set("format", "date");
    case ParamKind::instant: return Tree::object().set("type", "string").set("format", "date-time");
    case ParamKind::id: return aidledger::schema_of<CaseId>(true).set("title", "id");
    default: return Tree::object().set("type", "string");
  }
}

Tree parameter(std::string_view name, std::string_view in, std::string_view meaning, Tree schema) {
  return Tree::object()
      .set("name", name)
      .set("in", in)
      .set("required", in == "path")
      .set("description", meaning)
      .set("schema", std::move(schema));
}

void add_path_params(const Route& route, Tree& list) {
  for (const std::string_view name : {"ledger", "kind", "id"})
    if (route.path.find("{" + std::string(name) + "}") != std::string_view::npos)
      list.push(parameter(name, "path", "the " + std::string(name), schema_of(ParamKind::id)));
}

Tree parameters(const Route& route) {
  Tree list = Tree::list();
  add_path_params(route, list);
  const auto add = [&](std::span<const Param> params) {
    for (const auto& p : params) list.push(parameter(p.name, "query", p.meaning, schema_of(p.kind)));
  };
  add(route.params);
  if (route.of_ledger) add(ledger_params());
  if (route.paged) add(page_params());
  if (route.answerer == Answerer::act)
    list.push(parameter("Idempotency-Key", "header", "the action_id, where the body carries none",
                        schema_of(ParamKind::text)));
  return list;
}

Tree content(std::string_view type, Tree schema) {
  return Tree::object().set(type, Tree::object().set("schema", std::move(schema)));
}

Tree request_body(const Route& route) {
  if (route.body != nullptr)
    return Tree::object()
        .set("required", true)
        .set("content", content(json_type, schema_ref(std::string(route.body->name))));
  Tree media = content(json_type, schema_ref("action"));
  media.set(ndjson_type, Tree::object().set("schema", schema_ref("action")));
  return Tree::object().set("required", true).set("content", media);
}

Tree described(std::string_view meaning) { return Tree::object().set("description", meaning); }

Tree problem_response() {
  return described("What was wrong.").set("content", content(problem_type, schema_ref("problem")));
}

Tree act_responses() {
  return Tree::object()
      .set("200", described("Recorded before: the first answer again; or the answers to a stream, line by line.")
                      .set("content", content(json_type, schema_ref("accepted"))
                                          .set(ndjson_type, Tree::object().set("schema", schema_ref("line")))))
      .set("201", described("Recorded.").set("content", content(json_type, schema_ref("accepted"))));
}

Tree success_of(const Route& route) {
  switch (route.answerer) {
    case Answerer::feed:
      return described("One event per line.").set("content", content(ndjson_type, described("an event")));
    case Answerer::health:
    case Answerer::metrics:
      return described("Text.").set("content", content("text/plain", Tree::object().set("type", "string")));
    case Answerer::call: return described("The answer.").set("content", content(json_type, schema_ref("reply")));
    default: return described("The answer.").set("content", content(json_type, Tree::object().set("type", "object")));
  }
}

Tree stale_header() {
  return Tree::object().set(stale_field.name, described(stale_field.meaning).set("schema", schema_of(ParamKind::text)));
}

Tree success(const Route& route) {
  Tree response = success_of(route);
  if (route.reads_ledger()) response.set("headers", stale_header());
  return response;
}

Tree responses(const Route& route) {
  Tree all = route.answerer == Answerer::act ? act_responses() : Tree::object().set("200", success(route));
  if (route.operation == Operation::add_token && route.answerer == Answerer::call) all.set("201", success(route));
  if (route.answerer == Answerer::ready)
    all.set("503", described("It cannot take actions now: `code` and `why` say why."));
  return all.set("default", problem_response());
}

Tree operation(const Route& route) {
  Tree out = Tree::object()
                 .set("operationId", route.name())
                 .set("summary", route.meaning)
                 .set("parameters", parameters(route))
                 .set("responses", responses(route));
  if (route.body != nullptr || route.answerer == Answerer::act) out.set("requestBody", request_body(route));
  if (route.open) out.set("security", Tree::list());
  return out;
}

std::string_view method(Verb verb) {
  if (verb == Verb::post) return "post";
  return verb == Verb::delete_ ? "delete" : "get";
}

Tree paths() {
  Tree all = Tree::object();
  for (const auto& route : routes()) {
    Tree path = all.find(route.path) != nullptr ? *all.find(route.path) : Tree::object();
    all.set(route.path, path.set(method(route.verb), operation(route)));
  }
  return all;
}

Tree text_schema(std::string_view meaning) { return Tree::object().set("type", "string").set("description", meaning); }

Tree number_schema(std::string_view meaning) {
  return Tree::object().set("type", "integer").set("description", meaning);
}

Tree object_schema(Tree properties, const std::vector<std::string>& required) {
  return Tree::object()
      .set("type", "object")
      .set("properties", std::move(properties))
      .set("required", list_of(required));
}

Tree problem_schema() {
  std::string types;
  for (const auto& kind : problem_kinds()) types += (types.empty() ? "" : ", ") + std::string(kind.name);
  const Tree error = object_schema(Tree::object()
                                       .set("pointer", text_schema("JSON Pointer into the body, or ?parameter"))
                                       .set("code", text_schema("what is wrong"))
                                       .set("text", text_schema("the same as a sentence")),
                                   {"pointer", "code", "text"});
  return object_schema(
      Tree::object()
          .set("type", text_schema("https://aidledger.cn/problems/<name>; a refusal's name, or one of " + types))
          .set("title", text_schema("the type as a sentence"))
          .set("status", number_schema("the HTTP status"))
          .set("detail", text_schema("this case"))
          .set("instance", text_schema("the address"))
          .set("number", number_schema("of a refusal: never reused"))
          .set("name", text_schema("of a refusal"))
          .set("rule", text_schema("the policy or law that a refusal rests on"))
          .set("errors", Tree::object().set("type", "array").set("items", error))
          .set("receipt", schema_ref("receipt"))
          .set("replayed", Tree::object().set("type", "boolean"))
          .set("request_id", text_schema("names the request in the log")),
      {"type", "title", "status"});
}

Tree receipt_schema() {
  return object_schema(Tree::object()
                           .set("ledger", text_schema("the ledger"))
                           .set("seq", number_schema("the record"))
                           .set("leaf_hash", text_schema("hash of the record's leaf, hexadecimal"))
                           .set("recorded_at", schema_of(ParamKind::instant)),
                       {"ledger", "seq", "leaf_hash", "recorded_at"});
}

Tree accepted_schema() {
  return object_schema(
      Tree::object()
          .set("receipt", schema_ref("receipt"))
          .set("events", Tree::object().set("type", "array").set("items", Tree::object().set("type", "object")))
          .set("replayed", Tree::object().set("type", "boolean").set("description", "an earlier request's answer")),
      {"receipt"});
}

Tree line_schema() {
  return object_schema(Tree::object()
                           .set("line", number_schema("of the request, from 1"))
                           .set("action_id", text_schema("of the action, where it could be read"))
                           .set("status", number_schema("as of an action asked alone"))
                           .set("answer", schema_ref("accepted"))
                           .set("problem", schema_ref("problem")),
                       {"line", "status"});
}

Tree reply_schema() {
  return object_schema(Tree::object()
                           .set("up_to_seq", number_schema("true up to this record"))
                           .set("data", described("what was asked for"))
                           .set("next", text_schema("cursor of the next page; absent on the last")),
                       {"data"});
}

Tree schemas() {
  Tree all = Tree::object()
                 .set("problem", problem_schema())
                 .set("receipt", receipt_schema())
                 .set("accepted", accepted_schema())
                 .set("line", line_schema())
                 .set("reply", reply_schema());
  Tree one_of = Tree::list();
  for (const auto& type : rules::all_actions()) {
    all.set(action_schema_name(type), envelope_schema(type));
    one_of.push(schema_ref(action_schema_name(type)));
  }
  all.set("action", Tree::object().set("oneOf", one_of));
  for (const auto& route : routes())
    if (route.body != nullptr) all.set(route.body->name, route.body->schema());
  return all;
}

}  // namespace

Tree openapi_document() {
  const Tree bearer = Tree::object().set("type", "http").set("scheme", "bearer");
  return Tree::object()
      .set("openapi", "3.1.0")
      .set("info", Tree::object()
                       .set("title", "aidledger")
                       .set("version", "1")
                       .set("description", "An event-sourced ledger for the quality control of legal-aid cases."))
      .set("paths", paths())
      .set("components",
           Tree::object().set("schemas", schemas()).set("securitySchemes", Tree::object().set("token", bearer)))
      .set("security", Tree::list().push(Tree::object().set("token", Tree::list())));
}

Tree action_catalogue() {
  Tree list = Tree::list();
  for (const auto& type : rules::all_actions()) {
    Tree roles = Tree::list();
    for (const auto role : type.roles) roles.push(name_of(role));
    list.push(Tree::object()
                  .set("name", type.name)
                  .set("family", type.family)
                  .set("meaning", type.meaning)
                  .set("roles", roles)
                  .set("schema", type.schema()));
  }
  return Tree::object().set("data", list);
}

}  // namespace aidledger::http
