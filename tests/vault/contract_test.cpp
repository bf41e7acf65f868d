#include <catch2/catch.hpp>

#include "src/vault/directory_vault.hpp"
#include "src/vault/memory_vault.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/vault/nodes.hpp"
#include "tests/vault/vault_contract.hpp"

using namespace aidledger;

TEST_CASE("a vault in a folder keeps the contract") {
  const test::TempFolder folder;
  const auto disk = world::real_disk();
  test::keeps_the_contract_of_a_vault([&] { return std::make_shared<vault::DirectoryVault>(*disk, folder / "vault"); });
}

TEST_CASE("a vault in memory keeps the contract") {
  const auto vault = std::make_shared<vault::MemoryVault>();
  test::keeps_the_contract_of_a_vault([&] { return vault; });
}

TEST_CASE("a vault in a topic keeps the contract, whoever opens it and however the topic was compacted") {
  test::SharedVault shared;
  std::vector<std::shared_ptr<test::VaultNode>> nodes;
  test::keeps_the_contract_of_a_vault([&] {
    shared.topic.compact();
    nodes.push_back(std::make_shared<test::VaultNode>(shared));
    return std::shared_ptr<vault::Vault>(nodes.back(), &nodes.back()->vault);
  });
}
