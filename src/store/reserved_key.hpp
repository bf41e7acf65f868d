#pragma once
// What both stores agree on: the position lies under a key that no row can have and that sorts before all rows.
#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

#include "events/values/bytes.hpp"

namespace aidledger::store {

inline constexpr BytesView position_key{"\0position", 9};
inline constexpr BytesView first_row_key{"\1", 1};

inline void check_row_key(BytesView key) {
  if (key.empty() || key.front() == '\0') throw std::invalid_argument("a row key starts with a byte >= 1");
}

inline void check_sorted(const std::vector<std::pair<Bytes, Bytes>>& rows) {
  const auto not_before = [](const auto& a, const auto& b) { return a.first >= b.first; };
  if (!rows.empty()) check_row_key(rows.front().first);
  if (std::adjacent_find(rows.begin(), rows.end(), not_before) != rows.end()) {
    throw std::invalid_argument("ingested rows are sorted and their keys unique");
  }
}

/// Where a scan begins: at `from`, at the prefix, or at the first row.
inline BytesView scan_start(BytesView prefix, BytesView from) { return std::max({from, prefix, first_row_key}); }

}  // namespace aidledger::store
