// What is folded ahead of the log's word is what the log's word makes of it, or it is nothing.
#include "src/ledger/foresight.hpp"

#include <catch2/catch.hpp>

#include "tests/support/signed_node.hpp"

using namespace aidledger;
using ledger::Foresight;

namespace {

/// A node that has read record 0, and whoever judges batches as it does.
struct World : test::SignedNode {
  World() {
    bench.ledger = "chengbei";
    bench.signed_batches = true;
    bench.enrolled = [this](const log::KeyId&) { return std::optional(key.public_key()); };
    bench.hash_at = [this](Seq seq) { return world::sha256(*records->record(seq)); };
  }
  ledger::Head head() const { return *ledger::decode_head(store->position()); }
  std::optional<Foresight> ahead(const Bytes& batch) const {
    return Foresight::of(batch, head(), ledger::StoredRows(*store), bench);
  }
  std::map<Bytes, Bytes> rows() const {
    std::map<Bytes, Bytes> all;
    store->scan({}, {}, [&](BytesView key, BytesView value) { return all.emplace(key, value), true; });
    return all;
  }
  /// Of a node that was told nothing ahead.
  std::map<Bytes, Bytes> rows_folded_anew() {
    stop();
    start();
    return rows();
  }

  ledger::Bench bench;
};

}  // namespace

TEST_CASE("a batch comes true when it is read, byte for byte, behind the record that it was folded on") {
  World w;
  const Bytes batch = w.batch_behind(1);
  const auto seen = w.ahead(batch);
  REQUIRE(seen);
  CHECK(seen->head.next_seq == 2);
  CHECK(seen->batch.records.size() == 1);
  CHECK(seen->comes_true(batch, w.head()));
  CHECK_FALSE(seen->comes_true(batch + '\0', w.head()));
  CHECK_FALSE(seen->comes_true(batch, seen->head));
}

TEST_CASE("nothing is seen ahead of a batch that will not be accepted, or that cannot be folded") {
  World w;
  CHECK_FALSE(w.ahead(log::with_signature(w.batch_behind(1), Bytes(log::signature_bytes, 'x'))));
  CHECK_FALSE(w.ahead(w.log.batches.front()));
  CHECK_FALSE(w.ahead(w.batch_behind(1, true)));
}

TEST_CASE("while a batch is on its way nothing shows what it will change") {
  World w;
  const auto before = w.rows();
  w.ask("a-0");  // the clock is compared first
  w.log.held = true;
  w.ask("a-1");
  CHECK(w.ledger->health().next_seq == 2);
  w.log.release();
  w.tasks->run();
  CHECK(w.ledger->health().next_seq == 3);
  CHECK(w.answers.size() == 2);
  const auto rows = w.rows();
  CHECK(rows.size() > before.size());
  CHECK(rows == w.rows_folded_anew());
}

TEST_CASE("another's batch comes first: what was seen ahead leaves no trace") {
  World w;
  w.ask("a-0");
  w.log.held = true;
  w.ask("a-1");
  w.lands(w.batch_behind(2));
  w.log.release();
  for (int i = 0; i < 10; ++i) w.tasks->pass(test::second_us / 10);
  CHECK(w.ledger->health().next_seq == 4);
  CHECK(w.answers.size() == 2);
  CHECK(w.rows() == w.rows_folded_anew());
}
