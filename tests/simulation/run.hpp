#pragma once
// One seed, one run: draws a configuration, lets clients and faults loose, heals, waits until nothing is pending, then
// holds the invariants against the chain.
#include <cstdint>
#include <string>
#include <vector>

namespace aidledger::simulation {

struct Violation {
  std::string invariant;  ///< I1 ... I12 (tests/simulation/README.md)
  std::string what;
};

struct Result {
  std::vector<Violation> violations;
  std::string trace_hash;
  std::vector<std::string> trace;
  std::size_t actions = 0, records = 0, crashes = 0;
  std::string configuration;
};

Result run(std::uint64_t seed);

}  // namespace aidledger::simulation
