#include "src/http/waits.hpp"

#include <utility>
#include <vector>

namespace aidledger::http {

std::shared_ptr<Wait> Waits::begin(std::int64_t now_us, std::function<void()> give_up) {
  auto wait = std::make_shared<Wait>(now_us + length_us_, std::move(give_up));
  const std::lock_guard lock(mutex_);
  while (!waiting_.empty() && waiting_.front()->over()) waiting_.pop_front();
  waiting_.push_back(wait);
  return wait;
}

void Waits::sweep(std::int64_t now_us) {
  std::vector<std::shared_ptr<Wait>> due;
  {
    const std::lock_guard lock(mutex_);
    while (!waiting_.empty() && (waiting_.front()->over() || waiting_.front()->until_us_ <= now_us)) {
      due.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
  }
  for (const auto& wait : due)
    if (!wait->over_.exchange(true)) std::exchange(wait->give_up_, nullptr)();
}

}  // namespace aidledger::http
