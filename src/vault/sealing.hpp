#pragma once
// Personal data, sealed under a key of the person's own (XChaCha20-Poly1305), and the blind index by which intake finds
// a person.
//
//   box: version u8 (1) | key id 16 | key commitment 16 | nonce 24 | ciphertext of the padded clear text | tag 16
//   clear text, padded: length u32 little-endian, text, zeros up to 32, 64, 128, 256, 512, 1024 or the next multiple of
//   1024 associated data: ledger id, action id, key id, schema, each after its length (u32 little-endian) key
//   commitment: first 16 bytes of HMAC-SHA-256(key, "aidledger-key-commitment/1" and the key id), for the cipher does
//   not commit to its key
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "events/values/bytes.hpp"
#include "events/values/sealed.hpp"
#include "src/vault/vault.hpp"
#include "src/world/world.hpp"

namespace aidledger::vault {

struct IndexEntry {
  IndexKind kind;
  std::string value;
  std::string person;
};

class Sealer {
 public:
  Sealer(Vault& vault, world::Random& random, std::string ledger);

  /// Makes the keys that these persons do not have yet, durable and read back when it returns.
  void ensure_keys(const std::vector<std::string>& persons);
  /// The person's key is durable before the box exists. Throws std::runtime_error when the vault cannot be written.
  Bytes seal(const std::string& person, const std::string& action_id, const std::string& schema, BytesView clear);
  /// nullopt: the key is gone (erased), or the box is not what it says.
  std::optional<std::string> open(const Sealed& sealed);
  /// Destroys the person's key and blind-index entries, durably.
  void erase_person(const std::string& person);

  /// By what a person can be found; one sync for all.
  void add_indexes(const std::vector<IndexEntry>& entries);
  std::vector<std::string> find(IndexKind kind, const std::string& value);

  /// HMAC of the canonical request under a key that is never exported: a plain hash of a name and a number could be
  /// guessed.
  Hash request_digest(BytesView canonical);

 private:
  struct Key {
    Bytes id, secret;
  };
  std::optional<Key> key_of(const std::string& person);
  std::optional<Key> key_by_id(const Bytes& id);
  Bytes secret(const std::string& name);
  std::string index_name(IndexKind kind, const std::string& value);
  void remember(const std::string& person, const Key& key);

  Vault& vault_;
  world::Random& random_;
  std::string ledger_;
  std::mutex mutex_;
  std::unordered_map<std::string, Key> keys_;             ///< bounded cache, by person
  std::unordered_map<std::string, std::string> persons_;  ///< by key id
  std::unordered_map<std::string, Bytes> secrets_;
  std::vector<std::pair<std::string, Bytes>> late_;  ///< used by a sabotage only
};

/// Full-width digits and letters folded, spaces and dashes dropped, letters upper case, +86 dropped from telephones.
std::string normalise(IndexKind kind, std::string_view value);

}  // namespace aidledger::vault
