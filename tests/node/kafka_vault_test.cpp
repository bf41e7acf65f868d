// The vault on a real broker: what one node sealed the others open, and what was erased leaves the broker's files.
#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <map>

#include "src/kafka_vault_topic.hpp"
#include "src/vault/copy_vault.hpp"
#include "src/vault/topic_settings.hpp"
#include "src/vault/topic_vault.hpp"
#include "tests/log/kafka_broker.hpp"
#include "tests/support/canary.hpp"
#include "tests/support/memory_world.hpp"

using namespace aidledger;
using vault::NotOpened;

namespace {

using Bound = std::chrono::steady_clock;

const vault::Kek kek{Bytes(vault::kek_bytes, 'k')}, next_kek{Bytes(vault::kek_bytes, 'n')};

/// A node's hands on the vault of a ledger; it looks when told.
struct Node {
  Node(const log::KafkaSettings& cluster, const std::string& ledger, bool may_be_new = false,
       const vault::KekRing& keks = {kek})
      : topic(cluster, ledger),
        vault(topic, *random, clock, {.ledger = ledger, .keks = keks, .may_be_new = may_be_new, .silence_us = 0}),
        sealer(vault, *random, ledger) {
    vault.follow(tasks, [this](const auto& names) { sealer.erase_late(names); });
    tasks.run();
  }
  void look() { tasks.pass(vault::look_us); }
  Sealed sealed_name(const std::string& person, const std::string& clear) {
    return {"grant-aid/name", "a-1", sealer.seal(person, "a-1", "grant-aid/name", clear), ""};
  }

  std::unique_ptr<world::Random> random = world::system_random();
  test::ManualClock clock;
  test::ManualTasks tasks{clock};
  KafkaVaultTopic topic;
  vault::TopicVault vault;
  vault::Sealer sealer;
};

/// The settings of a vault's topic, with a second where they say an hour.
void forget_in_seconds(const log::KafkaSettings& topic) {
  std::map<std::string, std::string> configs{{"file.delete.delay.ms", "0"}};
  for (const auto& [name, value] : vault::vault_topic_settings) configs[std::string(name)] = value;
  for (const auto* hour : {"max.compaction.lag.ms", "segment.ms", "delete.retention.ms"}) configs.at(hour) = "1000";
  configs.at("min.compaction.lag.ms") = "0";
  test::set_configs(topic, configs);
  const auto in_force = [&] {
    const auto set = log::describe_topic(topic, topic.topic)->configs;
    return std::ranges::all_of(configs, [&](const auto& one) { return set.at(one.first) == one.second; });
  };
  const auto until = Bound::now() + std::chrono::minutes(1);
  while (!in_force()) REQUIRE(Bound::now() < until);  // of three brokers one may hear of them later
}

/// A ledger's name that no other run has, its vault's topic made.
std::string new_ledger(const test::Broker& broker) {
  const std::string ledger = test::Broker::unique("t");
  const auto topic = broker.settings(log::vault_topic(ledger));
  log::create_topic(topic, topic.topic, {log::TopicUse::vault, true});
  CHECK(log::findings(*log::describe_topic(topic, topic.topic), {log::TopicUse::vault, true}).empty());
  return ledger;
}

/// The bytes under which a person's key lies in the topic.
Bytes wrapped_key(const log::KafkaSettings& cluster, const std::string& ledger, const std::string& person) {
  Bytes found;
  KafkaVaultTopic(cluster, ledger).read_to_end([&](std::string_view name, std::optional<BytesView> value) {
    if (value && name.starts_with("person/" + person + "/")) found = *value;
  });
  return found;
}

}  // namespace

TEST_CASE("node B reads what A sealed on a real broker, and so does C when A is lost with its disk", "[kafka]") {
  const test::Broker broker("the vault on a broker");
  if (!broker) return;
  const std::string ledger = new_ledger(broker);
  const auto cluster = broker.settings({});
  CHECK_THROWS_WITH(Node(cluster, ledger), Catch::Contains("holds no vault of the ledger " + ledger));
  auto a = std::make_unique<Node>(cluster, ledger, true);
  Node b(cluster, ledger);
  const Sealed of_a = a->sealed_name("p-1", "张伟");
  CHECK(b.sealer.open(of_a) == "张伟");
  const Sealed of_b = b.sealed_name("p-1", "张威");
  a.reset();
  Node c(cluster, ledger);
  CHECK(c.sealer.open(of_a) == "张伟");
  CHECK(c.sealer.open(of_b) == "张威");
  c.sealer.erase_persons({"p-1"});
  b.look();
  CHECK(b.sealer.open(of_a).error() == NotOpened::erased);
}

