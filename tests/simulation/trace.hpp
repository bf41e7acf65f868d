#pragma once
// What happened in a run, line by line: the hash over all lines tells two runs of one seed apart, the last lines go
// into the report of a failure.
#include <string>
#include <vector>

#include "src/world/digest.hpp"
#include "tests/simulation/run.hpp"
#include "tests/simulation/schedule.hpp"

namespace aidledger::simulation {

inline constexpr std::size_t kept_trace = 200;

class Trace {
 public:
  explicit Trace(const Schedule& schedule) : schedule_(schedule) {}

  void operator()(const std::string& what) {
    lines_.push_back(std::to_string(schedule_.now_us()) + " " + what);
    hash_ = world::sha256(view_of(hash_), lines_.back());
    if (lines_.size() > kept_trace) lines_.erase(lines_.begin());
  }
  void violated(const char* invariant, const std::string& what) {
    (*this)(std::string("VIOLATED ") + invariant + ": " + what);
    violations_.push_back({invariant, what});
  }
  std::int64_t now_us() const { return schedule_.now_us(); }
  bool clean() const { return violations_.empty(); }
  void into(Result& result) {
    result.trace_hash = to_hex(view_of(hash_)).substr(0, 16);
    result.trace = std::move(lines_);
    result.violations = std::move(violations_);
  }

 private:
  const Schedule& schedule_;
  std::vector<std::string> lines_;
  std::vector<Violation> violations_;
  Hash hash_{};
};

}  // namespace aidledger::simulation
