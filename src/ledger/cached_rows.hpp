#pragma once
// Stored rows, the last read of them kept decoded, also that there is none: what is decided on one case after another
// reads few rows again and again, and is then folded over the same. Whoever commits tells what changed. Lives on the
// ledger's strand.
#include <unordered_map>

#include "src/ledger/stored_rows.hpp"

namespace aidledger::ledger {

inline constexpr std::size_t most_cached_rows = 10'000;

class CachedRows : public Rows {
 public:
  explicit CachedRows(const store::RowReader& reader) : stored_(reader) {}
  RowPtr find(const RowType& type, std::string_view key) const override;
  void scan(const RowType& type, std::string_view prefix, const RowVisit& visit) const override {
    stored_.scan(type, prefix, visit);
  }
  void scan_from(const RowType& type, std::string_view prefix, std::string_view from,
                 const RowVisit& visit) const override {
    stored_.scan_from(type, prefix, from, visit);
  }

  /// These rows were committed.
  void forget(const std::vector<store::RowChange>& changes);
  void forget_all() { rows_.clear(); }

 private:
  StoredRows stored_;
  mutable std::unordered_map<Bytes, RowPtr> rows_;  ///< by current_key; null: there is none
};

}  // namespace aidledger::ledger
