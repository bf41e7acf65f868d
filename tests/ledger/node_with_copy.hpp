#pragma once
// A node that keeps a copy of a log that lies elsewhere, asked by the operator.
#include "tests/support/asked.hpp"
#include "tests/support/memory_world.hpp"

namespace aidledger::test {

/// How often a node that is blocked tries again.
inline constexpr std::int64_t timekeeper_us = 1'000'000;

struct NodeWithCopy {
  void ask(const std::string& action_id) {
    node.ledger->ask(asked_by_operator(action_id, clock.wall,
                                       [this](const ledger::Answer& answer) { answers.push_back(answer.kind); }));
    tasks.run();
  }
  MemoryLog log;
  ManualClock clock;
  ManualTasks tasks{clock};
  vault::MemoryVault vault;
  MemoryCopy copy;
  MemoryNode node{log, clock, tasks, vault, &copy};
  std::vector<ledger::Answer::Kind> answers;
};

}  // namespace aidledger::test
