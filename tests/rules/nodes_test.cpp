// Whose batches count: a key takes two people to enrol and one to revoke, and somebody can always write.
#include "src/rules/governance.hpp"
#include "tests/support/casework.hpp"

using namespace aidledger;
using namespace aidledger::rules;
using namespace aidledger::testing;

namespace {

const std::string key_a(32, 'a'), key_b(32, 'b'), public_key(64, '1');
Actor operator_1() { return actor("op-1", {Role::operator_}); }

Given opened() {
  Given given;
  given.events(LedgerOpened{"city", "Asia/Shanghai", "kafka:c", key_a, public_key, LedgerPurpose::production});
  return given;
}

const ProposeWriterKey propose_b{{"p-1"}, key_b, public_key, "node-b"};

Given with_two_keys() {
  Given given = opened();
  given.as(operator_1()).when(propose_b).as(director()).when(ConfirmWriterKey{{"p-1"}, key_b});
  return given;
}

}  // namespace

TEST_CASE("a writer key is enrolled by two people, the second seeing the key that the first named") {
  opened()
      .as(operator_1())
      .when(propose_b)
      .then<WriterKeyProposed>([](const auto& e) { CHECK(e.proposed_by == "op-1"); })
      .when(ConfirmWriterKey{{"p-1"}, key_b})
      .refused(same_person)
      .as(director())
      .when(ConfirmWriterKey{{"p-1"}, key_a})
      .refused(wrong_state)
      .when(ConfirmWriterKey{{"p-1"}, key_b})
      .then<WriterKeyEnrolled>([](const auto& e) { CHECK(e.node == "node-b"); })
      .when(ConfirmWriterKey{{"p-1"}, key_b})
      .refused(already_exists);
}

TEST_CASE("what is no key is not proposed, nor is a key twice") {
  with_two_keys()
      .as(operator_1())
      .when(ProposeWriterKey{{"p-2"}, "xyz", public_key, "node-c"})
      .refused(bad_text)
      .when(ProposeWriterKey{{"p-2"}, key_b, public_key, "node-c"})
      .refused(already_exists)
      .when(ConfirmWriterKey{{"p-9"}, key_b})
      .refused(not_found);
}

TEST_CASE("one person revokes a key at once, but never the last one") {
  with_two_keys()
      .as(operator_1())
      .when(RevokeWriterKey{key_b, "its machine was stolen"})
      .then<WriterKeyRevoked>()
      .look([](const State& state) { CHECK(state.get<WriterKeyRow>(key_b)->revoked); })
      .when(RevokeWriterKey{key_b, "again"})
      .refused(key_not_enrolled)
      .when(RevokeWriterKey{key_a, "and this"})
      .refused(last_writer_key);
}

TEST_CASE("a node whose key is revoked cannot claim the feed") {
  with_two_keys()
      .as(actor("clock", {Role::clock}))
      .when(ClaimFeed{"node-b", key_b})
      .then<FeedClaimed>()
      .as(director())
      .when(RevokeWriterKey{key_b, "retired"})
      .as(actor("clock", {Role::clock}))
      .when(ClaimFeed{"node-b", key_b})
      .refused(key_not_enrolled)
      .look([](const State& state) { CHECK(state.get<FeedClaimRow>("")->node == "node-b"); });
}

TEST_CASE("a claim that does not know of the last one is refused") {
  with_two_keys()
      .as(actor("clock", {Role::clock}))
      .when(ClaimFeed{"node-a", key_a, 7})
      .refused(wrong_state)
      .when(ClaimFeed{"node-a", key_a, 0})
      .then<FeedClaimed>()
      .when(ClaimFeed{"node-b", key_b, 0})
      .refused(wrong_state)
      .look([](const State& state) { CHECK(state.get<FeedClaimRow>("")->node == "node-a"); });
}

TEST_CASE("a ledger moves to Kafka once") {
  opened()
      .as(operator_1())
      .when(MoveLedger{"embedded", ""})
      .refused(wrong_state)
      .when(MoveLedger{"kafka:d", "aidledger.ledger.city.v1"})
      .then<LedgerMoved>()
      .when(MoveLedger{"kafka:d", "aidledger.ledger.city.v1"})
      .refused(wrong_state);
}
