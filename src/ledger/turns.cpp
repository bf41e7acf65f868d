#include "src/ledger/turns.hpp"

#include <algorithm>

namespace aidledger::ledger {

void Turns::accepted(const log::KeyId& writer, std::uint32_t waiting, std::int64_t now_us) {
  last_ = writer;
  last_at_us_ = now_us;
  if (waiting == 0)
    waiting_.erase(writer);
  else if (writer != own_)
    waiting_[writer] = waiting;
}

void Turns::lost(const log::KeyId& writer, std::uint32_t waiting) {
  if (writer != own_) waiting_[writer] = std::max(waiting, 1U);
}

/// The first key after the last writer's, going round, among those that wait and our own.
const log::KeyId& Turns::next() const {
  const auto after = waiting_.upper_bound(*last_);
  const bool own_after = own_ > *last_;
  if (after != waiting_.end()) return own_after && own_ < after->first ? own_ : after->first;
  if (own_after || waiting_.begin()->first > own_) return own_;
  return waiting_.begin()->first;
}

std::int64_t Turns::wait_us(std::int64_t now_us) const {
  if (!last_ || waiting_.empty() || next() == own_) return 0;
  return std::max<std::int64_t>(0, last_at_us_ + hold_back_us - now_us);
}

}  // namespace aidledger::ledger
