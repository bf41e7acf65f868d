// Every stored row is held against what the records give, whether they fit in memory or not.
#include "src/ledger/verifier.hpp"

#include <catch2/catch.hpp>

#include "events/undertakers.hpp"
#include "tests/support/asked.hpp"
#include "tests/support/batch_behind.hpp"
#include "tests/support/memory_world.hpp"
#include "tests/support/rows_over.hpp"

using namespace aidledger;

namespace {

/// Counts the rows that are looked for and found.
struct CountingRows : test::RowsOver {
  std::optional<Bytes> get(BytesView key) const override {
    auto row = RowsOver::get(key);
    found += row ? 1 : 0;
    return row;
  }
  mutable int found = 0;
};

/// A ledger of some hundred rows.
struct World : test::OneNode<> {
  World() {
    for (int i = 0; i < 40; ++i)
      node.ledger->ask(test::asked_by_operator("a-" + std::to_string(i), clock.wall, [](const ledger::Answer&) {}));
    tasks.run();
  }
  /// Another node has recorded it.
  template <class Fact>
  void happens(Fact fact) {
    const Bytes last = *node.record(node.ledger->health().next_seq - 1);
    log.batches.push_back(test::batch_behind(last, {}, std::move(fact)));
    log.wake();
    tasks.run();
  }
  ledger::Verified verify(std::size_t rows_in_memory) {
    const auto rows = node.store->snapshot();
    const auto scratch = [this]() -> store::RowStore& { return ++asked_for_scratch, put_away; };
    return ledger::verify({log, node, rows.get(), scratch, rows_in_memory}, "chengbei", {});
  }
  std::vector<std::pair<Bytes, Bytes>> rows() const {
    std::vector<std::pair<Bytes, Bytes>> out;
    node.store->scan({}, {}, [&](BytesView key, BytesView value) { return out.emplace_back(key, value), true; });
    return out;
  }
  void change(const Bytes& key, const std::optional<Bytes>& value) {
    node.store->commit({{key, value}}, node.store->position());
  }
  CountingRows put_away;
  int asked_for_scratch = 0;
};

}  // namespace

TEST_CASE("rows that follow from the records are sound, in memory and out of it") {
  World w;
  const auto at_most = GENERATE(as<std::size_t>(), 0U, 50, 1'000'000);
  const auto verified = w.verify(at_most);
  CHECK(verified.findings.empty());
  CHECK(verified.records == 41);
  CHECK(verified.rows_compared == w.rows().size());
  CHECK(w.asked_for_scratch == (at_most < 1'000 ? 1 : 0));
}

TEST_CASE("a row that changes again and again is sound, also when it was put aside in between") {
  World w;
  w.happens(UndertakerSuspended{{"u-1"}, "asked"});
  w.happens(QualificationLapsed{{"u-1"}, "L-1", "over"});
  w.happens(PaymentHoldPlaced{{"u-1"}, {}, "asked"});
  CHECK(w.node.ledger->health().next_seq == 44);
  CHECK(w.verify(GENERATE(as<std::size_t>(), 0U, 1'000'000)).findings.empty());
}

TEST_CASE("what was put aside is looked up there, for memory no longer holds it") {
  World w;
  w.happens(UndertakerSuspended{{"u-1"}, "asked"});
  w.happens(QualificationLapsed{{"u-1"}, "L-1", "over"});
  CHECK(w.verify(0).findings.empty());
  CHECK(w.put_away.found > 0);
}

TEST_CASE("a row that differs, is missing or follows from no record is found, wherever it stands") {
  const auto at_most = GENERATE(as<std::size_t>(), 0U, 1'000'000);
  World w;
  const auto rows = w.rows();
  const auto& [key, value] = rows.at(GENERATE_COPY(std::size_t{0}, rows.size() / 2, rows.size() - 1));
  std::string wrong;
  SECTION("differs") { w.change(key, value + "x"), wrong = "is not what the records give"; }
  SECTION("is missing") { w.change(key, std::nullopt), wrong = "is missing"; }
  SECTION("is too much") { w.change(key + "x", value), wrong = "follows from no record"; }
  const auto verified = w.verify(at_most);
  REQUIRE(verified.findings.size() == 1);
  CHECK_THAT(verified.findings[0].what,
             Catch::StartsWith("row " + to_hex(key.substr(0, 47))) && Catch::Contains(wrong));
}
