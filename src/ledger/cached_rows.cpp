#include "src/ledger/cached_rows.hpp"

namespace aidledger::ledger {

RowPtr CachedRows::find(const RowType& type, std::string_view key) const {
  Bytes stored_key = current_key(type.table, key);
  if (const auto known = rows_.find(stored_key); known != rows_.end()) return known->second;
  auto row = stored_.find(type, key);
  if (rows_.size() >= most_cached_rows) rows_.clear();
  rows_.emplace(std::move(stored_key), row);
  return row;
}

void CachedRows::forget(const std::vector<store::RowChange>& changes) {
  for (const auto& change : changes) rows_.erase(change.key);
}

}  // namespace aidledger::ledger
