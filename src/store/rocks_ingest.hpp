#pragma once
// Many sorted rows as files of RocksDB's, added in one step. Internal to src/store.
#include "src/store/rocks_generation.hpp"

namespace aidledger::store {

/// Throws std::logic_error for rows that are not sorted; Full, Failed and Damaged as a commit does: then nothing was
/// added and no file is left.
void ingest(const Generation& into, std::size_t file_bytes, const SortedRows& rows, BytesView position);

}  // namespace aidledger::store
