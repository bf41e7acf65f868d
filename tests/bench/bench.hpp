#pragma once
// A workload is measured against its limit: a plain program that does the unavoidable work and nothing else, on the
// same machine, in the same run, turn by turn. Only their ratio says anything: shared machines drift.
#include <functional>
#include <string>
#include <vector>

namespace aidledger::bench {

enum class Better : bool { more, less };

struct Workload {
  std::string name;
  std::string unit;
  double goal;  ///< of ours / limit; 0: there is none
  std::function<double()> ours;
  std::function<double()> limit;
  Better better = Better::more;  ///< of less the ratio must not exceed the goal
};

struct Runs {
  int warm = 3;
  int measured = 5;
};

/// Prints `workload, ours, limit, ratio, goal, met`: medians of the measured runs, the ratio from the pairs.
void measure(const Workload& workload, const Runs& runs);

/// `folder` is on the disk that is to be measured; everything made there is removed.
std::vector<Workload> append_workloads(const std::string& folder);
std::vector<Workload> rebuild_workloads(const std::string& folder);
std::vector<Workload> post_workloads(const std::string& folder);
/// None where AIDLEDGER_KAFKA names no brokers.
std::vector<Workload> kafka_workloads(const std::string& folder);

/// Calls `work` once and gives `count` per second.
double per_second(std::size_t count, const std::function<void()>& work);

}  // namespace aidledger::bench
