#pragma once
// Rows in memory, for tests and the simulation: the same contract as RocksDB's, nothing durable.
#include "src/store/row_store.hpp"

namespace aidledger::store {

std::unique_ptr<RowStore> memory_row_store();

}  // namespace aidledger::store
