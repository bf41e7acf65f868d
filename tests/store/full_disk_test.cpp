// Rows on a disk that is full for a while.
#include <catch2/catch.hpp>
#include <random>

#include "src/store/rocks_row_store.hpp"
#include "tests/support/small_disk.hpp"

using namespace aidledger;

namespace {

constexpr int enough = 2000;  ///< of 4 KiB each: more than fits while the disk is filled, less than fits without
/// Of bytes that cannot be compressed.
std::vector<store::RowChange> row(int number) {
  std::minstd_rand random(static_cast<unsigned>(number) + 1);
  Bytes value(4096, '\0');
  for (char& byte : value) byte = static_cast<char>(random() >> 8);
  return {{std::to_string(number), value}};
}

/// Rows from `next` on; the number of the first that was refused, or `end`.
int commit_from(store::RowStore& rows, int next, int end) {
  try {
    for (; next < end; ++next) rows.commit(row(next), std::to_string(next));
    rows.flush();
  } catch (const store::Full&) {
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
  const test::SmallDisk disk("32m");
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
    CHECK_THROWS_AS(rows->flush(), store::Full);
    CHECK_THROWS_AS(rows->ingest(store::each_of(row(1)), "no"), store::Full);
    next = commit_from(*rows, next, enough);
  }
  CHECK(count(*rows) == next);
  disk.make_room();
  while (next < enough) next = commit_from(*rows, next, enough);  // RocksDB looks for room every few seconds
  CHECK(count(*rows) == enough);
  CHECK(rows->position() == std::to_string(enough - 1));
}

TEST_CASE("an ingest that the disk takes in part changes nothing and leaves nothing behind") {
  const test::SmallDisk disk("8m");
  if (!disk.mounted()) {
    WARN("SKIPPED: no right to mount a small disk");
    return;
  }
  const auto rows = store::open_rocks_row_store(disk / "rows", {.ingest_file_bytes = 1 << 20});
  std::vector<store::RowChange> many;
  for (int number = 1000; number < 1000 + enough; ++number) many.push_back(row(number).front());
  rows->ingest(store::each_of({many.front()}), "before");
  const auto room = std::filesystem::space(disk / "").available;
  for (int again = 0; again < 3; ++again) CHECK_THROWS_AS(rows->ingest(store::each_of(many), "no"), store::Full);
  CHECK(std::filesystem::space(disk / "").available == room);
  CHECK(rows->position() == "before");
  CHECK(count(*rows) == 1);
  many.resize(enough / 4);
  rows->ingest(store::each_of(many), "fits");
  CHECK(count(*rows) == enough / 4);
}
