#pragma once
// A store of rows in memory, for tests that look at some of its calls or spoil them.
#include "src/store/memory_row_store.hpp"

namespace aidledger::test {

class RowsOver : public store::RowStore {
 public:
  std::optional<Bytes> get(BytesView key) const override { return rows_->get(key); }
  void scan(BytesView prefix, BytesView from, const store::RowVisitor& visit) const override {
    rows_->scan(prefix, from, visit);
  }
  Bytes position() const override { return rows_->position(); }
  std::shared_ptr<const store::RowReader> snapshot() const override { return rows_->snapshot(); }
  void commit(const std::vector<store::RowChange>& changes, BytesView position) override {
    rows_->commit(changes, position);
  }
  void ingest(const store::SortedRows& rows, BytesView position) override { rows_->ingest(rows, position); }
  void flush() override { rows_->flush(); }
  void clear() override { rows_->clear(); }

 private:
  std::unique_ptr<store::RowStore> rows_ = store::memory_row_store();
};

}  // namespace aidledger::test
