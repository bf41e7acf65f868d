#pragma once
// Access tokens: aidl_<id>.<secret>, 256 random bits, shown once, kept as a keyed hash with what they grant. They live
// in the vault as token/<id>, and for ever as they were made; revoked/<id> beside it ends one, so that no late copy of
// an entry can bring it back. The key of the hash is secret/pepper. May be used from several threads.
#include <optional>
#include <string>
#include <vector>

#include "events/values/roles.hpp"
#include "events/values/time.hpp"
#include "src/vault/vault.hpp"
#include "src/world/world.hpp"

namespace aidledger::vault {

inline constexpr std::int64_t longest_token_days = 90;
inline constexpr std::size_t longest_token = 200;

struct Grant {
  std::string id;  ///< given by add
  std::string person;
  std::vector<Role> roles;
  std::string ledger;
  std::string organisation, district;
  std::string undertaker;  ///< own undertaker id
  Instant created, expires;
  bool revoked = false;
  bool valid_at(Instant now) const { return !revoked && now < expires; }
};

class Tokens {
 public:
  /// Makes the pepper where there is none. Throws what the vault throws.
  Tokens(Vault& vault, world::Random& random);

  /// Returns the token, once. Throws std::invalid_argument when the grant names nobody (by id: it goes into records in
  /// clear), no ledger, no role or the clock's (which takes no token), or lasts longer than longest_token_days.
  std::string add(Grant grant);
  /// What a token grants, revoked or expired ones included; nullopt when it is none of ours. Compares in constant time;
  /// asks the vault each time, so that a revocation counts from the next request on; on another node of a shared vault
  /// as soon as that has read on (topic_vault.hpp).
  std::optional<Grant> find(std::string_view token) const;
  std::vector<Grant> list() const;
  /// False when there is no such token.
  bool revoke(const std::string& id);

 private:
  struct Stored;
  std::optional<Stored> stored(const std::string& id) const;
  Bytes keyed(BytesView secret) const;

  Vault& vault_;
  world::Random& random_;
  Bytes pepper_;
};

}  // namespace aidledger::vault
