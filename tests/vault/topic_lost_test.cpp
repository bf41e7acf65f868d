// What becomes of a shared vault when its key is replaced, its node dies half-way, or its topic is made anew.
#include <catch2/catch.hpp>

#include "src/vault/copy_vault.hpp"
#include "src/vault/memory_vault.hpp"
#include "tests/vault/nodes.hpp"

using namespace aidledger;
using test::clerk;
using test::FullNode;
using test::joining;
using test::sealed_name;
using test::settings_with;
using test::SharedVault;
using test::VaultNode;
using vault::Sealer;

TEST_CASE(
    "a vault is wrapped anew by the next key: interrupted anywhere, with nodes at work, and the old key is rid of") {
  for (std::size_t cut = 0; cut < 12; ++cut) {
    CAPTURE(cut);
    SharedVault shared;
    FullNode old(shared);
    FullNode a(shared, settings_with({shared.next_kek, {shared.kek}}));
    const Sealed name = sealed_name(old.sealer, "p-1", "张伟");
    const std::string token = old.tokens.add(clerk());
    a.look();
    {
      VaultNode interrupted(shared, settings_with({shared.next_kek, {shared.kek}}));
      interrupted.client.entries_left = cut;
      try {
        interrupted.vault.rewrap();
      } catch (const std::runtime_error&) {
      }
    }
    VaultNode again(shared, settings_with({shared.next_kek, {shared.kek}}));
    REQUIRE(a.tokens.revoke(a.tokens.find(token)->id));
    again.vault.rewrap();
    CHECK(again.vault.rewrap() == 0);
    a.look();
    CHECK(a.sealer.open(name) == "张伟");
    shared.topic.compact();
    CHECK_FALSE(shared.topic.holds(shared.kek.id()));
    FullNode fresh(shared, joining({shared.next_kek}));
    CHECK(fresh.sealer.open(name) == "张伟");
    CHECK(fresh.tokens.find(token)->revoked);
    CHECK(fresh.sealer.request_digest("{}") == a.sealer.request_digest("{}"));
    old.look();
    CHECK(old.sealer.open(name) == "张伟");
    CHECK_THAT(old.vault.state().trouble, Catch::Contains(to_hex(shared.next_kek.id())));
  }
}

TEST_CASE("the first secret stays the one that counts while a vault with a second one is wrapped anew") {
  for (std::size_t cut = 0; cut < 12; ++cut) {
    CAPTURE(cut);
    SharedVault shared;
    std::unique_ptr<FullNode> first;
    int before = 0;  // the late one reads, reads, and puts; the first comes before that put
    VaultNode late(shared, settings_with({shared.kek}), [&] {
      if (++before == 3) first = std::make_unique<FullNode>(shared);
    });
    const Sealer second(late.vault, shared.random, "chengbei");
    first->sealer.add_indexes({{IndexKind::name, "张伟", "p-1"}});
    REQUIRE(late.vault.look_again());
    REQUIRE(second.find(IndexKind::name, "张伟") == std::vector<std::string>{"p-1"});
    {
      VaultNode interrupted(shared, settings_with({shared.next_kek, {shared.kek}}));
      interrupted.client.entries_left = cut;
      try {
        interrupted.vault.rewrap();
      } catch (const std::runtime_error&) {
      }
    }
    shared.topic.compact();
    const FullNode fresh(shared, joining({shared.next_kek, {shared.kek}}));
    CHECK(fresh.sealer.find(IndexKind::name, "张伟") == std::vector<std::string>{"p-1"});
  }
}

TEST_CASE("a directory's entries are published into a fresh topic, interrupted anywhere, and back into a backup") {
  vault::MemoryVault directory;
  const auto random = world::system_random();
  Sealer sealer(directory, *random, "chengbei");
  vault::Tokens tokens(directory, *random);
  const Sealed name = sealed_name(sealer, "p-1", "张伟");
  const std::string token = tokens.add(clerk());
  directory.put("writer/node", "a key that signs");
  for (std::size_t cut = 0; cut < 12; ++cut) {
    CAPTURE(cut);
    SharedVault shared;
    {
      VaultNode interrupted(shared, settings_with({shared.kek}));
      interrupted.client.entries_left = cut;
      try {
        copy_vault(directory, interrupted.vault);
      } catch (const std::runtime_error&) {
      }
    }
    VaultNode again(shared);
    const auto copied = copy_vault(directory, again.vault);
    CHECK(copied.entries == directory.entries.size() - 1);
    CHECK(copy_vault(directory, again.vault).put == 0);
    FullNode node(shared, joining({shared.kek}));
    CHECK(node.sealer.open(name) == "张伟");
    CHECK(node.tokens.find(token));
    CHECK_FALSE(node.vault.get("writer/node"));
    vault::MemoryVault backup;
    copy_vault(node.vault, backup);
    CHECK(backup.entries.size() == copied.entries);
  }
}

