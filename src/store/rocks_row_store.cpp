#include "src/store/rocks_row_store.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/table.h>

#include <atomic>
#include <charconv>
#include <cstdarg>
#include <filesystem>

#include "src/store/reserved_key.hpp"

namespace aidledger::store {
namespace {

namespace fs = std::filesystem;
using rocksdb::Slice;
using rocksdb::Status;

constexpr double memtable_filter_share = 0.02;  ///< of the memtable's bytes

Slice slice(BytesView bytes) { return {bytes.data(), bytes.size()}; }
BytesView view(const Slice& bytes) { return {bytes.data(), bytes.size()}; }

/// RocksDB's words name files and offsets, never keys or values.
void check(const Status& status, const char* what) {
  if (status.ok()) return;
  const std::string text = std::string("rows: ") + what + ": " + status.ToString();
  if (status.IsCorruption()) throw Damaged(text);
  if (status.IsNoSpace()) throw Full(text);
  throw Failed(text);
}

/// Whatever keeps RocksDB from opening its own files, other than a lock or a full disk, is damage.
void check_open(const Status& status) {
  if (status.ok()) return;
  const std::string text = "rows: open: " + status.ToString();
  const bool locked = text.find("lock hold by") != std::string::npos || text.find("lock file") != std::string::npos;
  const bool passes = status.IsNoSpace() || status.IsBusy() || locked;
  if (passes) throw Failed(text);
  throw Damaged(text);
}

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

/// A database in a folder of its own; erased with its last user when it is of no use any more.
struct Generation {
  Generation(std::string folder_name, const rocksdb::Options& rocks) : folder(std::move(folder_name)), options(rocks) {
    rocksdb::DB* opened = nullptr;
    check_open(rocksdb::DB::Open(options, folder, &opened));
    db.reset(opened);
    check_open(db->VerifyChecksum());  // else damage shows first in the middle of a decision
  }
  Generation(const Generation&) = delete;
  Generation& operator=(const Generation&) = delete;
  ~Generation() {
    db.reset();
    std::error_code left_for_the_next_start;
    if (obsolete) fs::remove_all(folder, left_for_the_next_start);
  }

