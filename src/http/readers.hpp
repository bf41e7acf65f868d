#pragma once
// Threads that may block on rows and files, so that those that hold connections never do.
#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "src/world/world.hpp"

namespace aidledger::http {

class Readers {
 public:
  explicit Readers(unsigned threads) {
    for (unsigned i = 0; i < threads; ++i) strands_.push_back(world::thread_tasks());
  }
  void run(std::function<void()> task) { strands_[next_++ % strands_.size()]->post(std::move(task)); }

 private:
  std::vector<std::unique_ptr<world::Tasks>> strands_;
  std::atomic<std::size_t> next_ = 0;
};

}  // namespace aidledger::http
