#pragma once
// How long each of many took, and how many were done in a second.
#include <algorithm>
#include <chrono>
#include <vector>

namespace aidledger::bench {

using std::chrono::steady_clock;

struct Taken {
  double p50_us, per_second;
};

/// Notes when each of so many was begun and done.
class Stopwatch {
 public:
  void done(steady_clock::time_point begun) {
    times_.push_back(std::chrono::duration<double, std::micro>(steady_clock::now() - begun).count());
  }
  std::size_t count() const { return times_.size(); }
  Taken taken() {
    const std::chrono::duration<double> all = steady_clock::now() - start_;
    const auto middle = times_.begin() + static_cast<std::ptrdiff_t>(times_.size() / 2);
    std::nth_element(times_.begin(), middle, times_.end());
    return {*middle, static_cast<double>(times_.size()) / all.count()};
  }

 private:
  steady_clock::time_point start_ = steady_clock::now();
  std::vector<double> times_;
};

}  // namespace aidledger::bench
