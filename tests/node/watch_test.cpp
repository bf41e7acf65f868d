// What a service says of a node in its own log.
#include "src/watch.hpp"

#include <catch2/catch.hpp>

#include "src/catching_up.hpp"

using namespace aidledger;
using ledger::Halt;
using Lines = std::vector<std::string>;

namespace {

constexpr std::int64_t second_us = 1'000'000;

/// A watched node: what is so is set, and time passes a second at a time.
struct Watched {
  Lines pass(int seconds) {
    Lines all;
    for (int i = 0; i < seconds; ++i) {
      now_us += second_us;
      for (auto& line : watch.look(health, not_ready(health, log_failing, now_us), vault, intruders, now_us))
        all.push_back(std::move(line));
    }
    return all;
  }

  ledger::Health health;
  std::string log_failing, vault;
  Intruders intruders;
  Watch watch{"north"};
  std::int64_t now_us = 0;
};

Watched caught_up() {
  Watched node;
  node.health.caught_up = node.health.at_end = true;
  return node;
}

}  // namespace

TEST_CASE("of a node that is well nothing is said, nor of one that begins") {
  CHECK(caught_up().pass(100).empty());
  CHECK(Watched().pass(100).empty());
}

TEST_CASE("brokers that are away are said once, and once that actions are taken again") {
  auto node = caught_up();
  CHECK(node.pass(5).empty());
  node.log_failing = "no broker answers";
  CHECK(node.pass(50) == Lines{"ledger north takes no actions: LOG_UNREACHABLE: no broker answers"});
  node.log_failing = "";
  CHECK(node.pass(50) == Lines{"ledger north takes actions again"});
}

TEST_CASE("of a node that has taken none since its start it is not said that it takes actions again") {
  Watched node;
  node.log_failing = "no broker answers";
  CHECK(node.pass(5).size() == 1);
  node.log_failing = "";
  node.health.caught_up = node.health.at_end = true;
  CHECK(node.pass(50) == Lines{"ledger north takes actions"});
  node.log_failing = "no broker answers";
  CHECK(node.pass(5).size() == 1);
  node.log_failing = "";
  CHECK(node.pass(50) == Lines{"ledger north takes actions again"});
}

TEST_CASE("what passes at once is not said") {
  auto node = caught_up();
  node.log_failing = "no broker answers";
  CHECK(node.pass(1).empty());
  node.log_failing = "";
  CHECK(node.pass(50).empty());
}

TEST_CASE("another reason for the same state is said, not more often than once a minute") {
  auto node = caught_up();
  Lines lines;
  for (int i = 0; i < 90; ++i) {
    node.log_failing = i % 2 == 0 ? "no broker answers" : "the topic is not there";
    for (auto& line : node.pass(1)) lines.push_back(std::move(line));
  }
  CHECK(lines.size() == 2);
}

TEST_CASE("a halt is said at once, whatever was said before") {
  auto node = caught_up();
  node.health.halt = Halt::log_diverged;
  node.health.why = "the log ends early";
  CHECK(node.pass(1) == Lines{"ledger north is halted: LOG_DIVERGED: the log ends early"});
  CHECK(node.pass(50).empty());
}

TEST_CASE("batches that nobody enrolled signed raise an alarm at once, and again each minute while more come") {
  auto node = caught_up();
  node.intruders = {1, {17}, 0};
  CHECK(node.pass(1) == Lines{"ALARM: batches that no enrolled key signed lie in the log of north: 1 since the start, "
                              "the last at offset 17; they are void: see who may write to its topic"});
  CHECK(node.pass(100).empty());
  Lines lines;
  for (std::uint64_t i = 2; i < 122; ++i) {
    node.intruders.batches = i;
    for (auto& line : node.pass(1)) lines.push_back(std::move(line));
  }
  CHECK(lines.size() == 2);
}

TEST_CASE("a vault in trouble is said once, and once that it is well; not beside brokers that are away") {
  auto node = caught_up();
  CHECK(node.pass(5).empty());
  node.vault = "there is no topic";
  CHECK(node.pass(1).empty());
  CHECK(node.pass(50) == Lines{"the vault of north is in trouble: there is no topic"});
  node.vault = "";
  CHECK(node.pass(50) == Lines{"the vault of north is well again"});
  node.log_failing = node.vault = "no broker answers";
  CHECK(node.pass(50) == Lines{"ledger north takes no actions: LOG_UNREACHABLE: no broker answers"});
}

TEST_CASE("entries of the vault's topic that do not open raise an alarm of their own") {
  auto node = caught_up();
  node.intruders.vault_entries = 3;
  const auto lines = node.pass(30);
  REQUIRE(lines.size() == 1);
  CHECK_THAT(lines.front(),
             Catch::StartsWith("ALARM: entries that our key does not open lie in the vault's topic of north: 3"));
}

TEST_CASE("a node that reads its log from where it was says where it begins, how far it is, and the end") {
  ledger::Health health;
  health.folded_to = 100;
  Lines lines;
  CatchingUp reading("north", health, 0, [&](const std::string& line) { lines.push_back(line); }, {});
  health.folded_to = 1'100, health.read_to = {11}, health.log_end = {20};
  reading.look(health, say_every_us - 1);
  reading.look(health, say_every_us);
  health.caught_up = true;
  health.next_seq = 2'000;
  reading.look(health, 2 * say_every_us);
  reading.look(health, 9 * say_every_us);
  CHECK(lines == Lines{"reading the log of north: 100 records are held here",
                       "reading the log of north: 1100 records, offset 11 of 20, 100 records/s",
                       "the end of the log of north is reached: 2000 records after 20 s"});
}
