#pragma once
// Answers that may be late: each gets what it waits for or, when its time has passed, something else; never both.
#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace aidledger::http {

class Wait {
 public:
  Wait(std::int64_t until_us, std::function<void()> give_up) : until_us_(until_us), give_up_(std::move(give_up)) {}
  /// True for the first who comes: that one answers. What would have been said instead is let go of.
  bool claim() {
    if (over_.exchange(true)) return false;
    give_up_ = nullptr;
    return true;
  }
  bool over() const { return over_; }

 private:
  friend class Waits;
  std::atomic<bool> over_ = false;
  std::int64_t until_us_;
  std::function<void()> give_up_;
};

/// Waits of one length, so that they end in the order in which they began. May be used from any thread.
class Waits {
 public:
  explicit Waits(std::int64_t length_us) : length_us_(length_us) {}
  /// `give_up` is called by `sweep` unless somebody has claimed the wait before.
  std::shared_ptr<Wait> begin(std::int64_t now_us, std::function<void()> give_up);
  void sweep(std::int64_t now_us);

 private:
  std::int64_t length_us_;
  std::mutex mutex_;
  std::deque<std::shared_ptr<Wait>> waiting_;
};

}  // namespace aidledger::http
