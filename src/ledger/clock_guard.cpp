#include "src/ledger/clock_guard.hpp"

#include <algorithm>
#include <cstdlib>

namespace aidledger::ledger {

void ClockGuard::rebase() { wall_minus_monotonic_us_ = clock_.now().us - clock_.monotonic_us(); }

void ClockGuard::check_start(Instant last_recorded) {
  const Instant now = clock_.now();
  if (last_recorded.us - now.us > clock_tolerance_us)
    finding_ = "the clock says " + to_text(now) + ", the last record says " + to_text(last_recorded);
}

void ClockGuard::check_broker(Instant appended_at, std::optional<Instant> sent) {
  const Instant now = clock_.now();
  const bool promptly = sent && *sent <= now && now.us - sent->us <= promptly_us;
  if (accepting_ && promptly) accepted_us_ = now.us - appended_at.us, accepting_ = false;
  if (accepting_) return;
  const bool behind = appended_at.us - (now.us - accepted_us_) > clock_tolerance_us;
  const bool ahead = sent && sent->us - accepted_us_ - appended_at.us > clock_tolerance_us;
  if (finding_.empty() && (behind || ahead))
    finding_ = "the clock says " + to_text(ahead ? *sent : now) + ", the broker says " + to_text(appended_at);
}

bool ClockGuard::trusted() {
  if (!finding_.empty()) return false;
  const std::int64_t step = clock_.now().us - clock_.monotonic_us() - wall_minus_monotonic_us_;
  if (std::llabs(step) > clock_tolerance_us)
    finding_ = "the clock stepped by " + std::to_string(step / 1'000'000) + " s and now says " + to_text(clock_.now());
  else if (step != 0)
    rebase();  // small corrections do not add up to a finding
  return finding_.empty();
}

void ClockGuard::accept() {
  finding_.clear();
  accepting_ = true;
  rebase();
}

}  // namespace aidledger::ledger
