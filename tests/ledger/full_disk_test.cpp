// The copy of a log that lies elsewhere cannot be written for a while.
#include <catch2/catch.hpp>

#include "src/rules/governance.hpp"
#include "tests/support/memory_world.hpp"

using namespace aidledger;
using ledger::Answer;

namespace {

constexpr std::int64_t timekeeper_us = 1'000'000;

struct World {
  void ask(const std::string& action_id) {
    ledger::Asked asked;
    asked.principal = {"t-1", "p-1", {Role::operator_}, "chengbei", {}, {}, {}, {}};
    asked.request.type = rules::find_action("accept-clock");
    asked.request.action = std::make_shared<rules::AcceptClock>(rules::AcceptClock{"n", "fine"});
    asked.request.principal = "t-1";
    asked.request.action_id = action_id;
    asked.request.occurred_at = clock.wall;
    asked.request.actor = {"p-1", {Role::operator_}, {}, {}, {}};
    asked.canonical = action_id;
    asked.answer = [this](const Answer& answer) { answers.push_back(answer.kind); };
    node.ledger->ask(std::move(asked));
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
