#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "src/world/world.hpp"

namespace aidledger::world {
namespace {

using Steady = std::chrono::steady_clock;

/// After a look around in vain the next ones are left out: then work does not come that close together.
constexpr int looks_left_out = 8;

class ThreadTasks : public Tasks {
 public:
  explicit ThreadTasks(std::int64_t look_around_us) : look_around_(look_around_us), thread_([this] { run(); }) {}
  ~ThreadTasks() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

  void post(std::function<void()> task) override {
    {
      const std::lock_guard lock(mutex_);
      ready_.push_back(std::move(task));
      posted_.fetch_add(1, std::memory_order_release);
    }
    wake_.notify_one();
  }

  void after(std::int64_t delay_us, std::function<void()> task) override {
    {
      const std::lock_guard lock(mutex_);
      waiting_.emplace(Steady::now() + std::chrono::microseconds(delay_us), std::move(task));
    }
    wake_.notify_one();
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    bool look = false;
    for (;;) {
      while (!waiting_.empty() && waiting_.begin()->first <= Steady::now()) {
        ready_.push_back(std::move(waiting_.extract(waiting_.begin()).mapped()));
      }
      if (!ready_.empty()) {
        const auto task = std::move(ready_.front());
        ready_.pop_front();
        lock.unlock();
        task();
        lock.lock();
        look = true;
      } else if (stopping_) {
        return;
      } else if (std::exchange(look, false)) {
        lock.unlock();
        look_around();
        lock.lock();
      } else if (waiting_.empty()) {
        wake_.wait(lock);
      } else {
        wake_.wait_until(lock, waiting_.begin()->first);
      }
    }
  }

  void look_around() {
    if (look_around_.count() == 0) return;
    if (left_out_ > 0) {
      --left_out_;
      return;
    }
    const auto before = posted_.load(std::memory_order_relaxed);
    const auto until = Steady::now() + look_around_;
    while (posted_.load(std::memory_order_acquire) == before) {
      if (Steady::now() >= until) {
        left_out_ = looks_left_out;
        return;
      }
#if defined(__x86_64__)
      __builtin_ia32_pause();
#endif
    }
  }

  const std::chrono::microseconds look_around_;
  int left_out_ = 0;  ///< of the thread
  std::atomic<std::uint64_t> posted_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> ready_;
  std::multimap<Steady::time_point, std::function<void()>> waiting_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace

std::unique_ptr<Tasks> thread_tasks(std::int64_t look_around_us) {
  return std::make_unique<ThreadTasks>(look_around_us);
}

}  // namespace aidledger::world
