#include <catch2/catch.hpp>

#include "src/import/ledger_sink.hpp"
#include "src/json/json.hpp"

using namespace aidledger;
using namespace aidledger::import;

namespace {

using Kind = ActionResult::Kind;

OutgoingAction action(const std::string& id) {
  return {"import-undertaker", id, *parse_instant("2024-01-02T10:00:00Z"), Tree::object().set("undertaker", "u")};
}

ActionResult answered(const std::string& line) {
  LinesSink sink([&](const auto&) { return std::vector<Tree>{*json::parse(line)}; });
  return sink.submit({action("a")}).at(0);
}

}  // namespace

TEST_CASE("actions go out as the lines that the service takes") {
  std::vector<std::string> sent;
  LinesSink sink([&](const auto& lines) {
    return sent = lines, std::vector<Tree>(lines.size(), *json::parse(R"({"status":201})"));
  });
  CHECK(sink.submit({action("a"), action("b")}).size() == 2);
  CHECK(
      sent.at(0) ==
      R"({"type":"import-undertaker","action_id":"a","occurred_at":"2024-01-02T10:00:00.000000Z","data":{"undertaker":"u"}})");
}

TEST_CASE("answers of the service: taken, known, refused, in conflict, failed, missing") {
  CHECK(answered(R"({"line":1,"status":201,"answer":{}})").kind == Kind::accepted);
  CHECK(answered(R"({"line":1,"status":200,"answer":{"replayed":true}})").kind == Kind::already);
  const auto refused = answered(
      R"({"line":1,"status":409,"problem":{"type":"https://aidledger.cn/problems/nothing-new","number":244,"name":"nothing-new","title":"T","detail":"D"}})");
  CHECK(refused.kind == Kind::refused);
  CHECK(refused.refusal == "nothing-new");
  CHECK(refused.detail == "D");
  CHECK(answered(R"({"line":1,"status":422,"problem":{"type":"https://aidledger.cn/problems/idempotency-conflict"}})")
            .kind == Kind::conflict);
  const auto unknown = answered(
      R"({"line":1,"status":504,"problem":{"type":"https://aidledger.cn/problems/outcome-unknown","title":"T"}})");
  CHECK(unknown.kind == Kind::failed);
  CHECK(unknown.refusal == "outcome-unknown");
  CHECK(answered("{}").kind == Kind::failed);
  LinesSink silent([](const auto&) { return std::vector<Tree>{}; });
  CHECK(silent.submit({action("a")}).at(0).kind == Kind::failed);
}
