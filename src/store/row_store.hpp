#pragma once
// Rows: get, scan, commit rows and position in one step. Speaks bytes. The implementation over RocksDB is
// rocks_row_store.hpp, the one in memory (tests, simulation) is memory_row_store.hpp.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "events/values/bytes.hpp"

namespace aidledger::store {

/// nullopt = the row is gone.
struct RowChange {
  Bytes key;
  std::optional<Bytes> value;
};

/// Called in key order; return false to stop.
using RowVisitor = std::function<bool(BytesView key, BytesView value)>;

class RowReader {
 public:
  virtual ~RowReader() = default;
  virtual std::optional<Bytes> get(BytesView key) const = 0;
  /// All rows whose key starts with `prefix`, from `from` (inclusive; empty = the prefix) on.
  virtual void scan(BytesView prefix, BytesView from, const RowVisitor& visit) const = 0;
  /// What was committed last: set by commit and ingest. Empty at the beginning.
  virtual Bytes position() const = 0;
};

class RowStore : public RowReader {
 public:
  /// All or nothing, position included. After a crash a prefix of the commits is there.
  virtual void commit(const std::vector<RowChange>& changes, BytesView position) = 0;
  /// Adds rows sorted by key (unique keys) and the position as one file: all or nothing. For rebuilds.
  virtual void ingest(const std::vector<std::pair<Bytes, Bytes>>& sorted, BytesView position) = 0;
  /// A reader that keeps seeing what is there now, whatever is committed later.
  virtual std::shared_ptr<const RowReader> snapshot() const = 0;
  /// Makes all commits so far durable (before a clean stop; a crash without it only folds again).
  virtual void flush() = 0;
  /// Throws everything away (before a rebuild).
  virtual void clear() = 0;
};

}  // namespace aidledger::store
