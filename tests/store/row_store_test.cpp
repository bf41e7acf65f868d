#include <catch2/catch.hpp>

#include "src/store/memory_row_store.hpp"
#include "src/store/rocks_row_store.hpp"
#include "tests/store/row_store_contract.hpp"
#include "tests/support/temp_folder.hpp"

using namespace aidledger;

TEST_CASE("rows in memory keep the contract") { test::check_row_store(&store::memory_row_store); }

TEST_CASE("rows in RocksDB keep the contract") {
  const test::TempFolder folder;
  test::check_row_store([&] { return store::open_rocks_row_store(folder / "rows"); });
}

TEST_CASE("rows in RocksDB keep the contract with small files and memtables") {
  const test::TempFolder folder;
  const store::RocksOptions small{
      .memtable_bytes = 64 << 10, .block_cache_bytes = 64 << 10, .ingest_file_bytes = 64 << 10};
  test::check_row_store([&] { return store::open_rocks_row_store(folder / "rows", small); });
}
