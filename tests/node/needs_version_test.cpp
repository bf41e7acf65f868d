// A signed batch of a newer program halts NEEDS_VERSION: nothing behind it is read, what is there can be read, and only
// the program that knows it goes on.
#include <catch2/catch.hpp>

#include "tests/support/signed_node.hpp"

using namespace aidledger;
using aidledger::test::SignedNode;
using ledger::Answer;
using ledger::Halt;

namespace {

constexpr std::size_t version_at = 0, catalogue_at = 1;  // src/log/frame.hpp

/// The same batch as a newer program would write it.
Bytes newer(Bytes batch, std::size_t byte, const vault::WriterKey& key) {
  ++batch[byte];
  return log::with_signature(batch, key.sign(log::signed_part(batch).part));
}

}  // namespace

TEST_CASE("a signed batch of a newer frame or catalogue halts the node, and nothing behind it counts") {
  SignedNode n;
  n.ask("a-1");
  const Bytes known = n.batch_behind(2);
  n.lands(newer(known, GENERATE(version_at, catalogue_at), n.key));
  n.lands(known);
  const auto health = n.ledger->health();
  CHECK(health.halt == Halt::needs_version);
  CHECK_THAT(health.why, Catch::Contains("this program knows frame 1"));
  CHECK(n.ledger->view().next_seq() == 2);
  CHECK(n.ledger->record(1));

  n.ask("a-2");
  CHECK(n.answers.back().kind == Answer::Kind::unavailable);
  CHECK_THAT(n.answers.back().detail, Catch::Contains("NEEDS_VERSION"));
}

TEST_CASE("a start does not get over a batch of a newer program either") {
  SignedNode n;
  n.ask("a-1");
  n.lands(newer(n.batch_behind(2), catalogue_at, n.key));
  n.stop();
  n.start();
  CHECK(n.ledger->health().halt == Halt::needs_version);
  CHECK(n.ledger->view().next_seq() == 2);
}

TEST_CASE("nobody else can halt a node with a version that it does not know") {
  SignedNode n;
  n.ask("a-1");
  const Bytes known = n.batch_behind(2);
  test::CountingRandom random;
  vault::MemoryVault elsewhere;
  random.bytes(100);
  const vault::WriterKey stranger(elsewhere, random, "stranger");
  n.lands(newer(known, catalogue_at, stranger));
  Bytes unsigned_batch = known;
  ++unsigned_batch[catalogue_at];
  n.lands(unsigned_batch);
  CHECK(n.ledger->health().halt == Halt::none);
  CHECK(n.ledger->health().voids.foreign == 2);
  n.ask("a-2");
  CHECK(n.answers.back().receipt.seq == 2);
}
