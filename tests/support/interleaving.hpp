#pragma once
// Programs side by side, in every order in which their steps can come: each runs on a thread of its own, one at a time,
// from one pause to the next. Nothing here waits for time.
#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace aidledger::test {

class Steps {
 public:
  using Program = std::function<void(const std::function<void()>& pause)>;

  /// Calls `run` with a new Steps for each order; it calls `side_by_side` once. Returns how many orders there were.
  static int in_every_order(const std::function<void(Steps&)>& run) {
    std::vector<Choice> choices;
    for (int orders = 1;; ++orders) {
      Steps steps(choices);
      run(steps);
      choices = steps.choices_;
      while (!choices.empty() && choices.back().taken + 1 == choices.back().of) choices.pop_back();
      if (choices.empty()) return orders;
      ++choices.back().taken;
    }
  }

  void side_by_side(const std::vector<Program>& programs) {
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < programs.size(); ++i) {
      living_.push_back(static_cast<int>(i));
      threads.emplace_back([this, &programs, me = static_cast<int>(i)] {
        wait_for_turn(me);
        programs[static_cast<std::size_t>(me)]([this, me] { pass_on(), wait_for_turn(me); });
        std::erase(living_, me);
        pass_on();
      });
    }
    while (!living_.empty()) give_turn(living_[choose(living_.size())]);
    for (auto& thread : threads) thread.join();
  }

 private:
  struct Choice {
    std::size_t taken, of;
  };
  static constexpr int nobody = -1;

  explicit Steps(std::vector<Choice> begin) : choices_(std::move(begin)) {}

  std::size_t choose(std::size_t of) {
    if (made_ == choices_.size()) choices_.push_back({0, of});
    return choices_[made_++].taken;
  }
  void give_turn(int who) {
    std::unique_lock lock(mutex_);
    turn_ = who;
    changed_.notify_all();
    changed_.wait(lock, [&] { return turn_ == nobody; });
  }
  void wait_for_turn(int me) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return turn_ == me; });
  }
  void pass_on() {
    const std::lock_guard lock(mutex_);
    turn_ = nobody;
    changed_.notify_all();
  }

  std::vector<Choice> choices_;
  std::size_t made_ = 0;
  std::vector<int> living_;  ///< changed only by whose turn it is
  std::mutex mutex_;
  std::condition_variable changed_;
  int turn_ = nobody;
};

}  // namespace aidledger::test
