#pragma once
// A wall clock that steps by more than five minutes against the monotonic clock, stands behind the last record at
// start, or is that far from the broker's is not trusted to date records: the node stops writing (CLOCK_SUSPECT) until
// an operator accepts it.
#include <optional>
#include <string>

#include "src/world/world.hpp"

namespace aidledger::ledger {

inline constexpr std::int64_t clock_tolerance_us = 5LL * 60 * 1'000'000, promptly_us = 60'000'000;

class ClockGuard {
 public:
  explicit ClockGuard(world::Clock& clock) : clock_(clock) { rebase(); }

  /// At start: the last record's time.
  void check_start(Instant last_recorded);
  /// The broker's time of an entry that the log holds now; `sent`: this clock's when the entry was sent, of our own.
  /// However long either took: it was appended after it was sent, and before now.
  void check_broker(Instant appended_at, std::optional<Instant> sent);
  /// Looks again; true while the clock is trusted.
  bool trusted();
  /// What is suspect; empty while trusted.
  const std::string& finding() const { return finding_; }
  /// An operator accepts the clock as it stands now, and as far as it is from the broker's: how far that is, the next
  /// entry of our own says that was appended and read promptly. Until then the broker's times say nothing.
  void accept();

 private:
  void rebase();

  world::Clock& clock_;
  std::int64_t wall_minus_monotonic_us_ = 0;
  std::int64_t accepted_us_ = 0;  ///< so far from the broker's clock is right
  bool accepting_ = false;        ///< accepted, and not measured yet
  std::string finding_;
};

}  // namespace aidledger::ledger
