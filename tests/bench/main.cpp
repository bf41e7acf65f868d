// aidledger-bench [folder [W1|W2|W5|W8]]: the folder decides which disk is measured; default is the current one. All
// workloads unless one is named.
#include <cstdio>

#include "tests/bench/bench.hpp"

namespace {

using namespace aidledger::bench;

struct Group {
  const char* name;
  std::vector<Workload> (*workloads)(const std::string& folder);
  Runs runs;
};

constexpr Group groups[] = {{"W1", append_workloads, {}},
                            {"W2", rebuild_workloads, {.warm = 1, .measured = 5}},
                            {"W5", post_workloads, {.warm = 1, .measured = 5}},
                            {"W8", kafka_workloads, {.warm = 1, .measured = 5}}};

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = std::string(argc > 1 ? argv[1] : ".") + "/aidledger-bench.data.";
  const std::string only = argc > 2 ? argv[2] : "";
  std::printf("workload, ours, limit, ratio (lowest-highest), goal, met\n");
  for (const auto& group : groups) {
    if (!only.empty() && only != group.name) continue;
    for (const auto& workload : group.workloads(folder + group.name)) measure(workload, group.runs);
  }
}
