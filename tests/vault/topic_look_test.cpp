// Whoever has missed something looks for what other nodes put; what a topic held before it was made anew counts no
// more.
#include <catch2/catch.hpp>

#include <atomic>
#include <future>
#include <thread>

#include "tests/vault/nodes.hpp"

using namespace aidledger;
using namespace aidledger::test;

TEST_CASE("a broker that is slow holds up whoever has missed something once, and nobody after that") {
  SharedVault shared;
  std::promise<void> answers;
  std::atomic<bool> slow = false;
  std::atomic<int> asked = 0;
  VaultNode node(shared, settings_with({shared.kek}), [&, answered = answers.get_future().share()] {
    ++asked;
    if (slow) answered.wait();
  });
  VaultNode other(shared);
  const auto apart = world::thread_tasks();
  node.vault.look_apart(*apart);
  slow = true;
  other.vault.put("token/abc", "granted");
  CHECK_FALSE(node.vault.look_again());
  while (asked < 2) std::this_thread::yield();  // at the start, and now
  CHECK_FALSE(node.vault.look_again());
  CHECK_FALSE(node.vault.get("token/abc"));

  answers.set_value();
  std::promise<void> read;
  apart->post([&] { read.set_value(); });
  read.get_future().wait();
  CHECK(node.vault.get("token/abc") == "granted");
  CHECK(asked == 2);
}

TEST_CASE("garbage in a topic is counted once, also when the topic is read anew") {
  SharedVault shared;
  VaultNode node(shared);
  node.vault.follow(node.tasks, [](const auto&) {});
  node.tasks.run();
  node.vault.put("token/abc", "granted");
  shared.topic.append("token/forged", "garbage");
  const auto entries = shared.topic.from(0);
  node.look();
  CHECK(node.vault.state().forged == 1);
  shared.topic.make_anew();
  node.look();
  for (const auto& entry : entries) shared.topic.append(entry.name, entry.value);
  node.look();
  CHECK(node.vault.state().forged == 1);
  CHECK(node.vault.state().trouble.empty());
}
