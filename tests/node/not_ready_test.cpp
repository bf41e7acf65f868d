// A node says what keeps it from taking actions, and marks its reads where the log may hold more than they show.
#include "src/not_ready.hpp"

#include <catch2/catch.hpp>

#include "tests/support/signed_node.hpp"

using namespace aidledger;
using aidledger::test::SignedNode;
using ledger::Halt;

namespace {

ledger::Health caught_up() {
  ledger::Health health;
  health.caught_up = health.at_end = true;
  health.next_seq = health.folded_to = 7;
  health.read_to = health.log_end = {5};
  return health;
}

std::string code(const ledger::Health& health, const std::string& log_failing = {}, std::int64_t now_us = 0) {
  const auto no = not_ready(health, log_failing, now_us);
  return no ? no->code : "";
}

}  // namespace

TEST_CASE("a node that has read its log to the end is ready") { CHECK(code(caught_up()).empty()); }

TEST_CASE("a new node is not, however little there is, and says how far it is") {
  ledger::Health health;
  CHECK(code(health) == catching_up);
  CHECK_THAT(not_ready(health, "", 0)->why, Catch::Contains("0 records, offset 0 of an end that is not known yet"));
  health.folded_to = 1'200'000, health.read_to = {1'204}, health.log_end = {10'016};
  CHECK_THAT(not_ready(health, "", 0)->why, Catch::EndsWith("1200000 records, offset 1204 of 10016"));
}

TEST_CASE("a node may be ten seconds behind its log, no longer") {
  auto health = caught_up();
  health.behind_since_us = 1'000'000;
  CHECK(code(health, "", 1'000'000 + ledger::most_lag_us).empty());
  CHECK(code(health, "", 1'000'001 + ledger::most_lag_us) == catching_up);
}

TEST_CASE("a halt goes before everything else; a suspect clock alone leaves the reads as they are") {
  auto health = caught_up();
  CHECK(code(health, "no broker answers") == log_unreachable);
  health.blocked = "log/0: No space left on device";
  CHECK(code(health, "no broker answers") == disk_failing);
  health.halt = Halt::log_diverged;
  CHECK(code(health, "no broker answers") == "LOG_DIVERGED");
  CHECK(not_ready(health, "", 0)->stale);
  health.halt = Halt::clock_suspect;
  CHECK_FALSE(not_ready(health, "", 0)->stale);
}

TEST_CASE("a log that is this node's own files holds no more than is read, also when their disk is full") {
  const auto no = not_ready(caught_up(), "the disk is full: no space", 0, LogLies::here);
  REQUIRE(no);
  CHECK(no->code == disk_failing);
  CHECK_FALSE(no->stale);
}

TEST_CASE("how long a node has been behind counts from when the log held what it has not read") {
  SignedNode n;
  n.ask("a-1");
  CHECK(n.ledger->health().caught_up);
  CHECK_FALSE(n.ledger->health().behind_since_us);
  n.ledger->halt(Halt::log_unfit, "retention.ms=1000");
  n.tasks->pass(test::second_us);
  n.lands(n.batch_behind(2));
  const auto since_us = n.clock.monotonic;
  n.halt_after(15);
  const auto health = n.ledger->health();
  REQUIRE(health.behind_since_us);
  CHECK(since_us - *health.behind_since_us <= test::second_us);
  CHECK(lag_us(health, n.clock.monotonic) >= 15 * test::second_us);
  n.ledger->go_on();
  n.tasks->run();
  CHECK_FALSE(n.ledger->health().behind_since_us);
  CHECK(n.ledger->health().caught_up);
}
