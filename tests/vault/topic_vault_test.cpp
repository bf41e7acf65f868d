// The vault that the nodes of a ledger share, on a topic in memory.
#include <catch2/catch.hpp>

#include "tests/vault/nodes.hpp"
#include "tests/vault/vault_contract.hpp"

using namespace aidledger;
using test::clerk;
using test::FullNode;
using test::joining;
using test::MemoryTopic;
using test::names_in;
using test::sealed_name;
using test::settings_with;
using test::SharedVault;
using test::VaultNode;
using vault::NotOpened;

namespace {

std::size_t persons_names_in(const MemoryTopic& topic) {
  std::size_t count = 0;
  for (const auto& one : topic.from(0))
    if (one.value && !one.name.starts_with("secret/") && !one.name.starts_with("token/")) ++count;
  return count;
}

}  // namespace

TEST_CASE("what one node sealed the others open, and a node that comes when the first is lost with its disk") {
  SharedVault shared;
  auto a = std::make_unique<FullNode>(shared);
  FullNode b(shared);
  const Sealed name = sealed_name(a->sealer, "p-1", "张伟");
  a->sealer.add_indexes({{IndexKind::name, "张伟", "p-1"}});
  CHECK(b.sealer.open(name) == "张伟");
  CHECK(b.sealer.find(IndexKind::name, "张伟") == std::vector<std::string>{"p-1"});
  const Hash digest = a->sealer.request_digest("{}");
  a.reset();
  shared.topic.compact();
  FullNode c(shared, joining({shared.kek}));
  CHECK(c.sealer.open(name) == "张伟");
  CHECK(c.sealer.find(IndexKind::name, "张伟") == std::vector<std::string>{"p-1"});
  CHECK(c.sealer.request_digest("{}") == digest);
}

TEST_CASE("the topic holds no value in clear") {
  SharedVault shared;
  FullNode a(shared);
  const std::string token = a.tokens.add(clerk());
  sealed_name(a.sealer, "p-1", "张伟");
  a.vault.list("", [&](const std::string&, BytesView value) {
    if (value.size() >= 16) CHECK_FALSE(shared.topic.holds(value));
    return true;
  });
  CHECK(persons_names_in(shared.topic) == 2);
}

TEST_CASE("a node does not start with another key, for another ledger, or on an empty topic unless the ledger is new") {
  SharedVault shared;
  CHECK_THROWS_WITH(VaultNode(shared, joining({shared.kek})), Catch::Contains("no vault of the ledger chengbei"));
  const FullNode a(shared);
  CHECK_THROWS_WITH(VaultNode(shared, joining({shared.next_kek})),
                    Catch::Contains("take the key-encryption key " + to_hex(shared.kek.id())) &&
                        Catch::Contains("holds " + to_hex(shared.next_kek.id()) + " only"));
  auto elsewhere = settings_with({shared.kek});
  elsewhere.ledger = "chengnan";
  CHECK_THROWS_WITH(VaultNode(shared, elsewhere), Catch::Contains("is another ledger's"));
  CHECK_NOTHROW(VaultNode(shared, joining({shared.next_kek, {shared.kek}})));
}

