#pragma once
// The publisher on a thread of its own, following a ledger until it is destroyed: port and source may wait for disk or
// broker.
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "src/feed/publisher.hpp"

namespace aidledger::feed {

/// Calls the function (any thread) once record `seq` can be read: Ledger::when_readable.
using WhenReadable = std::function<void(Seq seq, std::function<void()> then)>;

/// Called about once a second, on the runner's thread, while another node publishes.
using WhileNotOurs = std::function<void(FeedPort& port, FeedSource& source)>;

class Runner {
 public:
  Runner(std::unique_ptr<FeedSource> source, std::unique_ptr<FeedPort> port, WhenReadable when_readable,
         WhileNotOurs while_not_ours = {});
  ~Runner();

  /// Records before this one are published.
  Seq next() const { return next_; }
  /// Publishes that were refused because somebody else has taken over, or seems to have.
  std::uint64_t fenced() const { return fenced_; }
  /// One sentence on what stands in the way; empty when nothing does.
  std::string failing() const;

 private:
  class Bell;
  void run();
  void note(Step step);

  std::unique_ptr<FeedSource> source_;
  std::unique_ptr<FeedPort> port_;
  WhenReadable when_readable_;
  WhileNotOurs while_not_ours_;
  Publisher publisher_;
  std::shared_ptr<Bell> bell_;
  std::atomic<Seq> next_ = 0;
  std::atomic<std::uint64_t> fenced_ = 0;
  mutable std::mutex mutex_;
  std::string failing_;
  std::thread thread_;
};

}  // namespace aidledger::feed
