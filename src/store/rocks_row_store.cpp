#include "src/store/rocks_row_store.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "src/store/reserved_key.hpp"
#include "src/store/rocks_ingest.hpp"

namespace aidledger::store {
namespace {

namespace fs = std::filesystem;

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
    return in_->get(read_, key);
  }
  void scan(BytesView prefix, BytesView from, const RowVisitor& visit) const override {
    in_->scan(read_, prefix, from, visit);
  }
  Bytes position() const override { return in_->get(read_, position_key).value_or(Bytes()); }

 private:
  std::shared_ptr<Generation> in_;
  rocksdb::ReadOptions read_;
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
    return current_.load()->get({}, key);
  }
  void scan(BytesView prefix, BytesView from, const RowVisitor& visit) const override {
    current_.load()->scan({}, prefix, from, visit);
  }
  Bytes position() const override { return current_.load()->get({}, position_key).value_or(Bytes()); }
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
    store::ingest(*current_.load(), options_.ingest_file_bytes, rows, position);
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
