#pragma once
// When a process ends: within the n-th call from now on that it makes to its rows or its log, so that it dies between
// any two lines and not only between two tasks.
#include <cstdint>

#include "src/world/disk.hpp"

namespace aidledger::simulation {

class Fate {
 public:
  void end_at_call(std::uint64_t n) { calls_left_ = n; }
  /// It ended there, or it lives on after all.
  void spare() { calls_left_ = 0, ended_ = false; }
  bool ended() const { return ended_; }
  void call(const char* what) {
    if (calls_left_ == 0 || --calls_left_ > 0) return;
    ended_ = true;
    throw world::ProcessEnds{what};
  }

 private:
  std::uint64_t calls_left_ = 0;  ///< 0 = it lives on
  bool ended_ = false;
};

}  // namespace aidledger::simulation
