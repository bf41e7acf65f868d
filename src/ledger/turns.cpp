#include "src/ledger/turns.hpp"

#include <algorithm>
#include <utility>

namespace aidledger::ledger {

void Turns::accepted(const log::KeyId& writer, std::uint32_t waiting, std::int64_t now_us) {
  if (writer != own_) skip_to(writer);
  last_ = writer;
  last_at_us_ = now_us;
  passed_ = 0;
  const auto since = writer == own_ ? std::exchange(begun_at_us_, std::nullopt) : std::nullopt;
  if (since) leave(std::max(2 * (now_us - *since), turn_us_ - turn_us_ / 32));
  if (writer != own_ && (waiting > 0 || waiting_.contains(writer))) waiting_[writer] = waiting;
}

void Turns::lost(const log::KeyId& writer, std::uint32_t waiting) {
  if (writer == own_) return;
  waiting_[writer] = std::max(waiting, 1U);
  leave(3 * turn_us_);
}

void Turns::beaten_by(const log::KeyId& writer) {
  if (writer == own_) return;
  waiting_.try_emplace(writer, 0);
  leave(3 * turn_us_);
}

void Turns::leave(std::int64_t us) { turn_us_ = std::clamp(us, shortest_turn_us, longest_turn_us); }

/// Another waited shorter than we do for those between the last writer and itself: we no longer wait for them.
void Turns::skip_to(const log::KeyId& writer) {
  while (last_ && !waiting_.empty() && next() != own_ && next() != writer) waiting_.erase(next());
}

/// The first key after the last writer's, going round, among those that wait and our own.
const log::KeyId& Turns::next() const {
  const auto after = waiting_.upper_bound(*last_);
  const bool own_after = own_ > *last_;
  if (after != waiting_.end()) return own_after && own_ < after->first ? own_ : after->first;
  if (own_after || waiting_.begin()->first > own_) return own_;
  return waiting_.begin()->first;
}

/// One turn after another: two who wait for a third do not go at the same moment.
std::int64_t Turns::wait_us(std::int64_t now_us) {
  for (; last_ && !waiting_.empty() && next() != own_; ++passed_) {
    const std::int64_t left = last_at_us_ + (passed_ + 1) * turn_us_ - now_us;
    if (left > 0) return left;
    waiting_.erase(next());
  }
  return 0;
}

}  // namespace aidledger::ledger