TEST_CASE("a death anywhere between a person's key and what finds the person leaves nothing wrong") {
  for (std::size_t cut = 0; cut < 12; ++cut) {
    const bool asked_again = cut >= 6;  // no record was made: whoever asked asks again, or nobody does
    CAPTURE(cut);
    SharedVault shared;
    const auto make = [](FullNode& node) {
      node.sealer.ensure_keys({"p-1"});
      const Sealed name = sealed_name(node.sealer, "p-1", "张伟");
      node.sealer.add_indexes({{IndexKind::name, "张伟", "p-1"}, {IndexKind::telephone, "13800138000", "p-1"}});
      return name;
    };
    FullNode other(shared);
    {
      FullNode dies(shared);
      dies.client.entries_left = cut % 6;
      CHECK_THROWS(make(dies));
    }
    FullNode again(shared, joining({shared.kek}));
    const auto found = again.sealer.find(IndexKind::name, "张伟");
    CHECK((found.empty() || found == std::vector<std::string>{"p-1"}));
    if (asked_again) {
      const Sealed name = make(again);
      other.look();
      CHECK(other.sealer.open(name) == "张伟");
      CHECK(other.sealer.find(IndexKind::name, "张伟") == std::vector<std::string>{"p-1"});
      CHECK(other.sealer.find(IndexKind::telephone, "138 0013 8000") == std::vector<std::string>{"p-1"});
    }
    other.sealer.erase_persons({"p-1"});
    other.look();
    shared.topic.compact();
    CHECK_FALSE(shared.topic.holds("p-1"));
  }
}

TEST_CASE("nodes go on on a topic that was made anew once one of them has put it back, and put nothing before") {
  SharedVault shared;
  FullNode a(shared), b(shared);
  const Sealed before = sealed_name(a.sealer, "p-1", "张伟");
  a.sealer.add_indexes({{IndexKind::name, "张伟", "p-1"}});
  b.look();
  shared.topic.make_anew();
  for (auto* node : {&a, &b}) node->look(), node->look();
  CHECK(b.sealer.open(before) == "张伟");
  CHECK_THAT(b.vault.state().trouble, Catch::Contains("aidledger vault publish"));
  CHECK_THROWS(sealed_name(b.sealer, "p-2", "王芳"));
  CHECK(shared.topic.end() == 0);
  vault::MemoryVault backup;
  copy_vault(a.vault, backup);
  VaultNode publisher(shared);
  copy_vault(backup, publisher.vault);
  a.look(), b.look();
  CHECK(b.vault.state().trouble.empty());
  const Sealed after = sealed_name(a.sealer, "p-2", "王芳");
  CHECK(b.sealer.open(after) == "王芳");
  FullNode fresh(shared, joining({shared.kek}));
  CHECK(fresh.sealer.open(before) == "张伟");
  CHECK(fresh.sealer.find(IndexKind::name, "张伟") == std::vector<std::string>{"p-1"});
}

TEST_CASE("a node notices that another vault was begun in its topic, or an older one put there") {
  SharedVault shared;
  FullNode a(shared);
  vault::MemoryVault older;
  copy_vault(a.vault, older);
  const Sealed name = sealed_name(a.sealer, "p-1", "张伟");
  shared.topic.make_anew();
  a.look();
  VaultNode publisher(shared);
  SECTION("older") { copy_vault(older, publisher.vault); }
  SECTION("another") { const Sealer begins(publisher.vault, shared.random, "chengbei"); }
  a.look();
  CHECK_THAT(a.vault.state().trouble, Catch::Contains("lacks"));
  CHECK(a.sealer.open(name) == "张伟");
}

TEST_CASE("a vault is not published into one that holds something else") {
  SharedVault shared;
  const FullNode a(shared);
  vault::MemoryVault directory;
  const auto random = world::system_random();
  const Sealer sealer(directory, *random, "chengbei");
  VaultNode to(shared);
  const auto before = shared.topic.end();
  CHECK_THROWS_WITH(copy_vault(directory, to.vault), Catch::Contains("no copy of this one"));
  CHECK(shared.topic.end() == before);
}
