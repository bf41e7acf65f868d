#pragma once
// A RocksDB database in a folder of its own, with the options that rows need, and its errors in the words of the store.
// Internal to src/store.
#include <rocksdb/db.h>

#include <atomic>

#include "src/store/rocks_row_store.hpp"

namespace aidledger::store {

inline rocksdb::Slice slice(BytesView bytes) { return {bytes.data(), bytes.size()}; }
inline BytesView view(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

/// Throws Damaged, Full or Failed, `what` in front. RocksDB's words name files and offsets, never keys or values.
void check(const rocksdb::Status& status, const char* what);

rocksdb::Options rocks_options(const RocksOptions& options);

/// Erased with its last user when it is of no use any more.
struct Generation {
  /// Verifies every checksum. Damaged when it cannot be opened or does not verify; Failed when it is in use, or the
  /// disk is full.
  Generation(std::string folder_name, const rocksdb::Options& rocks);
  ~Generation();
  Generation(const Generation&) = delete;
  Generation& operator=(const Generation&) = delete;

  std::optional<Bytes> get(const rocksdb::ReadOptions& read, BytesView key) const;
  void scan(rocksdb::ReadOptions read, BytesView prefix, BytesView from, const RowVisitor& visit) const;

  std::string folder;
  rocksdb::Options options;
  std::unique_ptr<rocksdb::DB> db;
  std::atomic<bool> obsolete = false;
};

}  // namespace aidledger::store
