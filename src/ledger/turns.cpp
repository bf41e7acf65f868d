#include "src/ledger/turns.hpp"

#include <algorithm>
#include <utility>

namespace aidledger::ledger {

void Turns::launched(std::int64_t now_us) {
  launched_at_us_ = now_us;
  std::erase_if(waiting_, [this](const auto& one) { return before_own(one.first); });
}

void Turns::accepted(const log::KeyId& writer, std::uint32_t waiting, std::int64_t now_us) {
  last_ = writer;
  last_at_us_ = now_us;
  if (writer == own_) {
    if (const auto since = std::exchange(launched_at_us_, std::nullopt))
      turn_us_ = std::clamp(2 * (now_us - *since), shortest_turn_us, longest_turn_us);
  } else if (waiting == 0) {
    waiting_.erase(writer);
  } else {
    waiting_[writer] = waiting;
  }
}

void Turns::lost(const log::KeyId& writer, std::uint32_t waiting) {
  if (writer != own_) waiting_[writer] = std::max(waiting, 1U);
}

/// Whether that writer's turn comes before ours, going round from the last one's.
bool Turns::before_own(const log::KeyId& key) const {
  if (!last_) return false;
  const bool wraps = key <= *last_, own_wraps = own_ <= *last_;
  return wraps == own_wraps ? key < own_ : own_wraps;
}

std::int64_t Turns::wait_us(std::int64_t now_us) const {
  const auto before = std::ranges::count_if(waiting_, [this](const auto& one) { return before_own(one.first); });
  return before == 0 ? 0 : std::max<std::int64_t>(0, last_at_us_ + before * turn_us_ - now_us);
}

}  // namespace aidledger::ledger
