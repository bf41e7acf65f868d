#pragma once
// A shared ordered log as Kafka keeps one, with its faults: what is appended may be answered, may stay unknown, may
// land late (perhaps after a rival's), twice, or never; anybody can write into it. It can lose its end, be made anew,
// or turn out to be another cluster's; its settings can be spoilt for a while. A position is the number of a batch.
#include <set>

#include "src/log/kafka_topics.hpp"
#include "tests/simulation/chain.hpp"
#include "tests/simulation/ground.hpp"
#include "tests/simulation/schedule.hpp"

namespace aidledger::simulation {

/// Of an append, per thousand; `lag`: of what lands, how often a reader sees it much later; `stale`: of starts, how
/// often the brokers show a node an old end for a while.
struct LogFaults {
  unsigned unknown_but_there = 0, lost = 0, late = 0, twice = 0, lag = 0, stale = 0;
};

class Topic {
 public:
  struct Landed {
    Bytes batch;
    std::int64_t at_us;
  };

  Topic(Schedule& schedule, Random& random, Chain& chain, Instant begin)
      : begin_(begin), schedule_(schedule), random_(random), chain_(chain), broker_(schedule.add_strand()) {}

  const std::vector<Landed>& landed() const { return landed_; }
  LogFaults faults() const { return faults_; }
  void set_faults(LogFaults faults) { faults_ = faults; }

  /// As the brokers describe it.
  log::TopicState state() const {
    log::TopicState state;
    state.name = ledger_id;
    state.cluster_id = cluster;
    state.partitions = 1;
    state.replicas = state.brokers = 3;
    state.configs = log::topic_configs({});
    state.high = landed_.size();
    if (unfit) state.configs["retention.ms"] = "604800000";
    return state;
  }
  /// By the brokers' clock, which is right.
  Instant time_of(const Landed& landed) const { return {begin_.us + landed.at_us}; }
  /// Called when a node appends a batch that it decided without having read to the end.
  std::function<void()> decided_blindly = [] {};
  static constexpr auto first_cluster = "simulated";
  std::string cluster = first_cluster;
  bool unfit = false;

  /// The end is gone; whoever reads on finds the log shorter than it was. Copies of it that are still under way are
  /// lost as well. Where one of the last batch lands at its old offset, byte for byte, a node that holds it goes on
  /// from there, and rightly: for whoever reads on from a place, the same bytes at that place are the same log. What
  /// lies before it is vouched for by whoever reads it: where it is not what was there, a node that has to read it
  /// halts LOG_DIVERGED, a dry run of `ledger repair` finds it, and the records are in the copies of all who held them.
  void lose(std::size_t batches) {
    for (std::size_t i = landed_.size() - batches; i < landed_.size(); ++i) lost_.insert(landed_[i].batch);
    landed_.resize(landed_.size() - batches);
    wake_readers();
  }
  /// What was lost may be put back.
  void forget_lost() { lost_.clear(); }
  /// The topic was deleted and made again.
  void make_anew() { lose(landed_.size()); }

  void land(Bytes batch) {
    chain_.take(batch);
    landed_.push_back({std::move(batch), schedule_.now_us()});
    wake_readers();
  }
  void land_later(std::int64_t delay_us, Bytes batch) {
    schedule_.at(schedule_.now_us() + delay_us, broker_, [this, batch = std::move(batch)]() mutable {
      if (!lost_.contains(batch)) land(std::move(batch));
    });
  }
  int add_reader(std::function<void()> wake) {
    readers_.emplace_back(++last_reader_, std::move(wake));
    return last_reader_;
  }
  void remove_reader(int reader) {
    std::erase_if(readers_, [&](const auto& one) { return one.first == reader; });
  }
  Random& random() { return random_; }
  Schedule& schedule() { return schedule_; }

 private:
  void wake_readers() {
    for (const auto& wake : std::vector(readers_)) wake.second();
  }
  Instant begin_;
  Schedule& schedule_;
  Random& random_;
  Chain& chain_;
  LogFaults faults_;
  Schedule::StrandId broker_;
  std::vector<Landed> landed_;
  std::set<Bytes> lost_;
  std::vector<std::pair<int, std::function<void()>>> readers_;
  int last_reader_ = 0;
};

}  // namespace aidledger::simulation
