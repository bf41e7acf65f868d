// aidledger-bench [folder]: the folder decides which disk is measured; default is the current one.
#include <cstdio>

#include "tests/bench/bench.hpp"

int main(int argc, char** argv) {
  const std::string folder = std::string(argc > 1 ? argv[1] : ".") + "/aidledger-bench.data";
  std::printf("workload, ours, limit, ratio (lowest-highest), goal, met\n");
  for (const auto& workload : aidledger::bench::append_workloads(folder)) aidledger::bench::measure(workload, {});
  for (const auto& workload : aidledger::bench::rebuild_workloads(folder + ".rebuild"))
    aidledger::bench::measure(workload, {.warm = 1, .measured = 5});
}