TEST_CASE("a token of another node is known at once, a revocation with the next look") {
  SharedVault shared;
  FullNode a(shared), b(shared);
  const std::string token = a.tokens.add(clerk());
  REQUIRE(b.tokens.find(token));
  const std::string id = b.tokens.find(token)->id;
  CHECK(a.tokens.revoke(id));
  CHECK_FALSE(b.tokens.find(token)->revoked);
  b.look();
  CHECK(b.tokens.find(token)->revoked);
  CHECK(vault::look_us <= 250'000);
}

TEST_CASE(
    "whoever invents tokens makes us ask the brokers no more often than is set; a true one is known again later") {
  SharedVault shared;
  FullNode a(shared), b(shared);
  const auto invent = [&](int i) { return "aidl_" + to_hex(Bytes(6, static_cast<char>(i))) + ".00"; };
  const int before = b.client.reads;
  for (int i = 0; i < 1'000; ++i) CHECK_FALSE(b.tokens.find(invent(i)));
  CHECK(b.client.reads - before == vault::misses_at_once);
  const std::string token = a.tokens.add(clerk());
  CHECK_FALSE(b.tokens.find(token));
  shared.clock.pass(1'000'000);
  CHECK(b.tokens.find(token));
  for (int i = 0; i < 1'000; ++i) CHECK_FALSE(b.tokens.find(invent(i)));
  CHECK(b.client.reads - before == vault::misses_at_once + vault::misses_per_second);
  CHECK_FALSE(b.tokens.find("aidl_no-id-of-ours.00"));
}

TEST_CASE("while the brokers are away a node opens what it knows, makes no key, and asks them at its looks only") {
  SharedVault shared;
  FullNode a(shared);
  const Sealed name = sealed_name(a.sealer, "p-1", "张伟");
  a.client.away = true;
  CHECK(a.sealer.open(name) == "张伟");
  CHECK_THROWS_AS(a.sealer.ensure_keys({"p-2"}), std::runtime_error);
  a.look();
  CHECK_THAT(a.vault.state().trouble, Catch::Contains("cannot be reached"));
  const int before = a.client.reads;
  CHECK_FALSE(a.tokens.find("aidl_000000000000.00"));
  CHECK(a.client.reads == before);
  a.client.away = false;
  a.look();
  CHECK(a.vault.state().trouble.empty());
  CHECK(a.vault.state().read_at_us == shared.clock.monotonic);
  CHECK(a.sealer.open(sealed_name(a.sealer, "p-2", "王芳")) == "王芳");
}

TEST_CASE("a node that has read what is made once needs no broker for it, should they go away while it starts") {
  SharedVault shared;
  FullNode a(shared);
  const Sealed name = sealed_name(a.sealer, "p-1", "张伟");
  const std::string token = a.tokens.add(clerk());
  test::VaultNode b(shared, joining({shared.kek}));
  b.client.away = true;
  CHECK(vault::Sealer(b.vault, shared.random, "chengbei").open(name) == "张伟");
  CHECK(vault::Tokens(b.vault, shared.random).find(token));
  CHECK_THROWS_AS(b.vault.put_once("secret/new", "x"), std::runtime_error);
}

TEST_CASE("a key whose put is in doubt seals nothing, and whatever comes of it harms nothing") {
  SharedVault shared;
  FullNode a(shared), b(shared);
  a.client.in_doubt = true;
  CHECK_THROWS_AS(a.sealer.seal("p-1", "a-1", "f", "x"), std::runtime_error);
  const Sealed name = sealed_name(a.sealer, "p-1", "张伟");
  CHECK(b.sealer.open(name) == "张伟");
  a.sealer.erase_persons({"p-1"});
  b.look();
  CHECK(b.sealer.open(name).error() == NotOpened::erased);
  CHECK(persons_names_in(shared.topic) > 0);
  shared.topic.compact();
  CHECK(persons_names_in(shared.topic) == 0);
}

TEST_CASE(
    "an erasure on one node is one everywhere with the next look, and after compaction the topic holds no trace") {
  SharedVault shared;
  FullNode a(shared), b(shared);
  const Sealed of_a = sealed_name(a.sealer, "p-1", "张伟"), of_b = sealed_name(b.sealer, "p-1", "张伟"),
               other = sealed_name(b.sealer, "p-2", "王芳");
  a.sealer.add_indexes({{IndexKind::name, "张伟", "p-1"}, {IndexKind::telephone, "13800138000", "p-1"}});
  a.look();
  b.look();
  b.sealer.erase_persons({"p-1"});
  a.look();
  for (auto* node : {&a, &b}) {
    CHECK(node->sealer.open(of_a).error() == NotOpened::erased);
    CHECK(node->sealer.open(of_b).error() == NotOpened::erased);
    CHECK(node->sealer.find(IndexKind::name, "张伟").empty());
    CHECK(node->sealer.open(other) == "王芳");
  }
  shared.topic.compact();
  CHECK_FALSE(shared.topic.holds("p-1"));
  CHECK(shared.topic.holds("p-2"));
}

TEST_CASE(
    "an erasure while the brokers are away is out of sight at once, owed, and paid with the first look that can") {
  SharedVault shared;
  FullNode a(shared);
  const Sealed name = sealed_name(a.sealer, "p-1", "张伟");
  a.client.away = true;
  a.sealer.erase_persons({"p-1"});
  CHECK(a.sealer.open(name).error() == NotOpened::erased);
  CHECK(a.vault.state().owed == 2);
  a.look();
  CHECK(a.vault.state().owed == 2);
  a.client.away = false;
  a.look();
  CHECK(a.vault.state().owed == 0);
  shared.topic.compact();
  CHECK_FALSE(shared.topic.holds("p-1"));
}

TEST_CASE("what is owed stays out of sight when a copy of it comes before its tombstone") {
  SharedVault shared;
  VaultNode a(shared);
  a.vault.put("person/p-1/0a", "secret");
  a.client.entries_left = 0;
  a.vault.erase("person/p-1/0a");
  for (const auto& one : shared.topic.from(0)) shared.topic.append(one.name, one.value);
  a.vault.follow(a.tasks, [](const auto&) {});
  a.tasks.run();
  CHECK(names_in(a.vault, "").empty());
  CHECK(a.vault.state().owed == 1);
}

TEST_CASE("what a slower node made for an erased person, and a crash left behind, is destroyed by any other") {
  SharedVault shared;
  FullNode a(shared);
  sealed_name(a.sealer, "p-1", "张伟");
  a.sealer.erase_persons({"p-1"});
  {
    FullNode slower(shared);
    sealed_name(slower.sealer, "p-1", "张伟");
    slower.sealer.add_indexes({{IndexKind::name, "张伟", "p-1"}});
  }
  REQUIRE(persons_names_in(shared.topic) > 0);
  a.look();
  CHECK(names_in(a.vault, "person/").empty());
  CHECK(names_in(a.vault, "index/").empty());
  shared.topic.compact();
  CHECK_FALSE(shared.topic.holds("p-1"));
}

TEST_CASE("entries that nobody with our key wrote change nothing and are counted") {
  SharedVault shared;
  FullNode a(shared);
  const Sealed name = sealed_name(a.sealer, "p-1", "张伟");
  const auto entries = shared.topic.from(0);
  for (const auto& one : entries) {
    shared.topic.append(one.name, "garbage");
    shared.topic.append(one.name, entries.front().value);
    shared.topic.append(one.name, Bytes());
  }
  shared.topic.append("", "x");
  shared.topic.append(Bytes(3'000, '/'), Bytes(3'000, '\1'));
  a.look();
  CHECK(a.sealer.open(name) == "张伟");
  CHECK(a.vault.state().forged >= 3 * entries.size());
}

TEST_CASE("a topic on which nothing comes is written to now and then, so that brokers close and clean its files") {
  SharedVault shared;
  auto settings = settings_with({shared.kek});
  settings.silence_us = 10 * vault::look_us;
  FullNode a(shared, settings);
  a.look();
  const int before = a.client.puts;
  for (int looks = 0; looks < 100; ++looks) a.look();
  CHECK(a.client.puts == before + 10);
  CHECK(names_in(a.vault, "@").empty());
  const auto last = shared.topic.from(0).back();
  CHECK_FALSE(last.value);
}
