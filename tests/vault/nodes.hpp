#pragma once
// Nodes that share a vault topic in memory.
#include "src/vault/sealing.hpp"
#include "src/vault/tokens.hpp"
#include "src/vault/topic_vault.hpp"
#include "tests/support/memory_topic.hpp"
#include "tests/support/memory_world.hpp"

namespace aidledger::test {

struct SharedVault {
  MemoryTopic topic;
  CountingRandom random;
  ManualClock clock;
  vault::Kek kek{Bytes(vault::kek_bytes, 'k')}, next_kek{Bytes(vault::kek_bytes, 'n')};
};

inline vault::TopicVaultSettings settings_with(vault::KekRing keks) {
  vault::TopicVaultSettings settings{"chengbei", std::move(keks)};
  settings.may_be_new = true;
  return settings;
}

struct VaultNode {
  explicit VaultNode(SharedVault& all) : VaultNode(all, settings_with({all.kek})) {}
  VaultNode(SharedVault& all, vault::TopicVaultSettings settings, std::function<void()> before_access = {})
      : shared(all),
        client(all.topic, std::move(before_access)),
        vault(client, all.random, all.clock, std::move(settings)) {}

  /// What follow() does every look_us.
  void look() { tasks.pass(vault::look_us); }
  void follow(vault::Sealer& sealer) {
    vault.follow(tasks, [&sealer](const auto& names) { sealer.erase_late(names); });
    tasks.run();
  }

  SharedVault& shared;
  MemoryTopicClient client;
  vault::TopicVault vault;
  ManualTasks tasks{shared.clock};
};

inline Sealed sealed_name(vault::Sealer& sealer, const std::string& person, const std::string& clear) {
  return {"grant-aid/name", "a-1", sealer.seal(person, "a-1", "grant-aid/name", clear), ""};
}

/// A node with what uses its vault.
struct FullNode : VaultNode {
  template <class... More>
  explicit FullNode(SharedVault& all, More&&... more) : VaultNode(all, std::forward<More>(more)...) {
    follow(sealer);
  }
  vault::Sealer sealer{vault, shared.random, "chengbei"};
  vault::Tokens tokens{vault, shared.random};
};

inline vault::TopicVaultSettings joining(vault::KekRing keks) {
  auto settings = settings_with(std::move(keks));
  settings.may_be_new = false;
  return settings;
}

inline vault::Grant clerk() {
  vault::Grant grant;
  grant.person = "p-9";
  grant.roles = {Role::intake};
  grant.ledger = "chengbei";
  grant.created = {0};
  grant.expires = {86'400'000'000};
  return grant;
}

}  // namespace aidledger::test
