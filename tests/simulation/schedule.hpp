#pragma once
// Virtual time and who runs next. A strand's tasks keep their order; which strand goes on is drawn from the seed; when
// nobody is ready the clock jumps to the next timer.
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/simulation/random.hpp"

namespace aidledger::simulation {

class Schedule {
 public:
  explicit Schedule(Random& random) : random_(random) {}

  using StrandId = std::size_t;
  /// `owner`: the node whose strand it is.
  StrandId add_strand(std::size_t owner = 0) {
    strands_.emplace_back();
    owners_.push_back(owner);
    return strands_.size() - 1;
  }
  void post(StrandId strand, std::function<void()> task) { strands_[strand].push_back(std::move(task)); }
  void at(std::int64_t us, StrandId strand, std::function<void()> task) {
    timers_.emplace(us, Timer{strand, std::move(task)});
  }
  /// The strand's owner is gone: nothing of it runs any more.
  void drop(StrandId strand) {
    strands_[strand].clear();
    std::erase_if(timers_, [&](const auto& timer) { return timer.second.strand == strand; });
  }
  /// Runs one task; false when there is none, now or later.
  bool step() {
    std::vector<StrandId> ready;
    for (StrandId i = 0; i < strands_.size(); ++i)
      if (!strands_[i].empty()) ready.push_back(i);
    if (ready.empty()) return fire_next_timer();
    const StrandId next = random_.pick(ready);
    running_ = owners_[next];
    auto& strand = strands_[next];
    const auto task = std::move(strand.front());
    strand.pop_front();
    task();
    return true;
  }
  /// Whose task runs, or ran last.
  std::size_t running() const { return running_; }
  /// Time goes by while nobody does anything.
  void pass(std::int64_t us) { now_us_ += us; }
  std::int64_t now_us() const { return now_us_; }
  std::int64_t next_timer_us() const { return timers_.empty() ? INT64_MAX : timers_.begin()->first; }
  bool anybody_ready() const {
    for (const auto& strand : strands_)
      if (!strand.empty()) return true;
    return false;
  }

 private:
  struct Timer {
    StrandId strand;
    std::function<void()> task;
  };
  bool fire_next_timer() {
    if (timers_.empty()) return false;
    now_us_ = std::max(now_us_, timers_.begin()->first);
    auto timer = std::move(timers_.extract(timers_.begin()).mapped());
    strands_[timer.strand].push_back(std::move(timer.task));
    return true;
  }

  Random& random_;
  std::deque<std::deque<std::function<void()>>> strands_;
  std::vector<std::size_t> owners_;
  std::size_t running_ = 0;
  std::multimap<std::int64_t, Timer> timers_;
  std::int64_t now_us_ = 0;
};

/// One strand of one incarnation of a node, as the product sees it.
class Strand : public world::Tasks {
 public:
  Strand(Schedule& schedule, std::size_t owner) : schedule_(schedule), id_(schedule.add_strand(owner)) {}
  ~Strand() override { schedule_.drop(id_); }
  void post(std::function<void()> task) override { schedule_.post(id_, std::move(task)); }
  void after(std::int64_t delay_us, std::function<void()> task) override {
    schedule_.at(schedule_.now_us() + delay_us, id_, std::move(task));
  }
  Schedule::StrandId id() const { return id_; }

 private:
  Schedule& schedule_;
  Schedule::StrandId id_;
};

class Clock : public world::Clock {
 public:
  explicit Clock(const Schedule& schedule, Instant begin) : schedule_(schedule), begin_(begin) {}
  Instant now() override { return {begin_.us + schedule_.now_us() + skew_us}; }
  std::int64_t monotonic_us() override { return schedule_.now_us(); }
  std::int64_t skew_us = 0;  ///< steps of the wall clock

 private:
  const Schedule& schedule_;
  Instant begin_;
};

}  // namespace aidledger::simulation