  std::string folder;
  rocksdb::Options options;
  std::unique_ptr<rocksdb::DB> db;
  std::atomic<bool> obsolete = false;
};

std::optional<Bytes> get_from(const Generation& in, const rocksdb::ReadOptions& read, BytesView key) {
  rocksdb::PinnableSlice value;
  const Status status = in.db->Get(read, in.db->DefaultColumnFamily(), slice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  check(status, "get");
  return value.ToString();
}

/// The first key after all keys with this prefix; empty when there is none.
Bytes end_of(BytesView prefix) {
  Bytes end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (!end.empty()) ++end.back();
  return end;
}

void scan_in(const Generation& in, rocksdb::ReadOptions read, BytesView prefix, BytesView from,
             const RowVisitor& visit) {
  const Bytes end = end_of(prefix);
  const Slice upper = slice(end);
  if (!end.empty()) read.iterate_upper_bound = &upper;
  const std::unique_ptr<rocksdb::Iterator> row(in.db->NewIterator(read));
  for (row->Seek(slice(scan_start(prefix, from))); row->Valid(); row->Next()) {
    if (!visit(view(row->key()), view(row->value()))) break;
  }
  check(row->status(), "scan");
}

class RocksSnapshot : public RowReader {
 public:
  explicit RocksSnapshot(std::shared_ptr<Generation> in) : in_(std::move(in)) {
    read_.snapshot = in_->db->GetSnapshot();
  }
  RocksSnapshot(const RocksSnapshot&) = delete;
  RocksSnapshot& operator=(const RocksSnapshot&) = delete;
  ~RocksSnapshot() override { in_->db->ReleaseSnapshot(read_.snapshot); }

  std::optional<Bytes> get(BytesView key) const override {
    check_row_key(key);
    return get_from(*in_, read_, key);
  }
  void scan(BytesView prefix, BytesView from, const RowVisitor& visit) const override {
    scan_in(*in_, read_, prefix, from, visit);
  }
  Bytes position() const override { return get_from(*in_, read_, position_key).value_or(Bytes()); }

 private:
  std::shared_ptr<Generation> in_;
  rocksdb::ReadOptions read_;
};

/// A folder that is gone when it is of no use any more, with what is left in it: a full disk gets its room back.
class Workplace {
 public:
  explicit Workplace(std::string folder) : folder_(std::move(folder)) {
    fs::remove_all(folder_);
    std::error_code failed;
    fs::create_directories(folder_, failed);
    if (failed == std::errc::no_space_on_device) throw Full("rows: " + folder_ + ": " + failed.message());
    if (failed) throw Failed("rows: " + folder_ + ": " + failed.message());
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace() {
    std::error_code left_for_the_next_one;
    fs::remove_all(folder_, left_for_the_next_one);
  }
  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
};

/// Writes sorted rows, the position before them, into files of about a size.
class SortedFiles {
 public:
  SortedFiles(const rocksdb::Options& options, std::string folder, std::size_t file_bytes, BytesView position)
      : options_(options), folder_(std::move(folder)), file_bytes_(file_bytes) {
    begin();
    check(writer_->Put(slice(position_key), slice(position)), "ingest");
  }

  void add(BytesView key, std::optional<BytesView> value) {
    check_sorted(key, last_key_);
    last_key_ = key;
    if (writer_->FileSize() >= file_bytes_) begin();
    check(value ? writer_->Put(slice(key), slice(*value)) : writer_->Delete(slice(key)), "ingest");
  }
  const std::vector<std::string>& finish() {
    check(writer_->Finish(), "ingest");
    return files_;
  }

 private:
  void begin() {
    if (writer_) finish();
    files_.push_back(folder_ + "/" + std::to_string(files_.size()) + ".sst");
    writer_ = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), options_);
    check(writer_->Open(files_.back()), "ingest");
  }

  const rocksdb::Options& options_;
  std::string folder_;
  std::size_t file_bytes_;
  std::unique_ptr<rocksdb::SstFileWriter> writer_;
  std::vector<std::string> files_;
  Bytes last_key_;
};

/// Generations are folders named 1, 2, 3 ...; the highest one counts, so that clear() is one step on disk.
std::vector<std::uint64_t> generations_in(const std::string& folder) {
  std::vector<std::uint64_t> numbers;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error == std::errc() && end == name.data() + name.size()) numbers.push_back(number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

class RocksRowStore : public RowStore {
 public:
  RocksRowStore(std::string folder, const RocksOptions& options) : folder_(std::move(folder)), options_(options) {
    write_.disableWAL = true;
    fs::create_directories(folder_);
    const auto numbers = generations_in(folder_);
    number_ = numbers.empty() ? 1 : numbers.back();
    for (const auto number : numbers) {
      if (number != number_) fs::remove_all(path_of(number));
    }
    current_ = open_generation();
  }

  std::optional<Bytes> get(BytesView key) const override {
    check_row_key(key);
    return get_from(*current_.load(), {}, key);
  }
  void scan(BytesView prefix, BytesView from, const RowVisitor& visit) const override {
    scan_in(*current_.load(), {}, prefix, from, visit);
  }
  Bytes position() const override { return get_from(*current_.load(), {}, position_key).value_or(Bytes()); }
  std::shared_ptr<const RowReader> snapshot() const override {
    return std::make_shared<RocksSnapshot>(current_.load());
  }

  void commit(const std::vector<RowChange>& changes, BytesView position) override {
    rocksdb::WriteBatch batch;
    for (const auto& [key, value] : changes) {
      check_row_key(key);
      check(value ? batch.Put(slice(key), slice(*value)) : batch.Delete(slice(key)), "commit");
    }
    check(batch.Put(slice(position_key), slice(position)), "commit");
    check(db().Write(write_, &batch), "commit");
  }

  void ingest(const SortedRows& rows, BytesView position) override {
    const auto generation = current_.load();
    const Workplace beside(generation->folder + "/ingest");
    // One call adds all files in one step, so the position, which sorts first, needs to be in the first one only.
    rocksdb::IngestExternalFileOptions how;
    how.move_files = true;
    how.write_global_seqno = false;
    SortedFiles files(generation->options, beside.folder(), options_.ingest_file_bytes, position);
    rows([&](BytesView key, std::optional<BytesView> value) { files.add(key, value); });
    check(db().IngestExternalFile(files.finish(), how), "ingest");
  }

  void flush() override { check(db().Flush({}), "flush"); }

  void clear() override {
    const auto old = current_.load();
    ++number_;
    current_ = open_generation();
    old->obsolete = true;
  }

 private:
  std::string path_of(std::uint64_t number) const { return folder_ + "/" + std::to_string(number); }
  std::shared_ptr<Generation> open_generation() const {
    return std::make_shared<Generation>(path_of(number_), rocks_options(options_));
  }
  rocksdb::DB& db() const { return *current_.load()->db; }

  std::string folder_;
  RocksOptions options_;
  rocksdb::WriteOptions write_;
  std::uint64_t number_ = 1;
  std::atomic<std::shared_ptr<Generation>> current_;
};

}  // namespace

std::unique_ptr<RowStore> open_rocks_row_store(const std::string& folder, const RocksOptions& options) {
  return std::make_unique<RocksRowStore>(folder, options);
}

void erase_rocks_rows(const std::string& folder) { fs::remove_all(folder); }

}  // namespace aidledger::store
