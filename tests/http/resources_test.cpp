#include <catch2/catch.hpp>

#include "src/http/openapi.hpp"
#include "tests/http/house.hpp"

namespace aidledger::http {
namespace {

TEST_CASE("a resource is asked of the house with its parts and parameters", "[http]") {
  Door door;
  const auto response =
      door.get("/v1/ledgers/hz/cases?limit=5&state=open&overdue=true&known_at=2024-02-10T09:00:00%2B08:00");
  CHECK(response.status == 200);
  CHECK(*tree_of(response).find("up_to_seq") == Tree(41));
  REQUIRE(door.house.calls.size() == 1);
  const auto& call = door.house.calls.front();
  CHECK(call.operation == Operation::list_cases);
  CHECK(call.ledger == "hz");
  CHECK(call.limit == 5);
  CHECK(*call.filter("state") == "open");
  CHECK(call.filter("district") == nullptr);
  CHECK(call.known_at.time == parse_instant("2024-02-10T01:00:00Z"));
  CHECK(call.caller->person == "director");

  CHECK(door.get("/v1/ledgers/hz/explain/standing/u-7?known_at=seq:12").status == 200);
  CHECK(door.house.calls.back().kind == "standing");
  CHECK(door.house.calls.back().id == "u-7");
  CHECK(door.house.calls.back().known_at.seq == 12U);
}

TEST_CASE("the next page is asked for with an opaque cursor", "[http]") {
  Door door;
  const auto first = tree_of(door.get("/v1/ledgers/hz/cases"));
  const auto cursor = *first.find("next")->as_string();
  CHECK(cursor.find("page") == std::string::npos);
  door.get("/v1/ledgers/hz/cases?cursor=" + cursor);
  CHECK(door.house.calls.back().cursor == "page two");
}

TEST_CASE("parameters are checked one by one", "[http]") {
  struct Row {
    std::string query, problem;
  };
  const std::vector<Row> rows{
      {"colour=red", "unknown-parameter"},
      {"%ff=red", "unknown-parameter"},
      {"state=%ff", "bad-value"},
      {"overdue=perhaps", "bad-value"},
      {"limit=0", "bad-value"},
      {"limit=1001", "bad-value"},
      {"limit=-1", "bad-value"},
      {"limit=5&limit=6", "bad-value"},
      {"known_at=yesterday", "bad-value"},
      {"min_seq=x", "bad-value"},
      {"cursor=zz", "bad-value"},
      {"undertaker=a%20b", "bad-value"},
      {"state=%zz", "bad-value"},
      {"known_at=2024-02-10T09:00:00", "bad-value"},
  };
  Door door;
  for (const auto& row : rows) {
    INFO(row.query);
    const auto response = door.get("/v1/ledgers/hz/cases?" + row.query);
    CHECK(response.status == 400);
    CHECK(problem_of(response) == "bad-parameter");
    CHECK(*tree_of(response).find("errors")->as_list()->front().find("code") == Tree(row.problem));
  }
}

TEST_CASE("addresses, methods and tokens", "[http]") {
  Door door;
  CHECK(door.get("/v1/nothing").status == 404);
  CHECK(*tree_of(door.get("/v1/\xff")).find("instance") == Tree("/v1/?"));
  CHECK(door.get("/v1/ledgers/hz/cases/").status == 404);
  CHECK(door.get("/v1/ledgers/hz/cases/a%2Fb").status == 404);
  CHECK(problem_of(door.get("/v1/ledgers/elsewhere/cases")) == "no-such-ledger");
  const auto wrong =
      door.ask({.verb = Verb::post, .target = "/v1/ledgers/hz/cases", .authorization = "Bearer director"});
  CHECK(wrong.status == 405);
  CHECK(field_of(wrong, "Allow") == "GET, HEAD, OPTIONS");
  const auto options = door.ask({.verb = Verb::options, .target = "/v1/tokens"});
  CHECK(options.status == 204);
  CHECK(field_of(options, "Allow") == "POST, GET, HEAD, OPTIONS");

  const auto stranger = door.get("/v1/ledgers/hz/cases", "nobody");
  CHECK(stranger.status == 401);
  CHECK(field_of(stranger, "WWW-Authenticate").starts_with("Bearer"));
  CHECK(door.ask({.target = "/v1/ledgers/hz/cases"}).status == 401);
  CHECK(door.ask({.target = "/v1/ledgers/hz/cases", .authorization = "Basic ZGlyZWN0b3I="}).status == 401);
  CHECK(door.ask({.target = "/v1/ledgers/hz/cases", .authorization = "bearer director"}).status == 200);
}

TEST_CASE("a token is remembered for half a second, a refused one never", "[http]") {
  Door door;
  door.get("/v1/ledgers");
  door.get("/v1/ledgers");
  CHECK(door.house.authentications == 1);
  door.clock.pass(500'000);
  door.get("/v1/ledgers");
  CHECK(door.house.authentications == 2);
  door.get("/v1/ledgers", "nobody");
  door.get("/v1/ledgers", "nobody");
  CHECK(door.house.authentications == 4);
}

TEST_CASE("bodies other than plain JSON are not taken", "[http]") {
  Door door;
  Head head{.verb = Verb::post, .target = "/v1/ledgers/hz/actions", .authorization = "Bearer director"};
  const auto status = [&](const std::string& type, const std::string& encoding = {}) {
    head.content_type = type, head.content_encoding = encoding;
    const auto admission = door.handler.admit(head);
    return admission.answer ? admission.answer->status : 0;
  };
  CHECK(status("") == 415);
  CHECK(status("text/plain") == 415);
  CHECK(status("application/json; charset=gb2312") == 415);
  CHECK(status("application/json", "gzip") == 415);
  CHECK(status("application/json", "identity") == 0);
  CHECK(status("Application/JSON; charset=UTF-8") == 0);
  CHECK(status("application/x-ndjson") == 0);
  head.target = "/v1/tokens";
  CHECK(status("application/x-ndjson") == 415);
}

TEST_CASE("a read waits for the record that it needs, but not for ever", "[http]") {
  Door door;
  CHECK(door.get("/v1/ledgers/hz/cases?min_seq=41").status == 200);
  CHECK(door.get("/v1/ledgers/hz/cases?min_seq=42").status == 0);
  door.house.waiting.back()();
  REQUIRE(door.late.size() == 1);
  CHECK(door.late.back().status == 200);
  CHECK(door.get("/v1/ledgers/hz/cases?min_seq=43").status == 0);
  door.clock.pass(5'000'000);
  door.handler.sweep();
  REQUIRE(door.late.size() == 2);
  CHECK(door.late.back().status == 504);
  CHECK(problem_of(door.late.back()) == "not-there-yet");
  door.house.waiting.back()();
  CHECK(door.late.size() == 2);
}

TEST_CASE("what has not changed is not sent again", "[http]") {
  Door door;
  Head head{.target = "/v1/ledgers/hz/cases/c-1", .authorization = "Bearer director"};
  CHECK(field_of(door.ask(head), "ETag") == "\"7\"");
  head.if_none_match = "\"7\"";
  CHECK(door.ask(head).status == 304);
  CHECK(door.ask(head).body.empty());
}

TEST_CASE("a failure inside says nothing to the caller and everything to the log", "[http]") {
  Door door;
  const auto response = door.get("/v1/ledgers/hz/cases/broken");
  CHECK(response.status == 500);
  CHECK(response.body.find("secret") == std::string::npos);
  CHECK(door.log == std::vector<std::string>{"a secret of the disk", "show-case 500"});
  CHECK(problem_of(door.get("/v1/ledgers/hz/cases/missing")) == "not-found");
}

TEST_CASE("a search for a person travels in the body", "[http]") {
  Door door;
  CHECK(door.post("/v1/ledgers/hz/persons/search", R"({"name":"王小明"})").status == 200);
  CHECK(*door.house.calls.back().body.find("name") == Tree("王小明"));
  CHECK(door.post("/v1/ledgers/hz/persons/search", "{}").status == 422);
  CHECK(door.post("/v1/ledgers/hz/persons/search", R"({"name":"a","telephone":"1"})").status == 200);
  CHECK(door.get("/v1/ledgers/hz/persons?name=x").status == 404);
  for (const auto& line : door.log) CHECK(line.find("王") == std::string::npos);
}

TEST_CASE("tokens are made by whom the house lets", "[http]") {
  Door door;
  CHECK(door.post("/v1/tokens", R"({"person":"p-1","roles":["intake"],"ledger":"hz","days":30})").status == 201);
  const auto king = door.post("/v1/tokens", R"({"person":"p-1","roles":["king"]})");
  CHECK(problem_of(king) == "bad-value");
  CHECK(king.body.find("must be one of intake, assigner") != std::string::npos);
  const auto gone = door.ask({.verb = Verb::delete_, .target = "/v1/tokens/t-1", .authorization = "Bearer director"});
  CHECK(gone.status == 200);
  CHECK(door.house.calls.back().operation == Operation::revoke_token);
}

TEST_CASE("the feed comes page by page and ends where it was told to", "[http]") {
  Door door;
  const auto lines = [&](const std::string& query) {
    const auto response = door.get("/v1/ledgers/hz/events" + query);
    CHECK(response.content_type == ndjson_type);
    std::string text;
    for (bool end = false; !end;)
      response.chunks->next([&](const Chunk& chunk) {
        text += chunk.bytes;
        end = chunk.end;
      });
    return std::pair(std::count(text.begin(), text.end(), '\n'), text.substr(0, text.find('\n')));
  };
  CHECK(lines("") == std::pair(std::ptrdiff_t{1'000}, std::string(R"({"seq":0})")));
  CHECK(lines("?from=400") == std::pair(std::ptrdiff_t{600}, std::string(R"({"seq":400})")));
  CHECK(lines("?from=400&limit=7").first == 7);
  CHECK(lines("?from=100&limit=350").first == 350);
  CHECK(lines("?from=1000").first == 0);
}

TEST_CASE("health, readiness and figures are open to all", "[http]") {
  Door door;
  CHECK(door.ask({.target = "/healthz"}).body == "ok\n");
  CHECK(door.ask({.target = "/readyz"}).status == 200);
  CHECK(door.ask({.target = "/v1/ledgers/hz/readyz"}).status == 200);
  CHECK(door.ask({.target = "/v1/ledgers/elsewhere/readyz"}).status == 404);
  door.house.ready = false;
  CHECK(door.ask({.target = "/readyz"}).status == 503);
  CHECK(door.ask({.target = "/v1/ledgers/hz/readyz"}).status == 503);
  for (const std::string ledger : {"hz", "nb"})
    door.metrics->gauge({"aidledger_next_seq", "The next record.", ledger}, [] { return 42.0; });
  door.get("/v1/ledgers/hz/cases");
  const auto figures = door.ask({.target = "/metrics"}).body;
  CHECK(figures.find("aidledger_http_requests_total{route=\"list-cases\",status=\"200\"} 1") != std::string::npos);
  CHECK(figures.find("aidledger_next_seq{ledger=\"hz\"} 42\naidledger_next_seq{ledger=\"nb\"} 42") !=
        std::string::npos);
}

TEST_CASE("while a ledger is away its callers are not told that their tokens are unknown", "[http]") {
  Door door;
  const auto ask = [&] { return door.ask({.target = "/v1/ledgers/hz/cases", .authorization = "Bearer stranger"}); };
  CHECK(ask().status == 401);
  door.house.away_why = "the ledger hz is not here yet";
  CHECK(ask().status == 503);
  CHECK(ask().body.find("the ledger hz is not here yet") != std::string::npos);
}

TEST_CASE("every read of a ledger that may be behind its log is marked, whatever it answers", "[http]") {
  Door door;
  const std::string ledger = "/v1/ledgers/hz";
  const std::vector<std::string> reads{ledger, ledger + "/cases", ledger + "/cases/c-1", ledger + "/cases/missing",
                                       ledger + "/events"};
  for (const auto& read : reads) CHECK(field_of(door.get(read), stale_field.name).empty());
  door.house.halted = "LOG_DIVERGED";
  for (const auto& read : reads) {
    INFO(read);
    CHECK(field_of(door.get(read), stale_field.name) == "LOG_DIVERGED");
  }
  CHECK(field_of(door.post(ledger + "/persons/search", R"({"name":"n"})"), stale_field.name) == "LOG_DIVERGED");
  CHECK(field_of(door.act(action_text("a-1")), stale_field.name).empty());
  CHECK(field_of(door.get("/v1/catalogue"), stale_field.name).empty());
}

TEST_CASE("the API document declares the mark of every read that may carry it", "[http]") {
  const auto document = openapi_document();
  for (const auto& route : routes()) {
    if (!route.reads_ledger()) continue;
    INFO(route.path);
    const auto* verb = document.find("paths")->find(route.path)->find(route.verb == Verb::post ? "post" : "get");
    REQUIRE(verb != nullptr);
    CHECK(verb->find("responses")->find("200")->find("headers")->find(stale_field.name) != nullptr);
  }
}

TEST_CASE("the API document names every route, action and problem", "[http]") {
  const auto document = openapi_document();
  CHECK(*document.find("openapi") == Tree("3.1.0"));
  const auto* paths = document.find("paths");
  for (const auto& route : routes()) {
    INFO(route.path);
    CHECK(paths->find(route.path) != nullptr);
  }
  const auto* schemas = document.find("components")->find("schemas");
  for (const auto& type : rules::all_actions()) CHECK(schemas->find("action." + std::string(type.name)) != nullptr);
  const auto text = json::print(document);
  for (const auto& kind : problem_kinds()) CHECK(text.find(kind.name) != std::string::npos);
  for (std::size_t at = text.find("\"#/components/schemas/"); at != std::string::npos;
       at = text.find("\"#/components/schemas/", at + 1)) {
    const auto begin = at + 22, end = text.find('"', begin);
    CHECK(schemas->find(text.substr(begin, end - begin)) != nullptr);
  }
}

TEST_CASE("every sample of an action is an action that can be asked for", "[http]") {
  for (const auto& type : rules::all_actions()) {
    INFO(type.name);
    const Tree action = Tree::object()
                            .set("action_id", "a-1")
                            .set("type", type.name)
                            .set("occurred_at", "2024-02-10T09:00:00Z")
                            .set("data", type.to_tree(type.sample(3).get()));
    std::string id;
    const auto read = read_action(json::print(action), "hz", "", id);
    // A sample's sealed fields are sealed already; asked for, they are clear text.
    if (!read)
      for (const auto& error : read.error().errors) CHECK(error.text == "must be of type string, is object");
  }
}

}  // namespace
}  // namespace aidledger::http
