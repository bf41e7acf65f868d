// The copy of a log that lies elsewhere cannot be written for a while.
#include <catch2/catch.hpp>

#include "src/rules/governance.hpp"
#include "tests/support/asked.hpp"
#include "tests/support/memory_world.hpp"

using namespace aidledger;
using ledger::Answer;

namespace {

constexpr std::int64_t timekeeper_us = 1'000'000;

struct World {
  void ask(const std::string& action_id) {
    node.ledger->ask(test::asked_by_operator(action_id, clock.wall,
                                             [this](const Answer& answer) { answers.push_back(answer.kind); }));
    tasks.run();
  }

  test::MemoryLog log;
  test::ManualClock clock;
  test::ManualTasks tasks{clock};
  vault::MemoryVault vault;
  test::MemoryCopy copy;
  test::MemoryNode node{log, clock, tasks, vault, &copy};
  std::vector<Answer::Kind> answers;
};

}  // namespace

TEST_CASE("a node whose disk is full says so, answers nothing that it does not hold, and goes on when there is room") {
  World w;
  w.copy.full = true;
  w.ask("in the log, not here");
  CHECK(w.answers.empty());
  CHECK(w.node.ledger->health().blocked.find("No space left") != std::string::npos);
  CHECK(w.node.ledger->view().next_seq() == 1);
  w.ask("turned away");
  CHECK(w.answers == std::vector{Answer::Kind::unavailable});

  w.tasks.pass(timekeeper_us);
  CHECK_FALSE(w.node.ledger->health().blocked.empty());
  w.copy.full = false;
  w.tasks.pass(timekeeper_us);
  CHECK(w.node.ledger->health().blocked.empty());
  CHECK(w.answers == std::vector{Answer::Kind::unavailable, Answer::Kind::accepted});
  CHECK(w.copy.frames.size() == 2);
}

TEST_CASE("what could not be made durable is tried again also where the log brings nothing new") {
  World w;
  w.copy.unsettled = true;
  w.ask("kept, not durable");
  CHECK_FALSE(w.node.ledger->health().blocked.empty());
  w.copy.unsettled = false;
  w.tasks.pass(timekeeper_us);
  CHECK(w.node.ledger->health().blocked.empty());
  w.ask("taken again");
  CHECK(w.answers.back() == Answer::Kind::accepted);
}
