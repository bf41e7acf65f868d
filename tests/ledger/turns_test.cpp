#include "src/ledger/turns.hpp"

#include <catch2/catch.hpp>

using namespace aidledger;
using namespace aidledger::ledger;

namespace {
log::KeyId key(std::uint8_t first) {
  log::KeyId id{};
  id[0] = first;
  return id;
}
const auto a = key(1), b = key(2), c = key(3);
}  // namespace

TEST_CASE("a writer alone never holds back") {
  Turns turns(a);
  CHECK(turns.wait_us(0) == 0);
  turns.accepted(a, 500, 1'000);
  CHECK(turns.wait_us(1'000) == 0);
  CHECK_FALSE(turns.contended());
}

TEST_CASE("of two busy writers, whose batch was just accepted leaves the other one its turn") {
  Turns at_a(a), at_b(b);
  for (auto* turns : {&at_a, &at_b}) {
    turns->accepted(b, 3, 0);
    turns->accepted(a, 10, 1'000'000);
  }
  CHECK(at_a.contended());
  CHECK(at_a.wait_us(1'000'000) == shortest_turn_us);
  CHECK(at_a.wait_us(1'000'000 + shortest_turn_us) == 0);
  CHECK(at_b.wait_us(1'000'000) == 0);
}

TEST_CASE("three busy writers go round by key") {
  Turns turns(b);
  turns.lost(a, 1);
  turns.lost(c, 1);
  turns.accepted(a, 1, 0);
  CHECK(turns.wait_us(0) == 0);  // after a comes b
  turns.accepted(b, 1, 0);
  CHECK(turns.wait_us(0) > 0);  // then c
  turns.accepted(c, 1, 0);
  CHECK(turns.wait_us(0) > 0);  // then a
  turns.accepted(c, 0, 0);
  turns.accepted(a, 0, 0);  // after a comes b
  CHECK(turns.wait_us(0) == 0);
}

TEST_CASE("two writers that write at the same moment take turns, though their batches leave nothing waiting") {
  Turns at_a(a), at_b(b);
  at_a.accepted(a, 0, 0);
  at_a.lost(b, 1);
  at_b.accepted(a, 0, 0);
  at_b.beaten_by(a);
  CHECK(at_a.wait_us(0) > 0);
  CHECK(at_b.wait_us(0) == 0);
  for (auto* turns : {&at_a, &at_b}) turns->accepted(b, 0, 5'000);
  CHECK(at_a.wait_us(5'000) == 0);
  CHECK(at_b.wait_us(5'000) > 0);
}

TEST_CASE("who lets its turn pass leaves the round") {
  Turns turns(a);
  turns.accepted(b, 3, 0);
  turns.accepted(a, 0, 0);
  CHECK(turns.wait_us(shortest_turn_us) == 0);
  CHECK_FALSE(turns.contended());
  turns.accepted(a, 0, shortest_turn_us);
  CHECK(turns.wait_us(shortest_turn_us) == 0);
}

TEST_CASE("a turn is left for twice as long as our own batch took, within bounds") {
  Turns turns(a);
  turns.accepted(b, 1, 0);
  turns.begun(0);
  turns.accepted(a, 1, 60'000);
  CHECK(turns.wait_us(60'000) == 120'000);
  turns.begun(60'000);
  turns.accepted(a, 1, 5'000'000);
  CHECK(turns.wait_us(5'000'000) == longest_turn_us);
}

TEST_CASE("who comes too late is left three times as long, and a little less with each batch of our own") {
  Turns turns(a);
  turns.accepted(a, 1, 0);
  SECTION("its batch was in vain") { turns.lost(b, 1); }
  SECTION("ours was, for its batch had been on its way") { turns.beaten_by(b); }
  CHECK(turns.wait_us(0) == 3 * shortest_turn_us);
  turns.begun(0);
  turns.accepted(a, 1, 10'000);
  CHECK(turns.wait_us(10'000) == 3 * shortest_turn_us - 3 * shortest_turn_us / 32);
  for (int i = 0; i < 3; ++i) turns.lost(b, 1);
  CHECK(turns.wait_us(10'000) == longest_turn_us);
}

TEST_CASE("two who wait for a third do not go at the same moment") {
  Turns at_a(a), at_c(c);
  for (auto* turns : {&at_a, &at_c}) {
    turns->accepted(c, 1, 0);
    turns->accepted(b, 1, 0);
    turns->accepted(a, 1, 0);
  }
  CHECK(at_c.wait_us(shortest_turn_us) == 0);  // b has let its turn pass
  CHECK(at_a.wait_us(shortest_turn_us) == shortest_turn_us);
}

TEST_CASE("for whom another no longer waits, nobody waits longer: slow ones would never have their turn") {
  Turns slow(c);
  slow.begun(0);
  slow.accepted(c, 1, longest_turn_us);
  slow.lost(a, 1);
  slow.lost(b, 1);
  slow.accepted(a, 1, 600'000);
  CHECK(slow.wait_us(600'000) == longest_turn_us);  // for b
  slow.accepted(a, 1, 620'000);                     // a did not wait for b any longer
  CHECK(slow.wait_us(620'000) == 0);
}
