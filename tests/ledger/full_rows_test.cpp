// The rows have no room for a while, though the log and its copy have.
#include <catch2/catch.hpp>

#include "tests/ledger/node_with_copy.hpp"
#include "tests/support/rows_over.hpp"

using namespace aidledger;
using ledger::Answer;
using test::timekeeper_us;

namespace {

/// Takes what it is given as far as memory goes, and then says that there was no room.
class FillingStore : public test::RowsOver {
 public:
  void commit(const std::vector<store::RowChange>& changes, BytesView position) override {
    look_for_room();
    RowsOver::commit(changes, position);
  }
  void ingest(const store::SortedRows& rows, BytesView position) override {
    if (full) rows([](BytesView, std::optional<BytesView>) {});
    look_for_room();
    RowsOver::ingest(rows, position);
  }
  void flush() override { look_for_room(); }

  bool full = false;

 private:
  void look_for_room() const {
    if (full) throw store::Full("rows: commit: No space left on device");
  }
};

std::map<Bytes, Bytes> all_rows(const store::RowReader& rows) {
  std::map<Bytes, Bytes> all;
  rows.scan({}, {}, [&](BytesView key, BytesView value) { return all.emplace(key, value).second; });
  return all;
}

struct NodeWithCopy : test::NodeWithCopy {
  /// Reads the log from its beginning, into rows that may be full already.
  void open_anew(bool full) {
    auto filling = std::make_unique<FillingStore>();
    rows = filling.get();
    rows->full = full;
    copy = {};
    node.close();
    node.store = std::move(filling);
    node.open();
  }

  FillingStore* rows = nullptr;
};

}  // namespace

TEST_CASE("what the rows have no room for is answered once there is room, once") {
  NodeWithCopy w;
  w.open_anew(false);
  w.rows->full = true;
  w.ask("in the log, not in the rows");
  CHECK(w.answers.empty());
  CHECK_THAT(w.node.ledger->health().blocked, Catch::Contains("No space left"));
  CHECK(w.node.ledger->view().next_seq() == 1);
  w.ask("turned away");
  CHECK(w.answers == std::vector{Answer::Kind::unavailable});

  w.tasks.pass(timekeeper_us);
  CHECK_FALSE(w.node.ledger->health().blocked.empty());
  w.rows->full = false;
  w.tasks.pass(timekeeper_us);
  CHECK(w.node.ledger->health().blocked.empty());
  CHECK(w.answers == std::vector{Answer::Kind::unavailable, Answer::Kind::accepted});
  CHECK(w.node.ledger->view().next_seq() == 2);
}

TEST_CASE("a node that reads from the beginning and has no room for the rows holds the same ones in the end") {
  NodeWithCopy w;
  for (int i = 0; i < 300; ++i) w.ask("a" + std::to_string(i));
  const auto as_before = all_rows(*w.node.store);
  w.open_anew(true);
  CHECK_FALSE(w.node.ledger->health().blocked.empty());
  CHECK(w.node.ledger->view().next_seq() == 0);
  w.rows->full = false;
  w.tasks.pass(timekeeper_us);
  w.tasks.pass(timekeeper_us);
  CHECK(w.node.ledger->health().blocked.empty());
  CHECK(all_rows(*w.rows) == as_before);
}
