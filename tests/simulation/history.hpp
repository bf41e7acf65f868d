#pragma once
// What the clients asked and were told, kept outside every node: the measure of what was promised.
#include <algorithm>
#include <vector>

#include "src/ledger/answer.hpp"
#include "tests/simulation/wish.hpp"

namespace aidledger::simulation {

struct Said {
  Wish wish;
  std::vector<ledger::Answer> answers;  ///< of this request and its retries
  std::int64_t told_at_us = INT64_MAX;  ///< that it is recorded, for the first time

  /// The last word was one.
  bool settled() const {
    using Kind = ledger::Answer::Kind;
    return !answers.empty() && answers.back().kind != Kind::unknown && answers.back().kind != Kind::unavailable;
  }
};

using History = std::vector<Said>;

}  // namespace aidledger::simulation
