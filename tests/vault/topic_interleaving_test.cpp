// Nodes of one ledger at the same moment: every order in which their puts and readings can reach the topic.
#include <catch2/catch.hpp>

#include "tests/support/interleaving.hpp"
#include "tests/vault/nodes.hpp"

using namespace aidledger;
using test::sealed_name;
using test::settings_with;
using test::SharedVault;
using test::Steps;
using test::VaultNode;
using vault::NotOpened;
using vault::Sealer;

namespace {

struct Killed {};

/// A node whose every access to the topic is a step.
struct SteppedNode : VaultNode {
  SteppedNode(SharedVault& all, const std::function<void()>& pause, vault::KekRing keks)
      : VaultNode(all, settings_with(std::move(keks)), pause) {}
  SteppedNode(SharedVault& all, const std::function<void()>& pause) : SteppedNode(all, pause, {all.kek}) {}
};

struct Reader : VaultNode {
  explicit Reader(SharedVault& all) : VaultNode(all) {}
  Sealer sealer{vault, shared.random, "chengbei"};
};

}  // namespace

TEST_CASE("two nodes that make the ledger's secrets at the same moment come to hold the same") {
  const int orders = Steps::in_every_order([](Steps& steps) {
    SharedVault shared;
    std::vector<Hash> digests(2);
    const auto start = [&](std::size_t which) {
      return [&, which](const std::function<void()>& pause) {
        SteppedNode node(shared, pause);
        digests[which] = Sealer(node.vault, shared.random, "chengbei").request_digest("{}");
      };
    };
    steps.side_by_side({start(0), start(1)});
    shared.topic.compact();
    const Reader later(shared);
    REQUIRE(digests == std::vector<Hash>(2, later.sealer.request_digest("{}")));
  });
  CHECK(orders > 1'000);
}

TEST_CASE("two nodes that seal for the same new person at the same moment: every box opens everywhere, for ever") {
  const int orders = Steps::in_every_order([](Steps& steps) {
    SharedVault shared;
    Reader first(shared);
    std::vector<Sealed> boxes(4);
    const auto take = [&](std::size_t which) {
      return [&, which](const std::function<void()>& pause) {
        SteppedNode node(shared, pause);
        Sealer sealer(node.vault, shared.random, "chengbei");
        sealer.ensure_keys({"p-1"});
        boxes[2 * which] = sealed_name(sealer, "p-1", "张伟");
        sealer.add_indexes({{IndexKind::name, "张伟", "p-1"}});
        boxes[2 * which + 1] = sealed_name(sealer, "p-1", "张伟");
      };
    };
    steps.side_by_side({take(0), take(1)});
    shared.topic.compact();
    Reader later(shared);
    for (const auto& box : boxes) {
      REQUIRE(first.sealer.open(box) == "张伟");
      REQUIRE(later.sealer.open(box) == "张伟");
    }
    REQUIRE(later.sealer.find(IndexKind::name, "张伟") == std::vector<std::string>{"p-1"});
  });
  CHECK(orders > 100);
}

TEST_CASE("a node that is behind makes keys for a person whom another erases, may die at it, and leaves nothing") {
  constexpr int accesses_of_the_slower = 10;
  for (int dies_after = 0; dies_after <= accesses_of_the_slower; ++dies_after) {
    CAPTURE(dies_after);
    Steps::in_every_order([&](Steps& steps) {
      SharedVault shared;
      Reader a(shared);
      a.follow(a.sealer);
      sealed_name(a.sealer, "p-1", "张伟");
      std::vector<Sealed> boxes;
      const auto behind = [&](const std::function<void()>& pause) {
        int accesses = 0;
        try {
          SteppedNode node(shared, [&] {
            pause();
            if (accesses++ == dies_after) throw Killed();
          });
          Sealer sealer(node.vault, shared.random, "chengbei");
          boxes.push_back(sealed_name(sealer, "p-1", "张伟"));
          sealer.add_indexes({{IndexKind::name, "张伟", "p-1"}});
          boxes.push_back(sealed_name(sealer, "p-1", "张伟"));
          sealer.erase_persons({"p-1"});  // it has caught up
        } catch (const Killed&) {
        }
      };
      const auto erasing = [&](const std::function<void()>& pause) {
        pause();
        a.sealer.erase_persons({"p-1"});
        pause();
        a.look();
      };
      steps.side_by_side({behind, erasing});
      a.look();
      shared.topic.compact();
      REQUIRE_FALSE(shared.topic.holds("p-1"));
      Reader later(shared);
      for (const auto& box : boxes) {
        REQUIRE(a.sealer.open(box).error() == NotOpened::erased);
        REQUIRE(later.sealer.open(box).error() == NotOpened::erased);
      }
      REQUIRE(later.sealer.find(IndexKind::name, "张伟").empty());
    });
  }
}

TEST_CASE("wrapping anew while another node revokes a token, seals, and erases: nothing is undone") {
  const int orders = Steps::in_every_order([](Steps& steps) {
    SharedVault shared;
    const vault::KekRing both{shared.next_kek, {shared.kek}};
    Reader a(shared);
    vault::Tokens tokens(a.vault, shared.random);
    vault::Grant grant;
    grant.person = "p-9", grant.roles = {Role::intake}, grant.ledger = "chengbei", grant.expires = {1};
    const std::string token = tokens.add(grant);
    sealed_name(a.sealer, "p-1", "张伟");
    VaultNode watching(shared, settings_with(both));
    Sealer watch(watching.vault, shared.random, "chengbei");
    watching.follow(watch);
    Sealed box;
    const auto wrapping = [&](const std::function<void()>& pause) { SteppedNode(shared, pause, both).vault.rewrap(); };
    const auto working = [&](const std::function<void()>& pause) {
      SteppedNode node(shared, pause, both);
      vault::Tokens(node.vault, shared.random).revoke(tokens.find(token)->id);
      Sealer sealer(node.vault, shared.random, "chengbei");
      box = sealed_name(sealer, "p-2", "王芳");
      sealer.erase_persons({"p-1"});
      watch.erase_persons({"p-1"});
    };
    steps.side_by_side({wrapping, working});
    watching.look();
    VaultNode(shared, settings_with(both)).vault.rewrap();
    shared.topic.compact();
    VaultNode fresh(shared, settings_with({shared.next_kek}));
    Sealer sealer(fresh.vault, shared.random, "chengbei");
    REQUIRE(sealer.open(box) == "王芳");
    REQUIRE(vault::Tokens(fresh.vault, shared.random).find(token)->revoked);
    REQUIRE_FALSE(shared.topic.holds("p-1"));
  });
  CHECK(orders > 100);
}
