#pragma once
// What survives a crash: rows up to some commit (RocksDB without its log loses a tail, never a middle), vault entries
// that were put.
#include "src/store/memory_row_store.hpp"
#include "src/vault/memory_vault.hpp"
#include "tests/simulation/fate.hpp"
#include "tests/simulation/random.hpp"

namespace aidledger::simulation {

class ForgetfulRows : public store::RowStore {
 public:
  explicit ForgetfulRows(Fate& fate) : fate_(fate), now_(store::memory_row_store()) {}

  std::optional<Bytes> get(BytesView key) const override { return now_->get(key); }
  void scan(BytesView prefix, BytesView from, const store::RowVisitor& visit) const override {
    now_->scan(prefix, from, visit);
  }
  Bytes position() const override { return now_->position(); }
  void commit(const std::vector<store::RowChange>& changes, BytesView position) override {
    fate_.call("before a commit of rows");
    now_->commit(changes, position);
    since_flush_.emplace_back(changes, Bytes(position));
    fate_.call("after a commit of rows");
  }
  void ingest(const store::SortedRows& rows, BytesView position) override {
    flush();
    std::vector<store::RowChange> sorted;
    rows([&](BytesView key, std::optional<BytesView> value) {
      sorted.push_back({Bytes(key), value ? std::optional<Bytes>(*value) : std::nullopt});
    });
    fate_.call("before an ingest of rows");
    now_->ingest(store::each_of(sorted), position);
    durable_->ingest(store::each_of(sorted), position);
    fate_.call("after an ingest of rows");
  }
  std::shared_ptr<const store::RowReader> snapshot() const override { return now_->snapshot(); }
  void flush() override {
    for (const auto& [changes, position] : since_flush_) durable_->commit(changes, position);
    since_flush_.clear();
  }
  void clear() override {
    now_->clear();
    durable_->clear();
    since_flush_.clear();
  }

  /// The process died: a prefix of the commits since the last flush is there.
  void crash(Random& random) {
    const auto kept = random.below(since_flush_.size() + 1);
    for (std::size_t i = 0; i < kept; ++i) durable_->commit(since_flush_[i].first, since_flush_[i].second);
    since_flush_.clear();
    now_ = store::memory_row_store();
    std::vector<store::RowChange> all;
    durable_->scan({}, {},
                   [&](BytesView key, BytesView value) { return all.push_back({Bytes(key), Bytes(value)}), true; });
    now_->commit(all, durable_->position());
  }

 private:
  Fate& fate_;
  std::unique_ptr<store::RowStore> now_;
  std::unique_ptr<store::RowStore> durable_ = store::memory_row_store();
  std::vector<std::pair<std::vector<store::RowChange>, Bytes>> since_flush_;
};

}  // namespace aidledger::simulation
