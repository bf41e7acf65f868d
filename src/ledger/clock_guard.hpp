#pragma once
// A wall clock that steps by more than five minutes against the monotonic clock, or stands behind the last record at
// start, is not trusted to date records: the node stops writing (CLOCK_SUSPECT) until an operator accepts it.
#include <string>

#include "src/world/world.hpp"

namespace aidledger::ledger {

inline constexpr std::int64_t clock_tolerance_us = 5LL * 60 * 1'000'000;

class ClockGuard {
 public:
  explicit ClockGuard(world::Clock& clock) : clock_(clock) { rebase(); }

  /// At start: the last record's time.
  void check_start(Instant last_recorded);
  /// A batch of ours was given this time by the broker just now.
  void check_broker(Instant appended_at);
  /// Looks again; true while the clock is trusted.
  bool trusted();
  /// What is suspect; empty while trusted.
  const std::string& finding() const { return finding_; }
  /// An operator accepts the clock as it stands now.
  void accept();

 private:
  void rebase();

  world::Clock& clock_;
  std::int64_t wall_minus_monotonic_us_ = 0;
  std::string finding_;
};

}  // namespace aidledger::ledger
