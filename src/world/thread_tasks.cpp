#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "src/world/world.hpp"

namespace aidledger::world {
namespace {

using Steady = std::chrono::steady_clock;

class ThreadTasks : public Tasks {
 public:
  ThreadTasks() : thread_([this] { run(); }) {}
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
      } else if (stopping_) {
        return;
      } else if (waiting_.empty()) {
        wake_.wait(lock);
      } else {
        wake_.wait_until(lock, waiting_.begin()->first);
      }
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> ready_;
  std::multimap<Steady::time_point, std::function<void()>> waiting_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace

std::unique_ptr<Tasks> thread_tasks() { return std::make_unique<ThreadTasks>(); }

}  // namespace aidledger::world
