// The past is answered from the rows of today: what was known after any record is what a ledger that ended there says.
#include <catch2/catch.hpp>

#include "projections/cases.hpp"
#include "projections/deadlines.hpp"
#include "projections/standing.hpp"
#include "src/ledger/queries.hpp"
#include "src/ledger/stored_rows.hpp"
#include "src/store/memory_row_store.hpp"
#include "tests/projections/histories.hpp"

using namespace aidledger;
using namespace aidledger::ledger;
using namespace aidledger::projections::testing;

namespace {

/// Rows as a node keeps them: committed record by record.
struct Stored {
  explicit Stored(const History& history) {
    const StoredRows now(*store);
    for (const auto& record : history.records()) {
      Layer rows(now);
      Versions versions;
      projections::fold_record(rows, record);
      rows.take_fresh([&](const Layer::Change& change) { versions.note(change, record.header.seq); });
      store->ingest(
          [&](const store::RowSink& sink) {
            rows.take_changes([&](const Layer::Change& change) { give_current(change, sink); });
            versions.take(sink);
          },
          "somewhere");
    }
  }
  std::unique_ptr<store::RowStore> store = store::memory_row_store();
};

Queries queries(const Rows& rows, const History& history, Seq next_seq) {
  const auto record = [&](Seq seq) -> std::optional<Record> { return history.records().at(seq); };
  return Queries({rows, next_seq, date_of(2024, 6, 1), record});
}

std::string cursor_of(const Found& found) {
  const Tree* next = found ? found->find("next") : nullptr;
  return next != nullptr ? *next->as_string() : std::string();
}

/// The rows of all pages of a list: where a page ends is nobody's business.
template <class Ask>
void add_pages(std::vector<Tree>& out, Ask ask) {
  std::string cursor;
  do {
    const Found found = ask(Page{3, cursor});
    REQUIRE(found);
    for (const auto& item : *found->find("items")->as_list()) out.push_back(item);
    cursor = cursor_of(found);
  } while (!cursor.empty());
}

/// Everything that can be asked.
std::vector<Tree> answers(const Queries& ask) {
  std::vector<Tree> out;
  const auto add = [&](const Found& found) { out.push_back(found ? *found : Tree("none")); };
  add_pages(out, [&](const Page& page) { return ask.undertakers({}, page); });
  add_pages(out, [&](const Page& page) { return ask.cases({}, page); });
  add_pages(out, [&](const Page& page) { return ask.subsidies({}, page); });
  add_pages(out, [&](const Page& page) { return ask.deadlines({}, page); });
  add_pages(out, [&](const Page& page) { return ask.deadlines({.due_from = date_of(2024, 5, 1)}, page); });
  add_pages(out, [&](const Page& page) { return ask.unwatched_steps(page); });
  add(ask.statistics());
  for (int n = 0; n < 6; ++n) {
    const std::string number = std::to_string(n);
    add(ask.undertaker("undertaker-" + number));
    add(ask.case_("case-" + number));
    add(ask.subsidy("case-" + number));
    add(ask.explain("case", "case-" + number));
    add(ask.explain("undertaker", "undertaker-" + number));
    if (ask.case_("case-" + number))
      add_pages(out, [&](const Page& page) { return ask.timeline("case-" + number, page); });
    add_pages(out, [&](const Page& page) { return ask.deadlines({.undertaker = "undertaker-" + number}, page); });
  }
  return out;
}

}  // namespace

TEST_CASE("what was known after any record is what a ledger that ended there says") {
  const History history = random_history(11, 60);
  const Stored stored(history);
  Layer until(no_rows());
  for (const auto& record : history.records()) {
    const Seq seq = record.header.seq;
    projections::fold_record(until, record);
    const RowsKnownAt then(*stored.store, seq);
    INFO("known at " << seq);
    CHECK((answers(queries(then, history, seq + 1)) == answers(queries(until, history, seq + 1))));
  }
  const StoredRows now(*stored.store);
  const Seq next_seq = history.records().size();
  CHECK((answers(queries(now, history, next_seq)) == answers(queries(until, history, next_seq))));
}
