#pragma once
// What both stores agree on: the position lies under a key that no row can have and that sorts before all rows.
#include <algorithm>
#include <stdexcept>

#include "src/store/row_store.hpp"

namespace aidledger::store {

inline constexpr BytesView position_key{"\0position", 9};
inline constexpr BytesView first_row_key{"\1", 1};

inline void check_row_key(BytesView key) {
  if (key.empty() || key.front() == '\0') throw std::invalid_argument("a row key starts with a byte >= 1");
}

/// Asked of each key of sorted rows, `before` being the one before it (empty at first).
inline void check_sorted(BytesView key, BytesView before) {
  check_row_key(key);
  if (key <= before) throw std::invalid_argument("ingested rows are sorted and their keys unique");
}

/// Where a scan begins: at `from`, at the prefix, or at the first row.
inline BytesView scan_start(BytesView prefix, BytesView from) { return std::max({from, prefix, first_row_key}); }

}  // namespace aidledger::store
