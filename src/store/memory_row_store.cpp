#include "src/store/memory_row_store.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>

#include "src/store/reserved_key.hpp"

namespace aidledger::store {
namespace {

/// A row keeps the values that a living snapshot may still see, in order of commit.
struct Value {
  std::uint64_t commit;
  std::optional<Bytes> bytes;
};
using Values = std::vector<Value>;

struct Rows {
  mutable std::shared_mutex mutex;
  std::map<Bytes, Values, std::less<>> rows;
  std::uint64_t commit = 0;
  std::multiset<std::uint64_t> snapshots;
};

constexpr std::uint64_t newest = std::numeric_limits<std::uint64_t>::max();

const Bytes* visible(const Values& values, std::uint64_t at) {
  const auto value = std::find_if(values.rbegin(), values.rend(), [&](const Value& v) { return v.commit <= at; });
  return value != values.rend() && value->bytes ? &*value->bytes : nullptr;
}

std::optional<Bytes> get_at(const Rows& rows, BytesView key, std::uint64_t at) {
  const std::shared_lock lock(rows.mutex);
  const auto row = rows.rows.find(key);
  const Bytes* value = row == rows.rows.end() ? nullptr : visible(row->second, at);
  return value ? std::optional(*value) : std::nullopt;
}

/// The first visible row from `from` on (or after it); a copy, so that the visitor may do what it likes.
std::optional<std::pair<Bytes, Bytes>> next_at(const Rows& rows, BytesView from, bool after, BytesView prefix,
                                               std::uint64_t at) {
  const std::shared_lock lock(rows.mutex);
  auto row = after ? rows.rows.upper_bound(from) : rows.rows.lower_bound(from);
  for (; row != rows.rows.end() && row->first.starts_with(prefix); ++row) {
    if (const Bytes* value = visible(row->second, at)) return std::pair{row->first, *value};
  }
  return std::nullopt;
}

class MemorySnapshot : public RowReader {
 public:
  explicit MemorySnapshot(std::shared_ptr<Rows> rows) : rows_(std::move(rows)) {
    const std::lock_guard lock(rows_->mutex);
    at_ = rows_->commit;
    rows_->snapshots.insert(at_);
  }
  MemorySnapshot(const MemorySnapshot&) = delete;
  MemorySnapshot& operator=(const MemorySnapshot&) = delete;
  ~MemorySnapshot() override {
    const std::lock_guard lock(rows_->mutex);
    rows_->snapshots.erase(rows_->snapshots.find(at_));
  }

  std::optional<Bytes> get(BytesView key) const override {
    check_row_key(key);
    return get_at(*rows_, key, at_);
  }

  void scan(BytesView prefix, BytesView from, const RowVisitor& visit) const override {
    Bytes last(scan_start(prefix, from));
    for (bool after = false;; after = true) {
      auto row = next_at(*rows_, last, after, prefix, at_);
      if (!row || !visit(row->first, row->second)) return;
      last = std::move(row->first);
    }
  }

  Bytes position() const override { return get_at(*rows_, position_key, at_).value_or(Bytes()); }

 private:
  std::shared_ptr<Rows> rows_;
  std::uint64_t at_;
};

class MemoryRowStore : public RowStore {
 public:
  std::optional<Bytes> get(BytesView key) const override {
    check_row_key(key);
    return get_at(*rows_, key, newest);
  }
  void scan(BytesView prefix, BytesView from, const RowVisitor& visit) const override {
    snapshot()->scan(prefix, from, visit);
  }
  Bytes position() const override { return get_at(*rows_, position_key, newest).value_or(Bytes()); }
  std::shared_ptr<const RowReader> snapshot() const override { return std::make_shared<MemorySnapshot>(rows_); }
  void flush() override {}

  void commit(const std::vector<RowChange>& changes, BytesView position) override {
    for (const auto& change : changes) check_row_key(change.key);
    const std::lock_guard lock(rows_->mutex);
    ++rows_->commit;
    for (const auto& change : changes) set(change.key, change.value);
    set(position_key, Bytes(position));
  }

  void ingest(const SortedRows& rows, BytesView position) override {
    std::vector<RowChange> sorted;
    rows([&](BytesView key, std::optional<BytesView> value) {
      check_sorted(key, sorted.empty() ? BytesView() : sorted.back().key);
      sorted.push_back({Bytes(key), value ? std::optional<Bytes>(*value) : std::nullopt});
    });
    commit(sorted, position);
  }

  void clear() override {
    const std::lock_guard lock(rows_->mutex);
    ++rows_->commit;
    for (auto row = rows_->rows.begin(); row != rows_->rows.end();) {
      add(row->second, std::nullopt);
      row = row->second.empty() ? rows_->rows.erase(row) : std::next(row);
    }
  }

 private:
  void set(BytesView key, std::optional<Bytes> value) {
    const auto row = rows_->rows.try_emplace(Bytes(key)).first;
    add(row->second, std::move(value));
    if (row->second.empty()) rows_->rows.erase(row);
  }

  /// Adds the value of this commit and drops those that nobody can see any more.
  void add(Values& values, std::optional<Bytes> value) {
    if (!values.empty() && values.back().commit == rows_->commit) values.pop_back();
    Values kept;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::uint64_t until = i + 1 < values.size() ? values[i + 1].commit : rows_->commit;
      const auto seen_by = rows_->snapshots.lower_bound(values[i].commit);
      if (seen_by != rows_->snapshots.end() && *seen_by < until) kept.push_back(std::move(values[i]));
    }
    if (value || !kept.empty()) kept.push_back({rows_->commit, std::move(value)});
    values = std::move(kept);
  }

  std::shared_ptr<Rows> rows_ = std::make_shared<Rows>();
};

}  // namespace

std::unique_ptr<RowStore> memory_row_store() { return std::make_unique<MemoryRowStore>(); }

}  // namespace aidledger::store
