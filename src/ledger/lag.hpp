#pragma once
// How far a reader is behind a log that goes on growing. Pure: times are of a monotonic clock.
#include <optional>

#include "src/log/shared_log.hpp"

namespace aidledger::ledger {

/// A node that has read what the log held so long ago is up to date.
inline constexpr std::int64_t most_lag_us = 10'000'000;

class Lag {
 public:
  /// `reached`: up to where it was read; `end`: up to where the log is known to go now.
  void note(log::Position reached, log::Position end, std::int64_t now_us) {
    reached_ = reached;
    if (reached < goal_) return;
    goal_ = end;
    known_us_ = now_us;
  }
  /// Since when the log has held what is not read yet; nothing when all of it is.
  std::optional<std::int64_t> since_us() const { return reached_ < goal_ ? std::optional(known_us_) : std::nullopt; }

 private:
  log::Position reached_, goal_;
  std::int64_t known_us_ = 0;
};

}  // namespace aidledger::ledger
