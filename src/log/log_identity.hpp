#pragma once
// Whether a log that others keep is still the one that we hold. The ledger side asks at start, and now and then; what
// it does not like is LOG_DIVERGED. (An embedded log has no such questions: its files are locked.)
#include <optional>
#include <stdexcept>
#include <string>

#include "src/log/shared_log.hpp"

namespace aidledger::log {

/// The log cannot be asked, or refused. One sentence that says what is wrong and, where that helps, what to do.
struct LogFailure : std::runtime_error {
  LogFailure(Remedy with, const std::string& sentence) : std::runtime_error(sentence), remedy(with) {}
  Remedy remedy;  ///< retry: keep trying; give_up: a setting or a right must be mended first
};

/// Positions, not seqs. `low`: the first that is kept; `high`: behind the last that all replicas in sync have.
struct Watermarks {
  Position low, high;
};

class LogIdentity {
 public:
  virtual ~LogIdentity() = default;

  // These wait for the broker, 5 seconds at most, and throw LogFailure. Not for the ledger's strand.

  /// Kafka's name of the cluster: record 0, or the last LedgerMoved, says which it must be.
  virtual std::string cluster_id() = 0;
  virtual Watermarks watermarks() = 0;
  /// The first entry at or after a position: the batch at the low watermark, or the one at our own position. Nothing
  /// where the log has none there.
  virtual std::optional<Entry> entry_at(Position position) = 0;

  /// A sentence once the log was found to be another one than was read so far: cut behind our position, or before it.
  /// From then on nothing is read from it. Never waits.
  virtual std::optional<std::string> diverged() const = 0;
};

}  // namespace aidledger::log
