#include "tests/bench/bench.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace aidledger::bench {
namespace {

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

double per_second(std::size_t count, const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  return static_cast<double>(count) / seconds.count();
}

void measure(const Workload& workload, const Runs& runs) {
  std::vector<double> ours;
  std::vector<double> limits;
  std::vector<double> ratios;
  for (int run = 0; run < runs.warm + runs.measured; ++run) {
    const double our = workload.ours();
    const double limit = workload.limit();
    if (run < runs.warm) continue;
    ours.push_back(our);
    limits.push_back(limit);
    ratios.push_back(our / limit);
  }
  const double ratio = median(ratios);
  const bool met = workload.better == Better::more ? ratio >= workload.goal : ratio <= workload.goal;
  std::printf("%s, %.0f %s, %.0f %s, %.2f (%.2f-%.2f), %.2f, %s\n", workload.name.c_str(), median(ours),
              workload.unit.c_str(), median(limits), workload.unit.c_str(), ratio,
              *std::min_element(ratios.begin(), ratios.end()), *std::max_element(ratios.begin(), ratios.end()),
              workload.goal,
              workload.goal == 0 ? "-"
              : met              ? "yes"
                                 : "no");
  std::fflush(stdout);
}

}  // namespace aidledger::bench
