// Which of several nodes publishes the feed: who was named by the last claim, and when another one claims it.
#include "src/feed/feed_claim.hpp"

#include <catch2/catch.hpp>

#include "src/rules/governance_nodes.hpp"
#include "tests/support/memory_world.hpp"

using namespace aidledger;
using namespace aidledger::feed;

namespace {

/// The feed as the claim sees it: how far it has come, and how far the ledger.
struct SeenFeed : FeedPort, FeedSource {
  bool take_over() override { return true; }
  Tail tail() override { return last; }
  Published publish(const std::vector<Message>&) override { return Published::done; }
  std::string failing() const override { return {}; }
  Seq next_seq() override { return end; }
  std::vector<Message> messages_of(Seq) override { return {}; }
  bool claimed_by_us() override { return false; }
  Tail last{true, EventRef{6, 0}};
  Seq end = 9;
};

const std::string first_key = "00", second_key(32, 'b'), public_key(64, '1');

/// Two nodes of one ledger, whose keys are enrolled, and the feed that one of them is to publish.
struct TwoNodes {
  TwoNodes() {
    ask("operator-1", Role::operator_, rules::ProposeWriterKey{{"p-1"}, second_key, public_key, "b"});
    ask("director-1", Role::centre_director, rules::ConfirmWriterKey{{"p-1"}, second_key});
    settle();
  }
  template <class Action>
  void ask(const std::string& person, Role role, Action action) {
    ledger::Asked asked;
    asked.principal.id = asked.principal.person = person;
    asked.principal.ledger = "chengbei";
    asked.principal.roles = asked.request.actor.roles = {role};
    asked.request.type = rules::find_action(Action::name);
    asked.request.action = std::make_shared<Action>(std::move(action));
    asked.request.principal = asked.request.actor.person = person;
    asked.request.action_id = std::string(Action::name) + std::to_string(log.appends);
    asked.request.occurred_at = clock.wall;
    asked.answer = [](const ledger::Answer&) {};
    a.ledger->ask(std::move(asked));
    settle();
  }
  void settle() {
    tasks.run();
    for (int i = 0; i < 10; ++i) tasks.pass(100'000);
  }
  /// The feed stays where it is for so long, while b looks once a second.
  void b_watches(std::int64_t us) {
    for (std::int64_t passed = 0; passed < us; passed += 1'000'000) {
      at_b.look(feed, feed);
      settle();
    }
  }
  Seq next_seq() { return a.ledger->health().next_seq; }

  test::MemoryLog log;
  test::ManualClock clock;
  test::ManualTasks tasks{clock};
  vault::MemoryVault vault;
  test::MemoryNode a{log, clock, tasks, vault}, b{log, clock, tasks, vault};
  FeedClaim at_a{*a.ledger, clock, "a", first_key}, at_b{*b.ledger, clock, "b", second_key};
  SeenFeed feed;
};

}  // namespace

TEST_CASE("a feed that nobody has claimed is claimed at once, by a record that every node reads") {
  TwoNodes nodes;
  CHECK_FALSE(nodes.at_a.ours());
  const Seq before = nodes.next_seq();
  nodes.at_a.look(nodes.feed, nodes.feed);
  nodes.settle();
  CHECK(nodes.at_a.ours());
  CHECK_FALSE(nodes.at_b.ours());
  CHECK(nodes.next_seq() == before + 1);
  CHECK(nodes.b.ledger->view().rows().get<rules::FeedClaimRow>("")->node == "a");
}

TEST_CASE("looking again while a claim is on its way leads to no second one") {
  TwoNodes nodes;
  const Seq before = nodes.next_seq();
  nodes.log.held = true;
  for (int i = 0; i < 3; ++i) {
    nodes.at_a.look(nodes.feed, nodes.feed);
    nodes.tasks.run();
  }
  nodes.log.release();
  nodes.settle();
  CHECK(nodes.at_a.ours());
  CHECK(nodes.next_seq() == before + 1);
}

TEST_CASE("of two nodes that claim at the same moment the first one publishes, and the other leaves it to it") {
  TwoNodes nodes;
  const Seq before = nodes.next_seq();
  nodes.at_a.look(nodes.feed, nodes.feed);
  nodes.at_b.look(nodes.feed, nodes.feed);
  nodes.settle();
  CHECK(nodes.at_a.ours() != nodes.at_b.ours());
  CHECK(nodes.next_seq() == before + 1);
  FeedClaim& loser = nodes.at_a.ours() ? nodes.at_b : nodes.at_a;
  loser.look(nodes.feed, nodes.feed);
  nodes.settle();
  CHECK(nodes.next_seq() == before + 1);
}

TEST_CASE("a feed that lags without moving is claimed by another node when patience is over, and not before") {
  TwoNodes nodes;
  nodes.at_a.look(nodes.feed, nodes.feed);
  nodes.settle();
  nodes.b_watches(feed_patience_us - 1'000'000);
  CHECK(nodes.at_a.ours());
  nodes.feed.last.last = EventRef{7, 0};  // it has moved
  nodes.b_watches(feed_patience_us - 1'000'000);
  CHECK(nodes.at_a.ours());
  nodes.b_watches(2'000'000);
  CHECK(nodes.at_b.ours());
  CHECK_FALSE(nodes.at_a.ours());
}

TEST_CASE("a feed that has told everything is left to its publisher, for however long") {
  TwoNodes nodes;
  nodes.at_a.look(nodes.feed, nodes.feed);
  nodes.settle();
  nodes.feed.last.last = EventRef{8, 0};
  nodes.b_watches(4 * feed_patience_us);
  CHECK(nodes.at_a.ours());
}

TEST_CASE("a feed can be claimed back from the node that took it over") {
  TwoNodes nodes;
  nodes.at_a.look(nodes.feed, nodes.feed);
  nodes.settle();
  nodes.b_watches(feed_patience_us + 2'000'000);
  REQUIRE(nodes.at_b.ours());
  for (std::int64_t passed = 0; passed < feed_patience_us + 2'000'000; passed += 1'000'000) {
    nodes.at_a.look(nodes.feed, nodes.feed);
    nodes.settle();
  }
  CHECK(nodes.at_a.ours());
}

TEST_CASE("a node whose key is not enrolled claims nothing, and may claim once it is") {
  TwoNodes nodes;
  const std::string third_key(32, 'c');
  FeedClaim at_c(*nodes.b.ledger, nodes.clock, "c", third_key);
  at_c.look(nodes.feed, nodes.feed);
  nodes.settle();
  CHECK_FALSE(at_c.ours());
  nodes.ask("operator-1", Role::operator_, rules::ProposeWriterKey{{"p-2"}, third_key, public_key, "c"});
  nodes.ask("director-1", Role::centre_director, rules::ConfirmWriterKey{{"p-2"}, third_key});
  at_c.look(nodes.feed, nodes.feed);
  nodes.settle();
  CHECK(at_c.ours());
}
