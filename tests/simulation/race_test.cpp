// Two nodes at full speed on one ledger, without faults, at several speeds of both.
#include "tests/simulation/race.hpp"

#include <catch2/catch.hpp>

using namespace aidledger::simulation;

namespace {

std::vector<Violation> after_a_race(std::uint64_t seed, const Pace& pace) {
  Configuration two_nodes;
  two_nodes.nodes = 2;
  Stage stage(seed, two_nodes);
  stage.open();
  race(stage, pace);
  Result result;
  stage.trace.into(result);
  return result.violations;
}

}  // namespace

TEST_CASE("the slower of two nodes is served and few batches are void, however slow they are") {
  const auto pace = GENERATE(values<Pace>({{0, 0},
                                           {0, 3'000},
                                           {0, 10'000},
                                           {0, 30'000},
                                           {3'000, 10'000},
                                           {3'000, 100'000},
                                           {10'000, 10'000},
                                           {10'000, 100'000},
                                           {30'000, 100'000},
                                           {100'000, 100'000}}));
  for (std::uint64_t seed = 1; seed <= 5; ++seed)
    for (const auto& violation : after_a_race(seed, pace))
      FAIL_CHECK(pace.quick_us << " and " << pace.slow_us << " us, seed " << seed << ": " << violation.what);
}
