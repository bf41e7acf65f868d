#include "src/feed/runner.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>

namespace aidledger::feed {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds first_pause{100}, longest_pause{10'000}, look_at_claim{1'000};
/// More than a node that was frozen needs, once it runs again, to read of the claim that followed its own. Were it
/// less, that node would fence its successor, and be fenced in turn.
constexpr milliseconds read_of_a_claim{3'000};

}  // namespace

/// Outlives the runner where the ledger still holds a call to ring it.
class Runner::Bell {
 public:
  void ring() { set(rung_); }
  void stop() { set(stopped_); }
  bool stopped() {
    const std::lock_guard lock(mutex_);
    return stopped_;
  }
  void wait_for_ring() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return rung_ || stopped_; });
    rung_ = false;
  }
  void pause(milliseconds pause) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, pause, [&] { return stopped_; });
  }

 private:
  void set(bool& flag) {
    const std::lock_guard lock(mutex_);
    flag = true;
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  bool rung_ = false, stopped_ = false;
};

Runner::Runner(std::unique_ptr<FeedSource> source, std::unique_ptr<FeedPort> port, WhenReadable when_readable,
               WhileNotOurs while_not_ours)
    : source_(std::move(source)),
      port_(std::move(port)),
      when_readable_(std::move(when_readable)),
      while_not_ours_(std::move(while_not_ours)),
      publisher_(*source_, *port_),
      bell_(std::make_shared<Bell>()),
      thread_([this] { run(); }) {}

Runner::~Runner() {
  bell_->stop();
  thread_.join();
}

void Runner::run() {
  milliseconds pause = first_pause;
  while (!bell_->stopped()) {
    const Step step = publisher_.step();
    note(step);
    if (step != Step::trouble) pause = first_pause;
    switch (step) {
      case Step::published: break;
      case Step::idle:
        when_readable_(publisher_.next(), [bell = bell_] { bell->ring(); });
        bell_->wait_for_ring();
        break;
      case Step::not_ours:
        if (while_not_ours_) while_not_ours_(*port_, *source_);
        bell_->pause(look_at_claim);
        break;
      case Step::trouble:
        bell_->pause(pause);
        pause = std::min(2 * pause, longest_pause);
        break;
      case Step::doubt: bell_->pause(read_of_a_claim); break;
    }
  }
}

void Runner::note(Step step) {
  next_ = publisher_.next();
  fenced_ = publisher_.fenced();
  const std::lock_guard lock(mutex_);
  failing_ = step == Step::trouble || step == Step::doubt ? port_->failing() : std::string();
}

std::string Runner::failing() const {
  const std::lock_guard lock(mutex_);
  return failing_;
}

}  // namespace aidledger::feed
