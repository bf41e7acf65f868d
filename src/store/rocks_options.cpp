#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include <cstdarg>

#include "src/store/rocks_generation.hpp"

namespace aidledger::store {
namespace {

using rocksdb::Slice;

constexpr double memtable_filter_share = 0.02;  ///< of the memtable's bytes

/// What keys of one table begin with. A commit brings them sorted: the memtable begins to look for a row's place where
/// it put the last one that began so. (By whole ids it would keep a place for each of them, mostly cold: half as fast
/// where ids are new.)
class Beginning : public rocksdb::SliceTransform {
 public:
  const char* Name() const override { return "aidledger.beginning"; }
  Slice Transform(const Slice& key) const override { return {key.data(), length}; }
  bool InDomain(const Slice& key) const override { return key.size() > length; }

 private:
  static constexpr std::size_t length = 2;
};

/// RocksDB's own log, written nowhere: RocksDB 7.8 aborts the process at the second line that a full disk does not take
/// (facebook/rocksdb#11314, mended in 8.1). What goes wrong is told by the statuses that we check.
class NoLog : public rocksdb::Logger {
 public:
  using Logger::Logv;
  void Logv(const char*, va_list) override {}
};

}  // namespace

rocksdb::Options rocks_options(const RocksOptions& options) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.format_version = 5;
  rocksdb::Options out;
  out.create_if_missing = true;
  out.write_buffer_size = options.memtable_bytes;
  // Whether an action came before is asked of rows that are mostly not there: spares the search for them.
  out.memtable_whole_key_filtering = true;
  out.memtable_prefix_bloom_size_ratio = memtable_filter_share;
  out.memtable_insert_with_hint_prefix_extractor = std::make_shared<Beginning>();
  out.max_background_jobs = options.background_jobs;
  out.max_open_files = options.max_open_files;
  out.compression = rocksdb::kLZ4Compression;
  out.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  out.info_log = std::make_shared<NoLog>();
  return out;
}

}  // namespace aidledger::store
