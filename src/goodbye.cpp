#include "src/goodbye.hpp"

#include <cstdlib>

namespace aidledger {

void Goodbye::begin(std::chrono::milliseconds patience) {
  thread_ = std::thread([this, patience] {
    std::unique_lock lock(mutex_);
    if (!said_.wait_for(lock, patience, [this] { return over_; })) std::_Exit(EXIT_SUCCESS);
  });
}

Goodbye::~Goodbye() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  said_.notify_all();
  if (thread_.joinable()) thread_.join();
}

}  // namespace aidledger
