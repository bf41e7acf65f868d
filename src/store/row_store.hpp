#pragma once
// Rows: get, scan, commit rows and position in one step. Speaks bytes. The implementation over RocksDB is
// rocks_row_store.hpp, the one in memory (tests, simulation) is memory_row_store.hpp.
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "events/values/bytes.hpp"

namespace aidledger::store {

/// The rows cannot be trusted any more: throw them away (erase_rocks_rows) and fold them again from the ledger files.
struct Damaged : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The disk said no; the rows themselves are sound as far as known.
struct Failed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// There is no room: nothing was changed, and with room the same may be tried again.
struct Full : Failed {
  using Failed::Failed;
};

/// nullopt = the row is gone. A key starts with a byte >= 1: what starts with 0 belongs to the store.
struct RowChange {
  Bytes key;
  std::optional<Bytes> value;
};

/// Takes one row; nullopt = the row is gone.
using RowSink = std::function<void(BytesView key, std::optional<BytesView> value)>;
/// Gives a sink rows in order of their keys, each key once.
using SortedRows = std::function<void(const RowSink& sink)>;
SortedRows each_of(const std::vector<RowChange>& sorted);

/// Called in key order; return false to stop.
using RowVisitor = std::function<bool(BytesView key, BytesView value)>;

/// Any thread may read while one commits.
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
  /// Changes rows and the position: all or nothing, durable when it returns. Rows are written as they are given: they
  /// need not fit in memory. For rebuilds and checkpoints. Throws std::invalid_argument when they are not in order.
  virtual void ingest(const SortedRows& rows, BytesView position) = 0;
  /// A reader that keeps seeing what is there now, whatever is committed later.
  virtual std::shared_ptr<const RowReader> snapshot() const = 0;
  /// Makes all commits so far durable (before a clean stop; a crash without it only folds again).
  virtual void flush() = 0;
  /// Throws everything away (before a rebuild), durably. Snapshots taken before keep what they saw.
  virtual void clear() = 0;
};

}  // namespace aidledger::store
