#pragma once
// Personal data, sealed under keys of the person's own (sealed_box.hpp), and the blind index by which intake finds a
// person. Names in the vault, all of a person's going with the person:
//
//   person/<person>/<hex key id>     the secret: two nodes may each make a key for a person, and both stay
//   key/<hex key id>                 the person
//   index/<hex of keyed digest>/<person>          the person: found by kind and normalised value
//   entries/<person>/<hex of keyed digest>        the kind: which entries are the person's
//   secret/index, secret/request-digest           keys that are never exported; the same on all nodes
//
// Nothing is remembered outside the vault but who was erased: what another node destroyed is gone here, too. May be
// used from several threads. Nothing here waits for the vault but what makes keys, entries or erases.
#include <expected>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "events/values/bytes.hpp"
#include "events/values/sealed.hpp"
#include "src/vault/normalise.hpp"
#include "src/vault/sealed_box.hpp"
#include "src/vault/vault.hpp"
#include "src/world/world.hpp"

namespace aidledger::vault {

struct IndexEntry {
  IndexKind kind;
  std::string value;
  std::string person;
};

/// Why a sealed field has no clear text.
enum class NotOpened {
  erased,   ///< the vault has no such key: the person was erased (the ledger says when), or the vault is not the right
            ///< one
  damaged,  ///< the key is there, but this is not what was sealed, not for this action and field, or no box at all
};

class Sealer {
 public:
  /// Makes the ledger's secret keys where there are none. Throws what the vault throws.
  Sealer(Vault& vault, world::Random& random, std::string ledger);

  /// Makes a key for each of these persons that has none yet, with one sync, durable and read back when it returns.
  void ensure_keys(const std::vector<std::string>& persons);
  /// The person's key is durable before the box exists. Throws std::runtime_error when the vault cannot be written.
  Bytes seal(const std::string& person, const std::string& action_id, const std::string& schema, BytesView clear);
  std::expected<std::string, NotOpened> open(const Sealed& sealed);
  /// Destroys all keys and blind-index entries of the persons, durably, in one go; no error where there are none. Their
  /// ids are retired for this object's life: what is sealed for them from here on opens for nobody, they are not found,
  /// and they are not indexed.
  void erase_persons(const std::vector<std::string>& persons);
  /// Names that came into the vault from other nodes: what a slower node made for a retired person is destroyed.
  void erase_late(const std::vector<std::string>& names);

  /// By what a person can be found; one sync for all. Values of which normalise leaves nothing are passed over.
  void add_indexes(const std::vector<IndexEntry>& entries);
  /// Persons, in order. An entry is made before its action is decided: some may not be in the ledger.
  std::vector<std::string> find(IndexKind kind, const std::string& value) const;

  /// HMAC of the canonical request: a plain hash of a name and a number could be guessed.
  Hash request_digest(BytesView canonical) const;

 private:
  std::optional<PersonKey> key_of(const std::string& person) const;
  std::optional<PersonKey> key_by_id(const Bytes& id) const;
  std::vector<PersonKey> make_keys(const std::vector<std::string>& persons);
  PersonKey fresh_key();
  bool retired(const std::string& person) const;
  std::vector<std::string> names_of(const std::string& person) const;
  std::string index_digest(IndexKind kind, const std::string& normalised) const;
  void store(std::vector<std::pair<std::string, Bytes>> fresh);
  void take_over_old_names();

  Vault& vault_;
  world::Random& random_;
  const std::string ledger_;
  std::mutex changing_;  ///< one change of keys or entries at a time; taken before retiring_
  Bytes index_secret_, digest_secret_;
  std::vector<std::pair<std::string, Bytes>> late_;  ///< empty but under the sabotage key_after_record

  mutable std::mutex retiring_;  ///< of retired_
  std::unordered_set<std::string> retired_;
};

}  // namespace aidledger::vault
