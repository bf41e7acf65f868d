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
  Remedy remedy;
};

/// For so long every answer must have shown the log shorter than it was read before we believe it: a leader that was
/// frozen and wakes answers with the end of its old days until it hears of its successor (seen: for more than 3 s).
inline constexpr std::int64_t believe_cut_after_us = 20'000'000;
/// With a longer pause between two answers (nobody asked: the process or its machine stood still) it begins anew.
inline constexpr std::int64_t longest_pause_in_doubt_us = 10'000'000;

/// Whether a log was cut, as far as its answers can be believed. Pure: times are of a monotonic clock.
class CutDoubt {
 public:
  /// `cut`: what an answer of now says. True once every answer for believe_cut_after_us has said so.
  bool believe(bool cut, std::int64_t now_us) {
    if (!cut)
      since_us_.reset();
    else if (!since_us_ || now_us - last_us_ > longest_pause_in_doubt_us)
      since_us_ = now_us;
    last_us_ = now_us;
    return since_us_ && now_us - *since_us_ >= believe_cut_after_us;
  }
  bool any() const { return since_us_.has_value(); }
  void forget() { since_us_.reset(); }

 private:
  std::optional<std::int64_t> since_us_;
  std::int64_t last_us_ = 0;
};

/// Positions, not seqs. `low`: the first that is kept; `high`: behind the last that all replicas in sync have.
struct Watermarks {
  Position low, high;
  bool operator==(const Watermarks&) const = default;
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
