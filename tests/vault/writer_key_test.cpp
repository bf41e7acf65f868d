#include <catch2/catch.hpp>

#include "src/vault/memory_vault.hpp"
#include "src/vault/writer_key.hpp"

using namespace aidledger;
using vault::WriterKey;

TEST_CASE("a writer's key is made once and signs for what its public half vouches for") {
  vault::MemoryVault vault;
  const auto random = world::system_random();
  CHECK_FALSE(WriterKey::exists(vault, "node"));
  const WriterKey key(vault, *random, "node"), again(vault, *random, "node"), other(vault, *random, "other");
  CHECK(WriterKey::exists(vault, "node"));
  CHECK(again.public_key() == key.public_key());
  CHECK(again.id() == key.id());
  CHECK(other.id() != key.id());
  const Bytes signature = again.sign("batch");
  CHECK(vault::signed_by(key.public_key(), "batch", signature));
  CHECK_FALSE(vault::signed_by(key.public_key(), "batch2", signature));
  CHECK_FALSE(vault::signed_by(other.public_key(), "batch", signature));
  CHECK_FALSE(vault::signed_by(key.public_key(), "batch", signature.substr(1)));
  CHECK_FALSE(vault::signed_by("", "batch", signature));
}

TEST_CASE("a key is the same from what the vault keeps of it") {
  vault::MemoryVault vault;
  const auto random = world::system_random();
  const WriterKey key(vault, *random, "node"), kept(*vault.get(WriterKey::kept_as("node")), "node");
  CHECK(kept.public_key() == key.public_key());
  CHECK(vault::signed_by(key.public_key(), "batch", kept.sign("batch")));
}

TEST_CASE("a stored key that is none is not used") {
  vault::MemoryVault vault;
  const auto random = world::system_random();
  vault.put("writer/node", "short");
  CHECK_THROWS_WITH(WriterKey(vault, *random, "node"), Catch::Contains("node"));
}
