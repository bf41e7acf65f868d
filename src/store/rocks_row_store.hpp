#pragma once
// Rows in RocksDB: one column family, its write-ahead log off (the ledger files are that), rows and position in one
// WriteBatch. After a crash a prefix of the commits is there, position included. The folder belongs to the store alone.
#include "src/store/row_store.hpp"

namespace aidledger::store {

struct RocksOptions {
  std::size_t memtable_bytes = 64 << 20;
  std::size_t block_cache_bytes = 256 << 20;
  int background_jobs = 2;
  int max_open_files = 512;
  std::size_t ingest_file_bytes = 256 << 20;  ///< an ingest is cut into files of about this size
};

/// Opens or makes it. Throws Damaged when the rows must be built anew, Failed when the disk or the lock says no.
std::unique_ptr<RowStore> open_rocks_row_store(const std::string& folder, const RocksOptions& options = {});
/// Removes all rows, however damaged. Nobody may have them open.
void erase_rocks_rows(const std::string& folder);

}  // namespace aidledger::store
