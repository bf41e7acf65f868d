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

struct VerifyPorts {
  log::SharedLog& log;
  const RecordSource& records;             ///< of the same log
  const store::RowReader* rows = nullptr;  ///< to compare; null: the records alone are verified
  /// An empty store for the rows that memory has no room for. Asked for at most once, and of no use afterwards.
  std::function<store::RowStore&()> scratch;
  std::size_t rows_in_memory = 2'000'000;  ///< about 1 GiB at 500 bytes a row
};

/// Reads the whole log. With rows, compares every stored one with the one that the log gives (bounded to 100 findings).
Verified verify(const VerifyPorts& ports, const std::string& ledger, const std::function<void(Seq)>& progress);

}  // namespace aidledger::ledger
