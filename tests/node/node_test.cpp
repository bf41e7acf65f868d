// A node on a real disk: what was answered is there after a restart; what is damaged is named; what is lost comes back.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <future>

#include "src/backup.hpp"
#include "src/first_start.hpp"
#include "src/ledger/verifier.hpp"
#include "src/rules/governance.hpp"
#include "src/world/digest.hpp"
#include "tests/support/small_disk.hpp"

using namespace aidledger;
namespace fs = std::filesystem;

namespace {

NodeSettings settings_in(const std::string& folder) {
  NodeSettings settings;
  settings.data = folder + "/data";
  settings.vault = folder + "/vault";
  settings.ledger = "chengbei";
  settings.create = true;
  settings.segment_bytes = 4 << 20;
  return settings;
}

std::unique_ptr<Node> started(const NodeSettings& settings) {
  auto node = std::make_unique<Node>(settings, NodeProgress{});
  node->start();
  return node;
}

ledger::Answer adopt(Node& node, const std::string& version) {
  std::promise<ledger::Answer> promise;
  ledger::Asked asked;
  asked.principal = {"t-1", "p-1", {Role::centre_director}, "chengbei", {}, {}, {}, {}};
  asked.request.type = rules::find_action("adopt-policy");
  asked.request.action = std::make_shared<rules::AdoptPolicy>(
      rules::AdoptPolicy{"ladder", version, {19'000}, "window_months = 0", "house rule"});
  asked.request.principal = "t-1";
  asked.request.action_id = "adopt-" + version;
  asked.request.occurred_at = node.clock().now();
  asked.request.actor.person = "p-1";
  asked.canonical = "adopt " + version;
  asked.answer = [&](const ledger::Answer& answer) { promise.set_value(answer); };
  node.ledger().ask(std::move(asked));
  return promise.get_future().get();
}

Hash rows_digest(Node& node) {
  Bytes all;
  const auto view = node.ledger().view();
  view.reader().scan({}, {}, [&](BytesView key, BytesView value) { return all += key, all += value, true; });
  return world::sha256(all);
}

}  // namespace

TEST_CASE("what was answered is there after a restart, and a retry gets the first answer") {
  test::TempFolder folder;
  const auto settings = settings_in(folder.path());
  ledger::Answer first;
  {
    auto node = started(settings);
    CHECK(node->created());
    first = adopt(*node, "1");
    CHECK(first.kind == ledger::Answer::Kind::accepted);
  }
  auto node = started(settings);
  CHECK_FALSE(node->created());
  CHECK(node->ledger().health().next_seq == 2);
  const auto again = adopt(*node, "1");
  CHECK(again.replayed);
  CHECK(again.receipt.leaf_hash == first.receipt.leaf_hash);
}

TEST_CASE("a node whose disk is full stops like any other, and what was answered is there once there is room") {
  const test::SmallDisk disk("32m");
  if (!disk.mounted()) {
    WARN("SKIPPED: no right to mount a small disk");
    return;
  }
  const auto settings = settings_in(disk / "");
  {
    auto node = started(settings);
    CHECK(adopt(*node, "1").kind == ledger::Answer::Kind::accepted);
    disk.fill();
  }
  disk.make_room();
  auto node = started(settings);
  CHECK(node->ledger().health().next_seq == 2);
  CHECK(adopt(*node, "1").replayed);
}

TEST_CASE("rows thrown away, or damaged, come back the same") {
  test::TempFolder folder;
  const auto settings = settings_in(folder.path());
  Hash before{};
  {
    auto node = started(settings);
    for (int i = 0; i < 50; ++i) adopt(*node, std::to_string(i));
    before = rows_digest(*node);
  }
  SECTION("thrown away") { Node::forget_rows(settings); }
  SECTION("damaged") {
    for (const auto& entry : fs::recursive_directory_iterator(settings.data + "/rows"))
      if (entry.path().filename().string().starts_with("MANIFEST"))
        std::ofstream(entry.path(), std::ios::binary) << "rubbish";
  }
  auto node = started(settings);
  CHECK(rows_digest(*node) == before);
}

TEST_CASE("two processes cannot have one folder, and another ledger's name is refused") {
  test::TempFolder folder;
  auto settings = settings_in(folder.path());
  auto node = started(settings);
  CHECK_THROWS_AS(Node(settings, NodeProgress{}), world::Locked);
  node.reset();
  settings.ledger = "chengnan";
  CHECK_THROWS_WITH(Node(settings, NodeProgress{}), Catch::Contains("holds the ledger chengbei"));
}

TEST_CASE("an empty folder is no ledger unless one is asked for, and the vault stays out of the ledger's folders") {
  test::TempFolder folder;
  auto settings = settings_in(folder.path());
  settings.create = false;
  CHECK_THROWS_AS(Node(settings, NodeProgress{}), CannotStart);
  settings.create = true;
  for (const std::string inside : {"/log/vault", "/rows", ""}) {
    settings.vault = settings.data + inside;
    CHECK_THROWS_WITH(Node(settings, NodeProgress{}), Catch::Contains("neither in nor around"));
  }
}

TEST_CASE("a first start that was cut short is finished by the next; later starts adopt nothing") {
  test::TempFolder folder;
  const auto settings = settings_in(folder.path());
  const auto next_seq = [](Node& node) { return node.ledger().health().next_seq; };
  started(settings).reset();  // the process ended before anything was adopted
  {
    auto node = started(settings);
    CHECK_FALSE(node->created());
    finish_first_start(*node);
    const Seq adopted = next_seq(*node);
    CHECK(adopted > 10);
    finish_first_start(*node);
    CHECK(next_seq(*node) == adopted);
    CHECK(adopt(*node, "of-the-house").kind == ledger::Answer::Kind::accepted);
  }
  auto node = started(settings);
  const Seq before = next_seq(*node);
  finish_first_start(*node);
  CHECK(next_seq(*node) == before);
}

TEST_CASE("a ledger that halts before anything was adopted is served for the way out, and adopts after it") {
  test::TempFolder folder;
  auto settings = settings_in(folder.path());
  settings.first_recorded_at = Instant{world::system_clock()->now().us + 86'400'000'000};
  const auto node = started(settings);
  const auto health = [&] { return node->ledger().health(); };
  REQUIRE(health().halt == ledger::Halt::clock_suspect);
  finish_first_start(*node);
  CHECK(health().next_seq == 1);
  const auto data = Tree::object().set("node", "first").set("finding", "was a day ahead");
  auto accept = operator_asks(*node, "accept-clock", data, "a-1", std::nullopt);
  std::promise<ledger::Answer::Kind> accepted;
  accept.answer = [&](const ledger::Answer& answer) { accepted.set_value(answer.kind); };
  node->ledger().accept_clock(std::move(accept));
  REQUIRE(accepted.get_future().get() == ledger::Answer::Kind::accepted);
  finish_first_start(*node);
  CHECK(health().next_seq > 10);
}

TEST_CASE("a ledger does not start with an empty vault, nor with another ledger's") {
  test::TempFolder folder, other_folder;
  auto settings = settings_in(folder.path());
  started(settings).reset();
  started(settings_in(other_folder.path())).reset();
  for (const std::string& wrong : {folder / "empty", other_folder / "vault"}) {
    settings.vault = wrong;
    CHECK_THROWS_WITH(Node(settings, NodeProgress{}), Catch::Contains("does not hold the keys of the ledger chengbei"));
  }
}

TEST_CASE("a backup taken while serving is restored elsewhere and gives the same rows") {
  test::TempFolder folder;
  const auto settings = settings_in(folder.path());
  auto node = started(settings);
  for (int i = 0; i < 20; ++i) adopt(*node, std::to_string(i));
  const Hash before = rows_digest(*node);
  const auto summary = backup(*node, folder / "backup", folder / "backup-vault");
  adopt(*node, "later");
  CHECK(summary.records == 21);
  auto to = settings_in(folder / "elsewhere");
  SECTION("whole") {
    restore(folder / "backup", folder / "backup-vault", to, {});
    auto restored = started(to);
    CHECK(rows_digest(*restored) == before);
    CHECK_THROWS_WITH(restore(folder / "backup", folder / "backup-vault", to, {}), Catch::Contains("not empty"));
  }
  SECTION("damaged: nothing is put in place") {
    for (const auto& entry : fs::directory_iterator(folder / "backup/log"))
      if (entry.file_size() > 1'000'000) {
        std::fstream out(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
        out.seekp(14'000);
        out << std::string(64, '\x55');
      }
    CHECK_THROWS(restore(folder / "backup", folder / "backup-vault", to, {}));
    CHECK_FALSE(fs::exists(to.data));
  }
}

TEST_CASE("a ledger that moved to Kafka is not written at its old place any more") {
  test::TempFolder folder;
  const NodeSettings settings = settings_in(folder.path());
  Seq end = 0;
  {
    Node node(settings, {});
    node.start();
    const auto data = Tree::object().set("log_place", "kafka:c-1").set("topic", "aidledger.ledger.chengbei.v1");
    REQUIRE(ask_and_wait(node, operator_asks(node, "move-ledger", data, "move", {})).kind ==
            ledger::Answer::Kind::accepted);
    end = node.files().head().next_seq;
  }
  Node node(settings, {});
  CHECK_THROWS_WITH(node.start(), Catch::Contains("has moved to kafka:c-1"));
  CHECK(node.files().head().next_seq == end);
}
