#pragma once
// A shared ordered log with its faults: what is appended may be answered, may stay unknown, may land late (perhaps
// after a rival's), twice, or never; each reader sees the end with a lag of its own. What is in it never changes.
#include "src/log/shared_log.hpp"
#include "tests/simulation/chain.hpp"
#include "tests/simulation/fate.hpp"
#include "tests/simulation/schedule.hpp"

namespace aidledger::simulation {

/// Chances per thousand.
struct LogFaults {
  unsigned unknown_but_there = 0, lost = 0, late = 0, twice = 0, lag = 0;
};

class Topic {
 public:
  Topic(Schedule& schedule, Random& random, Chain& chain)
      : schedule_(schedule), random_(random), chain_(chain), broker_(schedule.add_strand()) {}

  std::vector<Bytes> batches;
  LogFaults faults() const { return faults_; }
  void set_faults(LogFaults faults) { faults_ = faults; }
  void heal() { faults_ = {}; }

  void land(Bytes batch) {
    chain_.take(batch);
    batches.push_back(std::move(batch));
    for (const auto& wake : std::vector(readers_)) wake.second();
  }
  void land_later(std::int64_t delay_us, Bytes batch) {
    schedule_.at(schedule_.now_us() + delay_us, broker_,
                 [this, batch = std::move(batch)]() mutable { land(std::move(batch)); });
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
  Schedule& schedule_;
  Random& random_;
  Chain& chain_;
  LogFaults faults_;
  Schedule::StrandId broker_;
  std::vector<std::pair<int, std::function<void()>>> readers_;
  int last_reader_ = 0;
};

/// One node's handle on the topic: gone with the node.
class TopicLog : public log::SharedLog {
 public:
  TopicLog(Topic& topic, Strand& strand, Fate& fate)
      : topic_(topic),
        strand_(strand),
        fate_(fate),
        reader_(topic.add_reader([this] { see_more(); })),
        visible_(topic.batches.size()) {}
  ~TopicLog() override { topic_.remove_reader(reader_); }

  void append(Bytes batch, std::function<void(log::Appended)> done) override {
    fate_.call("before an append");
    auto& random = topic_.random();
    const auto faults = topic_.faults();
    auto outcome = log::Appended::done;
    const std::int64_t delay = random.between(200, 5'000);
    if (random.chance(faults.lost)) {
      outcome = log::Appended::unknown;
    } else if (random.chance(faults.late)) {
      outcome = log::Appended::unknown;
      topic_.land_later(delay + random.between(1'000, 60'000'000), std::move(batch));
    } else {
      if (random.chance(faults.unknown_but_there)) outcome = log::Appended::unknown;
      if (random.chance(faults.twice)) topic_.land_later(delay + random.between(0, 100'000), batch);
      topic_.land_later(delay, std::move(batch));
    }
    strand_.after(delay + random.between(0, 2'000), [done = std::move(done), outcome] { done(outcome); });
    fate_.call("after an append");
  }
  std::vector<log::Entry> read(log::Position from, std::size_t) override {
    std::vector<log::Entry> out;
    for (std::size_t i = from.value; i < visible_ && out.size() < 8; ++i)
      out.push_back({{i + 1}, topic_.batches[i], {}});
    return out;
  }
  void on_readable(std::function<void()> wake) override { wake_ = std::move(wake); }
  bool at_end(log::Position position) override { return position.value >= visible_; }

 private:
  void see_more() {
    auto& random = topic_.random();
    const std::int64_t lag =
        random.chance(topic_.faults().lag) ? random.between(10'000, 20'000'000) : random.between(0, 1'000);
    strand_.after(lag, [this, upto = topic_.batches.size()] {
      visible_ = std::max(visible_, upto);
      if (wake_) wake_();
    });
  }
  Topic& topic_;
  Strand& strand_;
  Fate& fate_;
  int reader_;
  std::size_t visible_;
  std::function<void()> wake_;
};

}  // namespace aidledger::simulation
