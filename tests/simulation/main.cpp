// aidledger-sim: runs seeds; a violation prints invariant, seed and the command that repeats it.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <thread>

#include "tests/simulation/run.hpp"

namespace {

using aidledger::simulation::Result;

struct Options {
  std::uint64_t seeds = 100, from = 1, jobs = 2;
  bool trace = false, until_failure = false;
};

constexpr const char* usage =
    "usage: aidledger-sim [--seeds N] [--from S] [--jobs J] [--trace] [--until-failure]\n"
    "  aidledger-sim --seeds 1000             a thousand seeds on two threads\n"
    "  aidledger-sim --from 17 --seeds 1 --trace   one seed, with its last 200 lines\n"
    "Every 50th seed is run twice and must give the same trace hash.\n";

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const auto number = [&] { return i + 1 < argc ? std::strtoull(argv[++i], nullptr, 10) : 0; };
    if (std::strcmp(argv[i], "--seeds") == 0)
      options.seeds = number();
    else if (std::strcmp(argv[i], "--from") == 0)
      options.from = number();
    else if (std::strcmp(argv[i], "--jobs") == 0)
      options.jobs = number();
    else if (std::strcmp(argv[i], "--trace") == 0)
      options.trace = true;
    else if (std::strcmp(argv[i], "--until-failure") == 0)
      options.until_failure = true;
    else {
      std::fputs(usage, std::strcmp(argv[i], "--help") == 0 ? stdout : stderr);
      std::exit(std::strcmp(argv[i], "--help") == 0 ? 0 : 2);
    }
  }
  return options;
}

/// `program`: as it was called, for the command that repeats the seed.
void report(const char* program, std::uint64_t seed, const Result& result, bool trace) {
  for (const auto& violation : result.violations)
    std::printf("FAIL inv=%s seed=%llu config=(%s)\n  %s\n  repeat: %s --from %llu --seeds 1 --trace\n",
                violation.invariant.c_str(), static_cast<unsigned long long>(seed), result.configuration.c_str(),
                violation.what.c_str(), program, static_cast<unsigned long long>(seed));
  if (trace) {
    for (const auto& line : result.trace) std::printf("  %s\n", line.c_str());
    std::printf("seed %llu trace %s (%s)\n", static_cast<unsigned long long>(seed), result.trace_hash.c_str(),
                result.configuration.c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parse(argc, argv);
  std::atomic<std::uint64_t> next{options.from}, failed{0}, actions{0}, records{0}, crashes{0}, run{0};
  std::mutex printing;
  const auto work = [&] {
    for (std::uint64_t seed = next++; seed < options.from + options.seeds && !(options.until_failure && failed > 0);
         seed = next++) {
      Result result = aidledger::simulation::run(seed);
      if (seed % 50 == 0 && aidledger::simulation::run(seed).trace_hash != result.trace_hash)
        result.violations.push_back({"determinism", "two runs of one seed differ"});
      actions += result.actions, records += result.records, crashes += result.crashes, ++run;
      if (!result.violations.empty()) ++failed;
      if (!result.violations.empty() || options.trace) {
        const std::lock_guard lock(printing);
        report(argv[0], seed, result, options.trace);
      }
    }
  };
  std::vector<std::thread> threads;
  for (std::uint64_t i = 1; i < options.jobs; ++i) threads.emplace_back(work);
  work();
  for (auto& thread : threads) thread.join();
  std::printf("%llu actions, %llu records, %llu crashes\n%llu passed, %llu failed\n",
              static_cast<unsigned long long>(actions), static_cast<unsigned long long>(records),
              static_cast<unsigned long long>(crashes), static_cast<unsigned long long>(run - failed),
              static_cast<unsigned long long>(failed));
  return failed > 0 ? 1 : 0;
}
