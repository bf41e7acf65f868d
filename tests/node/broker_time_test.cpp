// A node on Kafka compares its clock with the broker's before it dates anything.
#include <catch2/catch.hpp>

#include "tests/support/signed_node.hpp"

using namespace aidledger;
using aidledger::test::second_us;
using aidledger::test::SignedNode;
using ledger::Answer;
using ledger::Halt;

namespace {

constexpr std::int64_t hour_us = 3600 * second_us;

/// The batches behind record 0 that a reader does not hold already.
std::size_t decided(const SignedNode& n) { return n.files->head().next_seq - 1; }

}  // namespace

TEST_CASE("a node whose clock is an hour off is CLOCK_SUSPECT before anybody asks, and dates nothing") {
  SignedNode n;
  n.stop();
  n.log.clock_is_ahead_us = GENERATE(-hour_us, hour_us);  // a value first: behind a name all would be references
  n.start();
  CHECK(n.ledger->health().halt == Halt::clock_suspect);
  n.ask("a-1");
  REQUIRE(n.answers.size() == 1);
  CHECK(n.answers[0].kind == Answer::Kind::unavailable);
  CHECK(decided(n) == 0);
}

TEST_CASE("a node whose clock is right asks the broker once, and again after a day") {
  SignedNode n;
  const int asked = n.log.appends;
  CHECK(asked == 1);
  n.ask("a-1");
  n.ask("a-2");
  CHECK(decided(n) == 2);
  CHECK(n.log.appends == asked + 2);
  n.tasks->pass(24 * hour_us);
  n.ask("a-3");
  CHECK(decided(n) == 3);
  CHECK(n.log.appends == asked + 4);
  CHECK(n.ledger->health().voids.losers + n.ledger->health().voids.foreign == 0);
}

TEST_CASE("an answer that takes more than a minute is no answer") {
  SignedNode n;
  n.stop();
  n.log.held = true;
  n.start();
  n.ask("a-1");
  n.tasks->pass(61 * second_us);
  n.log.clock_is_ahead_us = 5 * 60 * second_us + 30 * second_us;
  n.log.release();
  n.tasks->run();
  CHECK(n.halt_after(6) == Halt::clock_suspect);
  CHECK(decided(n) == 0);
}

TEST_CASE("a question that the log has lost is asked again") {
  SignedNode n;
  n.stop();
  n.log.lose_next = n.log.unknown_next = true;
  n.start();
  n.ask("a-1");
  CHECK(n.answers.empty());
  n.tasks->pass(second_us);
  REQUIRE(n.answers.size() == 1);
  CHECK(n.answers[0].receipt.seq == 1);
}

TEST_CASE("what others write tells a clock that is behind") {
  SignedNode n;
  n.log.times[n.log.batches.size()] = {n.clock.wall.us + hour_us};
  n.lands(n.batch_behind(1));
  CHECK(n.ledger->health().halt == Halt::clock_suspect);
}

TEST_CASE("the word that passes over a poison is dated by a clock that was compared, as any record") {
  SignedNode n;
  n.ask("a-1");
  n.log.batches.push_back(n.batch_behind(2, true));
  n.stop();
  const bool off = GENERATE(false, true);
  n.log.clock_is_ahead_us = off ? hour_us : 0;
  n.start();
  CHECK(n.ledger->health().halt == Halt::poison);
  const int appends = n.log.appends;
  const auto poisoned = n.ledger->poisoned();
  REQUIRE(poisoned);
  std::string why_not = "not told";
  n.ledger->pass_poison({poisoned->seq, to_hex(view_of(poisoned->hash)), "op-1", "dir-1", "a disk wrote it"},
                        [&](const std::string& told) { why_not = told; });
  n.tasks->run();
  CHECK(why_not.starts_with("CLOCK_SUSPECT") == off);
  CHECK(n.log.appends == appends + (off ? 1 : 2));
  CHECK(n.ledger->health().halt == (off ? Halt::poison : Halt::none));
}

TEST_CASE("the word that passes over a poison waits until the log has answered the question for its time") {
  SignedNode n;
  n.ask("a-1");
  n.log.batches.push_back(n.batch_behind(2, true));
  n.stop();
  n.log.answers_late = true;  // what was appended is read before the log says so
  n.start();
  const auto poisoned = n.ledger->poisoned();
  REQUIRE(poisoned);
  std::string why_not = "not told";
  n.ledger->pass_poison({poisoned->seq, to_hex(view_of(poisoned->hash)), "op-1", "dir-1", "a disk wrote it"},
                        [&](const std::string& told) { why_not = told; });
  n.tasks->run();
  n.log.answer();
  n.tasks->run();
  CHECK(why_not.empty());
  CHECK(n.ledger->health().halt == Halt::none);
  n.ask("a-2");  // and what is asked waits until the word has been answered
  n.log.answer();
  n.tasks->run();
  n.log.answer();
  n.tasks->run();
  CHECK(n.answers.size() == 2);
}
