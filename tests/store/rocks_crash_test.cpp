// What RocksDB leaves behind when the process dies: a copy of the open folder is what a crash would leave.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "src/store/rocks_row_store.hpp"
#include "tests/support/temp_folder.hpp"

using namespace aidledger;
namespace fs = std::filesystem;

namespace {

std::unique_ptr<store::RowStore> after_crash(const std::string& folder, const std::string& copy) {
  fs::copy(folder, copy, fs::copy_options::recursive);
  return store::open_rocks_row_store(copy);
}

void damage(const fs::path& file) {
  const auto size = fs::file_size(file);
  std::ofstream(file, std::ios::trunc) << std::string(size, '\x5a');
}

void flip_bit(const fs::path& file, std::streamoff at) {
  std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
  bytes.seekg(at);
  const char flipped = static_cast<char>(bytes.get() ^ 4);
  bytes.seekp(at);
  bytes.put(flipped);
}

fs::path find_file(const fs::path& folder, const std::string& part) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().filename().string().find(part) != std::string::npos) return entry.path();
  }
  return {};
}

}  // namespace

TEST_CASE("after a crash rows and position are of the same moment") {
  const test::TempFolder folder;
  const auto rows = store::open_rocks_row_store(folder / "rows");
  rows->commit({{"a", "1"}}, "p1");
  CHECK(after_crash(folder / "rows", folder / "nothing durable")->position().empty());

  rows->flush();
  rows->commit({{"a", "2"}, {"b", "2"}}, "p2");
  const auto flushed = after_crash(folder / "rows", folder / "flushed");
  CHECK(flushed->position() == "p1");
  CHECK(flushed->get("a") == "1");
  CHECK_FALSE(flushed->get("b"));

  rows->ingest(store::each_of({{"c", "3"}}), "p3");
  const auto ingested = after_crash(folder / "rows", folder / "ingested");
  CHECK(ingested->position() == "p3");
  CHECK(ingested->get("a") == "2");
  CHECK(ingested->get("c") == "3");
}

TEST_CASE("an ingest of many files is one step, also after a crash") {
  const test::TempFolder folder;
  std::vector<store::RowChange> many;
  for (int i = 0; i < 3000; ++i)
    many.push_back({std::to_string(100000 + i), Bytes(300, static_cast<char>(97 + i % 26))});
  const auto rows = store::open_rocks_row_store(folder / "rows", {.ingest_file_bytes = 32 << 10});
  rows->ingest(store::each_of(many), "p");
  const auto again = after_crash(folder / "rows", folder / "copy");
  CHECK(again->position() == "p");
  std::size_t count = 0;
  again->scan({}, {}, [&](BytesView, BytesView) { return ++count > 0; });
  CHECK(count == many.size());
}

TEST_CASE("a clean stop keeps everything, a clear is durable") {
  const test::TempFolder folder;
  {
    const auto rows = store::open_rocks_row_store(folder / "rows");
    rows->commit({{"a", "1"}}, "p1");
    rows->flush();
  }
  {
    const auto rows = store::open_rocks_row_store(folder / "rows");
    CHECK(rows->get("a") == "1");
    rows->clear();
    CHECK_FALSE(after_crash(folder / "rows", folder / "copy")->get("a"));
  }
  const auto rows = store::open_rocks_row_store(folder / "rows");
  CHECK_FALSE(rows->get("a"));
  CHECK(rows->position().empty());
}

TEST_CASE("damaged rows say so, and can be erased and built anew") {
  const test::TempFolder folder;
  {
    const auto rows = store::open_rocks_row_store(folder / "rows");
    for (int i = 0; i < 1'000; ++i) rows->commit({{"a" + std::to_string(i), "1"}}, "p1");
    rows->flush();
  }
  SECTION("the manifest") {
    damage(find_file(folder.path(), "MANIFEST"));
    CHECK_THROWS_AS(store::open_rocks_row_store(folder / "rows"), store::Damaged);
  }
  SECTION("the pointer to it") {
    damage(find_file(folder.path(), "CURRENT"));
    CHECK_THROWS_AS(store::open_rocks_row_store(folder / "rows"), store::Damaged);
  }
  SECTION("a missing table") {
    fs::remove(find_file(folder.path(), ".sst"));
    CHECK_THROWS_AS(store::open_rocks_row_store(folder / "rows"), store::Damaged);
  }
  SECTION("one bit of a table, before anybody has read it") {
    const auto table = find_file(folder.path(), ".sst");
    flip_bit(table, static_cast<std::streamoff>(fs::file_size(table) / 3));
    CHECK_THROWS_AS(store::open_rocks_row_store(folder / "rows"), store::Damaged);
  }
  SECTION("a table") {
    damage(find_file(folder.path(), ".sst"));
    CHECK_THROWS_AS(store::open_rocks_row_store(folder / "rows"), store::Damaged);
  }
  store::erase_rocks_rows(folder / "rows");
  const auto rows = store::open_rocks_row_store(folder / "rows");
  CHECK(rows->position().empty());
}

TEST_CASE("rows that are open elsewhere are not called damaged") {
  const test::TempFolder folder;
  const auto rows = store::open_rocks_row_store(folder / "rows");
  CHECK_THROWS_AS(store::open_rocks_row_store(folder / "rows"), store::Failed);
}
