// The life of an action on a log that can be slow, silent, or somebody else's.
#include <catch2/catch.hpp>

#include "events/undertakers.hpp"
#include "src/rules/governance.hpp"
#include "tests/support/batch_behind.hpp"
#include "tests/support/memory_world.hpp"

using namespace aidledger;
using ledger::Answer;

namespace {

using World = test::OneNode<>;

ledger::Asked adopt(const std::string& action_id, const std::string& version, Instant occurred,
                    std::vector<Answer>& answers, const std::string& principal = "t-1") {
  ledger::Asked asked;
  asked.principal = {principal, "p-1", {Role::centre_director}, "chengbei", {}, {}, {}, {}};
  asked.request.type = rules::find_action("adopt-policy");
  asked.request.action = std::make_shared<rules::AdoptPolicy>(
      rules::AdoptPolicy{"ladder", version, {19'000}, "window_months = 0", "house rule"});
  asked.request.principal = principal;
  asked.request.action_id = action_id;
  asked.request.occurred_at = occurred;
  asked.request.actor.person = "p-1";
  asked.request.actor.roles = {Role::centre_director};
  asked.canonical = "adopt ladder " + version;
  asked.answer = [&answers](const Answer& answer) { answers.push_back(answer); };
  return asked;
}

ledger::Asked accept_clock(Role role, Instant occurred, std::vector<Answer>& answers) {
  ledger::Asked asked = adopt("accept-as-" + std::string(name_of(role)), "", occurred, answers);
  asked.principal.roles = asked.request.actor.roles = {role};
  asked.request.type = rules::find_action("accept-clock");
  asked.request.action = std::make_shared<rules::AcceptClock>(rules::AcceptClock{"node", "looked at"});
  asked.canonical = "accept the clock";
  return asked;
}

}  // namespace

TEST_CASE("an accepted action is answered with its record, and a retry gets the same answer") {
  World w;
  std::vector<Answer> answers;
  w.node.ledger->ask(adopt("a-1", "1", w.clock.wall, answers));
  w.tasks.run();
  REQUIRE(answers.size() == 1);
  CHECK(answers[0].kind == Answer::Kind::accepted);
  CHECK(answers[0].receipt.seq == 1);
  w.node.ledger->ask(adopt("a-1", "1", w.clock.wall, answers));
  w.tasks.run();
  REQUIRE(answers.size() == 2);
  CHECK(answers[1].replayed);
  CHECK(answers[1].receipt.leaf_hash == answers[0].receipt.leaf_hash);
  CHECK(w.node.ledger->health().next_seq == 2);
}

TEST_CASE("a hundred copies at once become one record and a hundred equal answers") {
  World w;
  std::vector<Answer> answers;
  for (int i = 0; i < 100; ++i) w.node.ledger->ask(adopt("a-1", "1", w.clock.wall, answers));
  w.tasks.run();
  REQUIRE(answers.size() == 100);
  for (const auto& answer : answers) CHECK(answer.receipt.seq == 1);
  CHECK(w.node.ledger->health().next_seq == 2);
}

TEST_CASE("the same id with another request is a conflict; from another principal it is another action") {
  World w;
  std::vector<Answer> answers;
  w.node.ledger->ask(adopt("a-1", "1", w.clock.wall, answers));
  w.node.ledger->ask(adopt("a-1", "2", w.clock.wall, answers));
  w.node.ledger->ask(adopt("a-1", "3", w.clock.wall, answers, "t-2"));
  w.tasks.run();
  REQUIRE(answers.size() == 3);
  int conflicts = 0, accepted = 0;
  for (const auto& answer : answers)
    conflicts += answer.kind == Answer::Kind::conflict, accepted += answer.kind == Answer::Kind::accepted;
  CHECK(conflicts == 1);
  CHECK(accepted == 2);
}

TEST_CASE("an append in doubt is sent again, the same bytes, until it is read back") {
  World w;
  std::vector<Answer> answers;
  SECTION("it was lost") { w.log.lose_next = w.log.unknown_next = true; }
  SECTION("it was appended all the same") { w.log.unknown_next = true; }
  w.node.ledger->ask(adopt("a-1", "1", w.clock.wall, answers));
  w.tasks.run();
  for (int i = 0; i < 10; ++i) w.tasks.pass(100'000);
  REQUIRE(answers.size() == 1);
  CHECK(answers[0].kind == Answer::Kind::accepted);
  CHECK(w.node.ledger->health().next_seq == 2);
}

TEST_CASE("who is answered and asks again comes in one batch with those who waited meanwhile") {
  World w;
  std::vector<Answer> answers;
  const auto action = [&](const std::string& id) {
    auto asked = accept_clock(Role::operator_, w.clock.wall, answers);
    asked.request.action_id = id;
    return asked;
  };
  auto first = action("first");
  first.answer = [&](const Answer& answer) {
    answers.push_back(answer);
    w.node.ledger->ask(action("again"));
  };
  w.log.held = true;
  w.node.ledger->ask(std::move(first));
  w.tasks.run();
  w.node.ledger->ask(action("waited"));
  w.tasks.run();
  w.log.release();
  w.tasks.run();
  CHECK(answers.size() == 3);
  CHECK(w.log.batches.size() == 3);  // record 0, the first, the two others
}

namespace {

/// With another node that writes as well.
struct BesideAnother : World {
  void ask(const std::string& id) {
    auto asked = accept_clock(Role::operator_, clock.wall, answers);
    asked.request.action_id = id;
    node.ledger->ask(std::move(asked));
    tasks.run();
  }
  /// The other node's batch, decided on all records up to this one.
  void other_writes_behind(Seq seq) {
    log.batches.push_back(test::batch_behind(*node.record(seq), {1}, UndertakerSuspended{{"u-1"}, "asked"}));
    log.wake();
  }
  std::vector<Answer> answers;
};

}  // namespace

TEST_CASE("behind another node's batch it decides at once: a moment later that node's next one lies there") {
  BesideAnother w;
  w.log.held = true;
  w.ask("first");
  w.ask("waited");
  w.log.release();
  w.other_writes_behind(1);
  std::size_t appended = 0;
  w.tasks.post([&] { appended = w.log.batches.size(); });
  w.tasks.run();
  CHECK(appended == 4);  // record 0, the first, the other node's, and already what waited
}

TEST_CASE("another node is left its turn by what the own batch took, from the decision on") {
  BesideAnother w;
  w.log.held = true;
  w.ask("first");
  w.tasks.pass(60'000);
  w.log.release();
  w.tasks.run();
  w.other_writes_behind(0);  // too late: three times the 120 ms that the own batch asks for
  w.tasks.run();
  w.ask("second");
  w.tasks.pass(359'999);
  CHECK(w.answers.size() == 1);
  w.tasks.pass(1);
  CHECK(w.answers.size() == 2);
}

TEST_CASE("nobody is told no on the strength of a batch in doubt") {
  World w;
  std::vector<Answer> first, second;
  w.log.held = true;
  w.node.ledger->ask(adopt("a-1", "1", w.clock.wall, first));
  w.tasks.run();
  w.node.ledger->ask(adopt("a-1", "2", w.clock.wall, second));  // a conflict, if a-1 is accepted
  w.tasks.run();
  CHECK(first.empty());
  CHECK(second.empty());
  w.log.release();
  w.tasks.run();
  CHECK(first.at(0).kind == Answer::Kind::accepted);
  CHECK(second.at(0).kind == Answer::Kind::conflict);
}

TEST_CASE("of two writers one comes first; the other decides again on the new state and both are answered") {
  World w;
  test::MemoryNode rival(w.log, w.clock, w.tasks, w.vault);
  std::vector<Answer> ours, theirs;
  w.log.held = true;
  w.node.ledger->ask(adopt("a-1", "1", w.clock.wall, ours));
  rival.ledger->ask(adopt("b-1", "2", w.clock.wall, theirs, "t-2"));
  w.tasks.run();
  w.log.release();
  for (int i = 0; i < 10; ++i) w.tasks.pass(100'000);
  REQUIRE(ours.size() == 1);
  REQUIRE(theirs.size() == 1);
  CHECK(ours[0].kind == Answer::Kind::accepted);
  CHECK(theirs[0].kind == Answer::Kind::accepted);
  CHECK(ours[0].receipt.seq != theirs[0].receipt.seq);
  CHECK(w.node.ledger->health().next_seq == 3);
  CHECK(rival.ledger->health().next_seq == 3);
}

TEST_CASE("a director's refused action is recorded, and the retry of it gets the same refusal") {
  World w;
  std::vector<Answer> answers;
  w.node.ledger->ask(adopt("a-1", "1", w.clock.wall, answers));
  w.node.ledger->ask(adopt("a-2", "1", w.clock.wall, answers));
  w.tasks.run();
  w.node.ledger->ask(adopt("a-2", "1", w.clock.wall, answers));
  w.tasks.run();
  REQUIRE(answers.size() == 3);
  CHECK(answers[1].kind == Answer::Kind::refused);
  CHECK(answers[1].refusal.name == "version-exists");
  CHECK(answers[1].recorded);
  CHECK(answers[2].replayed);
  CHECK(answers[2].refusal.number == answers[1].refusal.number);
}

TEST_CASE("rows thrown away are folded again to the same bytes") {
  World w;
  std::vector<Answer> answers;
  for (int i = 0; i < 20; ++i)
    w.node.ledger->ask(adopt("a-" + std::to_string(i), std::to_string(i), w.clock.wall, answers));
  w.tasks.run();
  const auto rows = [&] {
    std::map<Bytes, Bytes> all;
    w.node.store->scan({}, {}, [&](BytesView key, BytesView value) { return all.emplace(key, value), true; });
    return all;
  };
  const auto before = rows();
  w.node.close();
  w.node.store->clear();
  w.node.open();
  CHECK(rows() == before);
  CHECK(before.size() > 20);
}

TEST_CASE("a clock that steps stops the writing until an operator accepts it") {
  World w;
  std::vector<Answer> answers;
  w.clock.wall.us += 3600LL * 1'000'000;
  w.node.ledger->ask(adopt("a-1", "1", w.clock.wall, answers));
  w.tasks.run();
  REQUIRE(answers.size() == 1);
  CHECK(answers[0].kind == Answer::Kind::unavailable);
  CHECK(answers[0].detail.find("CLOCK_SUSPECT") != std::string::npos);
  CHECK(w.node.ledger->health().halt == ledger::Halt::clock_suspect);

  w.node.ledger->accept_clock(accept_clock(Role::centre_director, w.clock.wall, answers));
  w.tasks.run();
  REQUIRE(answers.size() == 2);
  CHECK(answers[1].kind == Answer::Kind::unavailable);

  w.node.ledger->accept_clock(accept_clock(Role::operator_, w.clock.wall, answers));
  w.node.ledger->ask(adopt("a-1", "1", w.clock.wall, answers));
  w.tasks.run();
  REQUIRE(answers.size() == 4);
  CHECK(answers[2].recorded);
  CHECK(answers[3].recorded);
  CHECK(w.node.ledger->health().halt == ledger::Halt::none);
}