TEST_CASE("the key-encryption key is replaced while two nodes go on, and the old one opens nothing any more",
          "[kafka]") {
  const test::Broker broker("a new key-encryption key");
  if (!broker) return;
  const std::string ledger = new_ledger(broker);
  const auto cluster = broker.settings({});
  const auto runs_with = [&](const vault::KekRing& keks) {
    return std::make_unique<Node>(cluster, ledger, false, keks);
  };
  auto a = std::make_unique<Node>(cluster, ledger, true), b = runs_with({kek});
  std::vector<Sealed> names;
  const auto both_seal = [&] {
    for (auto* node : {a.get(), b.get()})
      names.push_back(node->sealed_name("p-" + std::to_string(names.size()), "张伟"));
    for (auto* node : {a.get(), b.get()})
      for (const auto& name : names) CHECK(node->sealer.open(name) == "张伟");
  };
  both_seal();
  for (const auto& keks :
       {vault::KekRing{kek, {next_kek}}, vault::KekRing{next_kek, {kek}}}) {  // as the runbook has it
    a.reset(), a = runs_with(keks);
    both_seal();
    b.reset(), b = runs_with(keks);
    both_seal();
  }
  while (Node(cluster, ledger, false, {next_kek, {kek}}).vault.rewrap() > 0) both_seal();
  a.reset(), a = runs_with({next_kek});
  b.reset(), b = runs_with({next_kek});
  both_seal();
  std::map<std::string, Bytes> values;
  KafkaVaultTopic(cluster, ledger).read_to_end([&](std::string_view name, std::optional<BytesView> value) {
    values[std::string(name)] = Bytes(value.value_or(""));
  });
  for (const auto& [name, value] : values) CHECK_FALSE(vault::kek_id_of(value) == kek.id());
  CHECK_THROWS_WITH(runs_with({kek}), Catch::Contains("key-encryption key " + to_hex(next_kek.id())));
}

TEST_CASE("a vault's topic that was lost is put back from what a node holds, and the nodes go on", "[kafka]") {
  const test::Broker broker("a vault's lost topic");
  if (!broker) return;
  const std::string ledger = new_ledger(broker);
  const auto cluster = broker.settings({});
  Node a(cluster, ledger, true), b(cluster, ledger);
  const Sealed before = a.sealed_name("p-1", "张伟");
  b.look();
  test::make_anew(broker.settings(log::vault_topic(ledger)), log::TopicUse::vault);
  while (b.vault.state().trouble.find("aidledger vault publish") == std::string::npos) b.look();
  CHECK(b.sealer.open(before) == "张伟");
  vault::MemoryVault backup;
  vault::copy_vault(b.vault, backup);
  {
    KafkaVaultTopic topic(cluster, ledger);
    vault::TopicVault publisher(topic, *b.random, b.clock, {.ledger = ledger, .keks = {kek}, .may_be_new = true});
    vault::copy_vault(backup, publisher);
  }
  while (!a.vault.state().trouble.empty() || !b.vault.state().trouble.empty()) a.look(), b.look();
  CHECK(b.sealer.open(a.sealed_name("p-2", "王芳")) == "王芳");
  CHECK(Node(cluster, ledger).sealer.open(before) == "张伟");
}

TEST_CASE("an erased person's key and names leave every file of a real broker, the others' stay", "[kafka]") {
  const test::Broker broker("the broker's files after an erasure");
  const char* const files = std::getenv("AIDLEDGER_KAFKA_DIR");
  if (!broker || files == nullptr) return;
  const std::string ledger = new_ledger(broker);
  const auto cluster = broker.settings({});
  forget_in_seconds(broker.settings(log::vault_topic(ledger)));
  Node a(cluster, ledger, true), b(cluster, ledger);
  const std::string erased = "p-erased-" + ledger, other = "p-other-" + ledger;
  const Sealed name = a.sealed_name(erased, "张伟"), stays = a.sealed_name(other, "王芳");
  a.sealer.add_indexes({{IndexKind::name, "张伟", erased}});
  const Bytes key = wrapped_key(cluster, ledger, erased), other_key = wrapped_key(cluster, ledger, other);
  REQUIRE(test::files_with(files, key).size() == 1);
  b.look();
  b.sealer.erase_persons({erased});
  const auto until = Bound::now() + std::chrono::minutes(3);
  while (!test::files_with(files, key).empty() || !test::files_with(files, erased).empty()) {
    REQUIRE(Bound::now() < until);
    a.look();
  }
  CHECK(test::files_with(files, other_key).size() == 1);
  CHECK(a.sealer.open(name).error() == NotOpened::erased);
  Node c(cluster, ledger);
  CHECK(c.sealer.open(name).error() == NotOpened::erased);
  CHECK(c.sealer.open(stays) == "王芳");
}
