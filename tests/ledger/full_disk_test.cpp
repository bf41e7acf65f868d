// The disk takes nothing more for a while: that of the log itself, or that of the copy of a log that lies elsewhere.
#include <catch2/catch.hpp>

#include "src/rules/governance.hpp"
#include "tests/ledger/node_with_copy.hpp"

using namespace aidledger;
using ledger::Answer;
using test::NodeWithCopy;
using test::timekeeper_us;

namespace {

/// The log itself is on the disk.
struct World : test::OneNode<> {
  void ask(const std::string& action_id) {
    node.ledger->ask(
        test::asked_by_operator(action_id, clock.wall, [this](const Answer& answer) { answers.push_back(answer); }));
    tasks.run();
  }
  std::vector<Answer::Kind> kinds() const {
    std::vector<Answer::Kind> out;
    for (const auto& answer : answers) out.push_back(answer.kind);
    return out;
  }
  std::vector<Answer> answers;
};

}  // namespace

TEST_CASE("an action that finds the disk full is told at once, nothing of it is recorded, and it may be asked again") {
  World w;
  w.log.full = true;
  w.ask("a-1");
  REQUIRE(w.kinds() == std::vector{Answer::Kind::unavailable});
  CHECK(w.answers[0].detail == "the disk is full");
  w.log.full = false;
  w.log.wake();
  w.ask("a-1");
  CHECK(w.kinds() == std::vector{Answer::Kind::unavailable, Answer::Kind::accepted});
  CHECK_FALSE(w.answers[1].replayed);
  CHECK(w.node.ledger->health().next_seq == 2);
}

TEST_CASE("while the disk is full nothing is decided: the log is not asked again for each action") {
  World w;
  w.log.full = true;
  w.ask("a-1");
  const int appends = w.log.appends;
  for (int i = 2; i < 10; ++i) w.ask("a-" + std::to_string(i));
  CHECK(w.kinds() == std::vector(9, Answer::Kind::unavailable));
  CHECK(w.log.appends == appends);
}

TEST_CASE("what was decided on top of a batch that found no room is told so too, a refusal and a copy as well") {
  World w;
  w.log.held = true;
  w.ask("a-1");
  w.ask("a-1");  // a copy
  w.ask("a-2");  // decided on top
  auto conflict =
      test::asked_by_operator("a-1", w.clock.wall, [&](const Answer& answer) { w.answers.push_back(answer); });
  conflict.canonical = "another request";
  w.node.ledger->ask(std::move(conflict));
  w.tasks.run();
  CHECK(w.answers.empty());
  w.log.full = true;
  w.log.release();
  w.tasks.run();
  CHECK(w.kinds() == std::vector(4, Answer::Kind::unavailable));
  w.log.full = false;
  w.ask("a-2");
  CHECK(w.kinds().back() == Answer::Kind::accepted);
  CHECK(w.answers.back().receipt.seq == 1);
}

TEST_CASE("a batch that may be in the log stays in doubt when the disk is full as it is sent again") {
  World w;
  w.log.unknown_next = w.log.lose_next = true;
  w.ask("a-1");
  w.log.full = true;
  w.tasks.pass(ledger::retry_append_us);
  CHECK(w.answers.empty());
  w.log.full = false;
  w.tasks.pass(ledger::retry_append_us);
  CHECK(w.kinds() == std::vector{Answer::Kind::accepted});
}

TEST_CASE("a node whose disk is full says so, answers nothing that it does not hold, and goes on when there is room") {
  NodeWithCopy w;
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
  NodeWithCopy w;
  w.copy.unsettled = true;
  w.ask("kept, not durable");
  CHECK_FALSE(w.node.ledger->health().blocked.empty());
  w.copy.unsettled = false;
  w.tasks.pass(timekeeper_us);
  CHECK(w.node.ledger->health().blocked.empty());
  w.ask("taken again");
  CHECK(w.answers.back() == Answer::Kind::accepted);
}
