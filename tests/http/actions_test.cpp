#include <catch2/catch.hpp>

#include "tests/http/house.hpp"

namespace aidledger::http {
namespace {

TEST_CASE("an accepted action is answered with its receipt", "[http]") {
  Door door;
  const auto response = door.act(action_text("a-1"));
  CHECK(response.status == 201);
  CHECK(*tree_of(response).at_path("receipt.seq") == Tree(42));
  REQUIRE(door.house.asked.size() == 1);
  const auto& asked = door.house.asked.front();
  CHECK(asked.action_id == "a-1");
  CHECK(to_text(asked.occurred_at) == "2024-02-10T01:00:00.000000Z");
  CHECK(asked.canonical ==
        R"({"data":{"finding":"fine","node":"n-1"},"occurred_at":"2024-02-10T09:00:00+08:00","type":"accept-clock"})");
}

TEST_CASE("every outcome has its status and its name", "[http]") {
  struct Row {
    std::string finding;
    int status;
    std::string problem;
  };
  const std::vector<Row> rows{
      {"fine", 201, "none"},
      {"again", 200, "none"},
      {"refused", 409, "wrong-state"},
      {"not-allowed", 403, "not-allowed"},
      {"conflict", 422, "idempotency-conflict"},
      {"unknown", 504, "outcome-unknown"},
      {"full", 503, "unavailable"},
  };
  Door door;
  for (const auto& row : rows) {
    INFO(row.finding);
    const auto response = door.act(action_text("a-1", row.finding));
    CHECK(response.status == row.status);
    CHECK(problem_of(response) == row.problem);
  }
}

TEST_CASE("statuses follow the numbers of refusals", "[http]") {
  CHECK(status_of_refusal(rules::not_found.number) == 404);
  CHECK(status_of_refusal(rules::not_own_case.number) == 403);
  CHECK(status_of_refusal(rules::changed_meanwhile.number) == 412);
  CHECK(status_of_refusal(rules::same_person.number) == 409);
  CHECK(status_of_refusal(1'204) == 409);
}

TEST_CASE("a refusal says number, name, sentence, rule and request", "[http]") {
  Door door;
  const auto tree = tree_of(door.act(action_text("a-1", "refused")));
  CHECK(*tree.find("type") == Tree("https://aidledger.cn/problems/wrong-state"));
  CHECK(*tree.find("title") == Tree(rules::wrong_state.sentence));
  CHECK(*tree.find("number") == Tree(5));
  CHECK(*tree.find("rule") == Tree("clock@1"));
  CHECK(*tree.find("detail") == Tree("the clock is not suspect"));
  CHECK(*tree.find("instance") == Tree("/v1/ledgers/hz/actions"));
  CHECK(*tree.find("request_id") == Tree("2a2a2a2a2a2a-1"));
}

TEST_CASE("a full house says when to come again", "[http]") {
  Door door;
  CHECK(field_of(door.act(action_text("a-1", "full")), "Retry-After") == "1");
}

TEST_CASE("what is wrong with an action is said with a pointer", "[http]") {
  struct Row {
    std::string body;
    int status;
    std::string problem, pointer;
  };
  const std::string head = R"({"action_id":"a-1","type":"accept-clock",)";
  const std::string when = R"("occurred_at":"2024-02-10T09:00:00+08:00",)";
  const std::vector<Row> rows{
      {"", 400, "empty", ""},
      {"{", 400, "incomplete", ""},
      {"[]", 422, "wrong-type", ""},
      {R"({"action_id":"a-1","action_id":"a-2"})", 422, "duplicate-key", "/action_id"},
      {head + when + R"("data":{"node":"n-1","finding":"x","node":"n-2"}})", 422, "duplicate-key", "/data/node"},
      {head + when + R"("data":{"node":"n-1","finding":"x","colour":1}})", 422, "unknown-field", "/data/colour"},
      {head + when + R"("data":{"node":"n-1","finding":"x"},"colour":1})", 422, "unknown-field", "/colour"},
      {head + when + R"("data":{"node":"n-1","finding":7}})", 422, "wrong-type", "/data/finding"},
      {head + when + R"("data":{"node":"n-1","finding":7.5}})", 422, "not-an-integer", "/data/finding"},
      {head + when + R"("data":{"node":"n-1"}})", 422, "missing-field", "/data/finding"},
      {head + when + R"("data":7})", 422, "wrong-type", "/data"},
      {head + R"("data":{"node":"n-1","finding":"x"}})", 422, "missing-field", "/occurred_at"},
      {head + R"("occurred_at":"2024-02-10T09:00:00","data":{"node":"n-1","finding":"x"}})", 422, "naive-time",
       "/occurred_at"},
      {head + R"("occurred_at":"yesterday","data":{"node":"n-1","finding":"x"}})", 422, "bad-value", "/occurred_at"},
      {R"({"action_id":"a-1","type":"fly",)" + when + R"("data":{}})", 422, "unknown-action", "/type"},
      {R"({"action_id":"a 1","type":"accept-clock"})", 422, "bad-value", "/action_id"},
      {R"({"action_id":1,"type":"accept-clock"})", 422, "wrong-type", "/action_id"},
      {std::string(100'000, '['), 422, "too-deep", ""},
      {"\"\xC3\x28\"", 400, "bad-utf8", ""},
  };
  Door door;
  for (const auto& row : rows) {
    INFO(row.body.substr(0, 200));
    const auto response = door.act(row.body);
    CHECK(response.status == row.status);
    CHECK(problem_of(response) == row.problem);
    CHECK(response.content_type == problem_type);
    const auto tree = tree_of(response);
    if (row.pointer.empty()) continue;
    REQUIRE(tree.find("errors") != nullptr);
    CHECK(*tree.find("errors")->as_list()->front().find("pointer") == Tree(row.pointer));
  }
  CHECK(door.house.asked.empty());
}

TEST_CASE("the action's id comes in the body, in Idempotency-Key, or in both alike", "[http]") {
  Door door;
  const std::string without =
      R"({"type":"accept-clock","occurred_at":"2024-02-10T09:00:00Z","data":{"node":"n-1","finding":"x"}})";
  CHECK(door.act(without, "a-9").status == 201);
  CHECK(door.act(without, "\"a-9\"").status == 201);
  CHECK(door.house.asked.back().action_id == "a-9");
  CHECK(door.act(action_text("a-9"), "a-9").status == 201);
  CHECK(problem_of(door.act(action_text("a-9"), "a-8")) == "action-id-mismatch");
  const auto none = door.act(without);
  CHECK(none.status == 400);
  CHECK(problem_of(none) == "action-id-missing");
}

TEST_CASE("who waits too long is told that the outcome is unknown, once", "[http]") {
  Door door;
  CHECK(door.act(action_text("a-1", "slow")).status == 0);
  door.clock.pass(29'999'999);
  door.handler.sweep();
  CHECK(door.late.empty());
  door.clock.pass(1);
  door.handler.sweep();
  REQUIRE(door.late.size() == 1);
  CHECK(door.late.front().status == 504);
  CHECK(problem_of(door.late.front()) == "outcome-unknown");
  door.house.let_go();
  CHECK(door.late.size() == 1);
}

}  // namespace
}  // namespace aidledger::http
