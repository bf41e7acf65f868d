// Every read model, on random histories of the whole catalogue: what a row names made it, and nothing else did.
#include <catch2/catch.hpp>

#include "projections/timeline.hpp"
#include "tests/projections/histories.hpp"
#include "tests/projections/leave_one_out.hpp"

using namespace aidledger;
using namespace aidledger::projections;
using namespace aidledger::projections::testing;

TEST_CASE("provenance is exact on random histories") {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    INFO("seed " << seed);
    CHECK(inexact(random_history(seed, 80).records()) == std::vector<std::string>{});
  }
}

TEST_CASE("a case's timeline has a row for every event that names it, in the order of the ledger") {
  const History history = random_history(7, 60);
  std::size_t named = 0;
  for (const auto& record : history.records())
    for (const auto& event : record.body.events)
      for (const auto& object : event.objects) named += object == ObjectRef{"case", "case-3"} ? 1 : 0;
  Layer rows(no_rows());
  fold_all(rows, history.records());
  std::vector<EventRef> order;
  rows.each<TimelineRow>(row_key({"case-3"}), [&](auto, const TimelineRow& row) {
    order.push_back(*row.at);
    return true;
  });
  CHECK(order.size() == named);
  CHECK(std::is_sorted(order.begin(), order.end()));
}
