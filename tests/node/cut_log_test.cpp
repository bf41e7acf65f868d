// A node that was away while its log lost what had been read of it: it holds more than the log shows, says so, and
// appends nothing.
#include <catch2/catch.hpp>

#include "tests/support/signed_node.hpp"

using namespace aidledger;
using aidledger::test::SignedNode;
using ledger::Answer;
using ledger::Halt;

TEST_CASE("a log that shows again what is held is gone on with") {
  SignedNode n;
  n.ask("a-1");
  n.ask("a-2");
  n.stop();
  n.start();
  n.ask("a-3");
  CHECK(n.halt_after(30) == Halt::none);
  REQUIRE(n.answers.size() == 3);
  CHECK(n.answers[2].receipt.seq == 3);
}

TEST_CASE("where a node without a note met again what it holds is noted: the next start reads on there") {
  SignedNode n;
  n.ask("a-1");
  n.ask("a-2");
  const Seq held = n.ledger->health().next_seq;
  const Bytes all = n.in_one_batch();
  n.stop();
  SECTION("in the batches that are held") {}
  SECTION("in other batches, as a repair appends them") { n.log.batches = {all}; }
  SECTION("in a copy of another node's files") { n.copied_up_to = n.place_of_the_last(); }
  n.start();
  n.end();
  n.copied_up_to.reset();
  n.start();
  const auto noted = n.copy->noted();
  REQUIRE(noted);
  CHECK(noted->at == n.place_of_the_last());
  CHECK(noted->frame == world::sha256(n.log.batches[noted->at.value]));
  CHECK(n.log.first_read == noted->at);
  n.ask("a-3");
  CHECK(n.halt_after(30) == Halt::none);
  CHECK(n.answers.back().receipt.seq == held);
}

TEST_CASE("a log that ends before it has shown what is held halts, and takes nothing until then") {
  SignedNode n;
  n.ask("a-1");
  n.ask("a-2");
  n.stop();
  const Bytes lost = n.log.batches.back();
  n.log.batches.pop_back();
  n.start();
  const int appends = n.log.appends;
  n.ask("a-3");
  CHECK(n.halt_after(19) == Halt::none);
  SECTION("brokers that showed an old end are believed when they show the rest") {
    n.log.batches.push_back(lost);
    n.log.wake();
    CHECK(n.halt_after(30) == Halt::none);
    REQUIRE(n.answers.size() == 3);
    CHECK(n.answers[2].receipt.seq == 3);
  }
  SECTION("else it halts") {
    CHECK(n.halt_after(2) == Halt::log_diverged);
    REQUIRE(n.answers.size() == 3);
    CHECK(n.answers[2].kind == Answer::Kind::unavailable);
    CHECK(n.log.appends == appends);
  }
}

TEST_CASE("a log that goes on behind records that are held, and lacks them, halts at once") {
  SignedNode n;
  n.ask("a-1");
  n.ask("a-2");
  const Bytes behind = n.batch_behind(3);
  n.stop();
  n.log.batches.back() = behind;
  n.start();
  CHECK(n.ledger->health().halt == Halt::log_diverged);
}

TEST_CASE("what a log has lost is put back from a copy, as it came") {
  SignedNode n;
  n.ask("a-1");
  n.ask("a-2");
  const auto whole = n.log.batches;
  CHECK(n.met() == 3);
  n.log.batches.resize(whole.size() - 2);
  CHECK(n.met() == 1);
  for (Seq seq = 1; seq < 3; ++seq) n.log.batches.push_back(batch_from(seq, n.held()));
  CHECK((n.log.batches == whole));  // no bytes on the screen
}

TEST_CASE("a copy that holds less than the log finds nothing missing") {
  SignedNode n;
  n.ask("a-1");
  n.log.batches.push_back(n.batch_behind(2));
  CHECK(n.met() == 3);
}

TEST_CASE("a log that began otherwise, went another way or has a hole cannot be completed") {
  SignedNode n;
  n.ask("a-1");
  const Bytes other = n.batch_behind(2);
  n.ask("a-2");
  SECTION("nothing of the ledger at its beginning") {
    n.log.batches.erase(n.log.batches.begin(), n.log.batches.end() - 2);
  }
  SECTION("another record 2") { n.log.batches.back() = other; }
  SECTION("no record 1") { n.log.batches.erase(n.log.batches.end() - 2); }
  CHECK_THROWS_AS(n.met(), OtherHistory);
}

TEST_CASE("a node that starts on a poison in its copy goes on to judge by signatures") {
  SignedNode n;
  n.ask("a-1");
  n.lands(n.batch_behind(2, true));
  CHECK(n.ledger->health().halt == Halt::poison);
  n.stop();
  n.start();
  REQUIRE(n.ledger->poisoned());
  const auto poisoned = *n.ledger->poisoned();
  const PoisonPassed pass{2, to_hex(view_of(poisoned.hash)), "op-1", "dir-1", "nobody signed this"};
  const Bytes unsigned_pass = ledger::pass_frame(pass, poisoned.after, "chengbei", n.key.id(), n.clock.now(), n.random);
  n.lands(unsigned_pass);
  CHECK(n.ledger->health().halt == Halt::poison);
  n.lands(log::with_signature(unsigned_pass, n.key.sign(log::signed_part(unsigned_pass).part)));
  CHECK(n.ledger->health().halt == Halt::none);
  CHECK(n.ledger->view().next_seq() == 4);
}
