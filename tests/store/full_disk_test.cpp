// Rows on a disk that is full for a while.
#include <catch2/catch.hpp>

#include "src/store/rocks_row_store.hpp"
#include "tests/support/small_disk.hpp"

using namespace aidledger;

namespace {

constexpr int enough = 2000;  ///< of 4 KiB each: more than fits while the disk is filled, less than fits without
std::vector<store::RowChange> row(int number) { return {{std::to_string(number), Bytes(4096, 'r')}}; }

/// Rows from `next` on; the number of the first that was refused, or `end`.
int commit_from(store::RowStore& rows, int next, int end) {
  try {
    for (; next < end; ++next) rows.commit(row(next), std::to_string(next));
    rows.flush();
  } catch (const store::Failed&) {
  }
  return next;
}

int count(const store::RowReader& rows) {
  int found = 0;
  rows.scan({}, {}, [&](BytesView, BytesView) { return ++found > 0; });
  return found;
}

}  // namespace

TEST_CASE("rows on a full disk are refused again and again, never lost, and go on once there is room") {
  const test::SmallDisk disk("16m");
  if (!disk.mounted()) {
    WARN("SKIPPED: no right to mount a small disk");
    return;
  }
  const auto rows = store::open_rocks_row_store(disk / "rows", {.memtable_bytes = 64 << 10});
  rows->commit(row(0), "0");
  rows->flush();
  disk.fill();
  int next = commit_from(*rows, 1, enough);
  REQUIRE(next < enough);
  for (int again = 0; again < 20; ++again) {
    CHECK_THROWS_AS(rows->flush(), store::Failed);
    CHECK_THROWS_AS(rows->ingest(store::each_of(row(1)), "no"), store::Failed);
    next = commit_from(*rows, next, enough);
  }
  CHECK(count(*rows) == next);
  disk.make_room();
  while (next < enough) next = commit_from(*rows, next, enough);  // RocksDB looks for room every few seconds
  CHECK(count(*rows) == enough);
  CHECK(rows->position() == std::to_string(enough - 1));
}
