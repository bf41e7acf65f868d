#pragma once
// Proves a ledger from its own bytes: every batch judged as a reader would, every record decoded and chained, and the
// rows folded anew and compared.
#include <functional>
#include <string>
#include <vector>

#include "src/ledger/follower.hpp"

namespace aidledger::ledger {

struct Finding {
  Seq seq = 0;       ///< the record where it was found
  std::string what;  ///< what is wrong, and what to do
};

struct Verified {
  Seq records = 0;
  Hash head{};
  std::uint64_t voids = 0;
  std::uint64_t rows_compared = 0;
  std::vector<Finding> findings;  ///< empty = sound
};

/// Reads the whole log. With `rows`, compares every stored row with the one that the log gives (bounded to 100
/// findings).
Verified verify(log::SharedLog& log, const std::string& ledger, const store::RowReader* rows,
                const std::function<void(Seq)>& progress);

}  // namespace aidledger::ledger
