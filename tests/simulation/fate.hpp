#pragma once
// When a process ends: within the n-th call from now on that it makes to its rows or its log, so that it dies between
// any two lines and not only between two tasks.
#include <cstdint>

#include "src/world/disk.hpp"

namespace aidledger::simulation {

class Fate {
 public:
  void end_at_call(std::uint64_t n) { calls_left_ = n; }
  void spare() { calls_left_ = 0; }
  void call(const char* what) {
    if (calls_left_ > 0 && --calls_left_ == 0) throw world::ProcessEnds{what};
  }

 private:
  std::uint64_t calls_left_ = 0;  ///< 0 = it lives on
};

}  // namespace aidledger::simulation
