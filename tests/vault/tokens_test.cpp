#include <catch2/catch.hpp>

#include "src/vault/memory_vault.hpp"
#include "src/vault/tokens.hpp"

using namespace aidledger;

namespace {

constexpr std::int64_t day_us = 86'400'000'000;

struct World {
  vault::MemoryVault vault;
  std::unique_ptr<world::Random> random = world::system_random();
  vault::Tokens tokens{vault, *random};
};

vault::Grant clerk() {
  vault::Grant grant;
  grant.person = "p-1";
  grant.roles = {Role::intake, Role::assigner, Role::supervisor};
  grant.ledger = "chengbei";
  grant.organisation = "centre";
  grant.district = "d-1";
  grant.undertaker = "u-1";
  grant.created = {day_us};
  grant.expires = {2 * day_us};
  return grant;
}

}  // namespace

TEST_CASE("a token is found with all that it grants, also by another process") {
  World w;
  const std::string token = w.tokens.add(clerk());
  const auto found = vault::Tokens(w.vault, *w.random).find(token);
  REQUIRE(found);
  CHECK(found->person == "p-1");
  CHECK(found->roles == clerk().roles);
  CHECK(found->ledger == "chengbei");
  CHECK(found->organisation == "centre");
  CHECK(found->district == "d-1");
  CHECK(found->undertaker == "u-1");
  CHECK(token.starts_with("aidl_" + found->id + "."));
  CHECK(token.size() >= std::string("aidl_.").size() + 64);
  CHECK(found->valid_at({2 * day_us - 1}));
  CHECK_FALSE(found->valid_at({2 * day_us}));
}

TEST_CASE("the secret is shown once: the vault does not hold it, the list does not show it") {
  World w;
  const std::string token = w.tokens.add(clerk());
  const std::string secret = token.substr(token.find('.') + 1);
  for (const auto& [name, value] : w.vault.entries) {
    CHECK(value.find(secret) == Bytes::npos);
    CHECK(value.find(from_hex(secret)) == Bytes::npos);
  }
  REQUIRE(w.tokens.list().size() == 1);
  CHECK(w.tokens.list().front().person == "p-1");
}

TEST_CASE("what is not a token of ours is nobody's") {
  World w;
  const std::string token = w.tokens.add(clerk()), other = w.tokens.add(clerk());
  const std::string id_part = token.substr(0, token.find('.')), long_id(1 << 20, '.');
  const std::vector<std::string> none_of_ours{"",
                                              "aidl_",
                                              "aidl_.",
                                              token + "0",
                                              token.substr(0, token.size() - 1),
                                              token.substr(5),
                                              "aidl_" + token,
                                              id_part + other.substr(other.find('.')),
                                              id_part + ".",
                                              "aidl_../secret/pepper.x",
                                              "aidl_" + long_id,
                                              long_id};
  for (const auto& wrong : none_of_ours) CHECK_FALSE(w.tokens.find(wrong).has_value());
  std::string changed = token;
  changed.back() = changed.back() == '0' ? '1' : '0';
  CHECK_FALSE(w.tokens.find(changed).has_value());
}

TEST_CASE("a revoked token is revoked at the next question, in every process") {
  World w;
  vault::Tokens door(w.vault, *w.random);
  const std::string token = w.tokens.add(clerk());
  const std::string id = door.find(token)->id;
  CHECK(door.find(token)->valid_at({day_us}));
  CHECK(w.tokens.revoke(id));
  CHECK_FALSE(door.find(token)->valid_at({day_us}));
  CHECK(w.tokens.list().front().revoked);
  CHECK(w.tokens.revoke(id));
  CHECK_FALSE(w.tokens.revoke("000000000000"));
}

TEST_CASE("a token is somebody's, for something, and ends") {
  World w;
  const auto refused = [&](auto change) {
    auto grant = clerk();
    change(grant);
    CHECK_THROWS_AS(w.tokens.add(grant), std::invalid_argument);
  };
  refused([](auto& g) { g.person.clear(); });
  refused([](auto& g) { g.roles.clear(); });
  refused([](auto& g) { g.roles = {Role::clock}; });
  refused([](auto& g) { g.expires = g.created; });
  refused([](auto& g) { g.expires.us = g.created.us - 1; });
  refused([](auto& g) { g.expires.us = g.created.us + 90 * day_us + 1; });
  refused([](auto& g) { g.person = "p-1\nclock"; });
  refused([](auto& g) { g.person = "张伟"; });
  refused([](auto& g) { g.ledger.clear(); });
  refused([](auto& g) { g.district = "d\nd"; });
  refused([](auto& g) { g.undertaker = "u 1"; });
  CHECK(w.tokens.list().empty());
}

TEST_CASE("a revocation outlives whatever is put of the token again, and tokens of before it had an entry of its own") {
  World w;
  const std::string token = w.tokens.add(clerk());
  const std::string entry = "token/" + w.tokens.find(token)->id;
  const Bytes as_made = w.vault.entries.at(entry);
  REQUIRE(w.tokens.revoke(w.tokens.find(token)->id));
  w.vault.put(entry, as_made);
  CHECK(w.tokens.find(token)->revoked);
  const std::string older = w.tokens.add(clerk());
  w.vault.entries.at("token/" + w.tokens.find(older)->id) += "revoked\n";
  CHECK(w.tokens.find(older)->revoked);
}
