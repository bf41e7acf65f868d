#include "src/vault/sealing.hpp"

#include <sodium.h>

#include <set>
#include <stdexcept>

#include "src/world/digest.hpp"
#include "src/world/sabotage.hpp"

namespace aidledger::vault {
namespace {

constexpr std::size_t cached_keys = 50'000;
constexpr std::size_t index_digest_bytes = 16;

std::string person_name(const std::string& person) { return "person/" + person; }
std::string key_name(BytesView id) { return "key/" + to_hex(id); }
std::string entries_of(const std::string& person) { return "entries/" + person + "/"; }
std::string index_of(const std::string& digest) { return "index/" + digest + "/"; }

std::string_view kind_name(IndexKind kind) {
  switch (kind) {
    case IndexKind::none: break;
    case IndexKind::identity_number: return "identity-number";
    case IndexKind::telephone: return "telephone";
    case IndexKind::name: return "name";
  }
  throw std::invalid_argument("a blind index entry has a kind");
}

}  // namespace

Sealer::Sealer(Vault& vault, world::Random& random, std::string ledger)
    : vault_(vault), random_(random), ledger_(std::move(ledger)) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be initialised");
  index_secret_ = secret("index");
  digest_secret_ = secret("request-digest");
}

Bytes Sealer::secret(const std::string& name) {
  if (auto stored = vault_.get("secret/" + name)) return *stored;
  Bytes fresh = random_.bytes(key_secret_bytes);
  vault_.put("secret/" + name, fresh);
  return fresh;
}

Hash Sealer::request_digest(BytesView canonical) const { return world::hmac_sha256(digest_secret_, canonical); }

// Keys.

void Sealer::remember(const std::string& person, const PersonKey& key) {
  if (keys_.size() >= cached_keys) keys_.clear(), persons_.clear();
  keys_[person] = key;
  persons_[key.id] = person;
}

void Sealer::forget(const std::string& person) {
  const std::lock_guard lock(cache_);
  ++erasures_;
  retired_.insert(person);
  const auto known = keys_.find(person);
  if (known == keys_.end()) return;
  sodium_memzero(known->second.secret.data(), known->second.secret.size());
  persons_.erase(known->second.id);
  keys_.erase(known);
}

bool Sealer::retired(const std::string& person) {
  const std::lock_guard lock(cache_);
  return retired_.contains(person);
}

PersonKey Sealer::fresh_key() { return {random_.bytes(key_id_bytes), random_.bytes(key_secret_bytes)}; }

std::optional<PersonKey> Sealer::key_of(const std::string& person) {
  std::uint64_t before = 0;
  {
    const std::lock_guard lock(cache_);
    if (const auto known = keys_.find(person); known != keys_.end()) return known->second;
    before = erasures_;
  }
  const auto stored = vault_.get(person_name(person));
  if (!stored || stored->size() != key_id_bytes + key_secret_bytes) return std::nullopt;
  PersonKey key{stored->substr(0, key_id_bytes), stored->substr(key_id_bytes)};
  const std::lock_guard lock(cache_);
  if (erasures_ == before) remember(person, key);
  return key;
}

std::optional<PersonKey> Sealer::key_by_id(const Bytes& id) {
  std::optional<std::string> person;
  {
    const std::lock_guard lock(cache_);
    if (const auto known = persons_.find(id); known != persons_.end()) person = known->second;
  }
  if (!person) person = vault_.get(key_name(id));
  auto key = person ? key_of(*person) : std::nullopt;
  return key && key->id == id ? key : std::nullopt;
}

void Sealer::ensure_keys(const std::vector<std::string>& persons) {
  const std::lock_guard changing(changing_);
  std::vector<std::pair<std::string, Bytes>> fresh;
  std::vector<std::pair<std::string, PersonKey>> made;
  for (const auto& person : std::set<std::string>(persons.begin(), persons.end())) {
    if (retired(person) || key_of(person)) continue;
    const PersonKey key = fresh_key();
    fresh.emplace_back(key_name(key.id), person);
    fresh.emplace_back(person_name(person), key.id + key.secret);
    made.emplace_back(person, key);
  }
  store(std::move(fresh));
  const std::lock_guard lock(cache_);
  for (const auto& [person, key] : made) remember(person, key);
}

void Sealer::store(std::vector<std::pair<std::string, Bytes>> fresh) {
  if constexpr (world::sabotaged(world::Sabotage::key_after_record)) std::swap(fresh, late_);
  if (!fresh.empty()) vault_.put_many(fresh);
}

Bytes Sealer::seal(const std::string& person, const std::string& action_id, const std::string& schema,
                   BytesView clear) {
  auto key = key_of(person);
  if (!key) {
    ensure_keys({person});
    key = key_of(person);
  }
  if (!key && retired(person)) key = fresh_key();  // kept by nobody
  if (!key) throw std::runtime_error("the vault did not keep a person's key");
  return seal_box(*key, {ledger_, action_id, schema}, random_.bytes(nonce_bytes), clear);
}

std::expected<std::string, NotOpened> Sealer::open(const Sealed& sealed) {
  const auto id = key_id_of(sealed.box);
  if (!id) return std::unexpected(NotOpened::damaged);
  const auto key = key_by_id(*id);
  if (!key) return std::unexpected(NotOpened::erased);
  auto clear = open_box(*key, {ledger_, sealed.action_id, sealed.schema}, sealed.box);
  if (!clear) return std::unexpected(NotOpened::damaged);
  return std::move(*clear);
}

// A person has one key at a time: what the vault lists is all there is to destroy.
void Sealer::erase_persons(const std::vector<std::string>& persons) {
  const std::lock_guard changing(changing_);
  std::vector<std::string> gone;
  for (const auto& person : persons) {
    gone.push_back(person_name(person));
    if (const auto key = key_of(person)) gone.push_back(key_name(key->id));
    vault_.list(entries_of(person), [&](const std::string& name, BytesView) {
      gone.push_back(name);
      gone.push_back(index_of(name.substr(entries_of(person).size())) + person);
      return true;
    });
  }
  vault_.erase_many(gone);
  for (const auto& person : persons) forget(person);
}

// The blind index.

std::string Sealer::index_digest(IndexKind kind, const std::string& normalised) const {
  const Hash hash = world::hmac_sha256(index_secret_, std::string(kind_name(kind)) + "|" + normalised);
  return to_hex(view_of(hash).substr(0, index_digest_bytes));
}

void Sealer::add_indexes(const std::vector<IndexEntry>& entries) {
  const std::lock_guard changing(changing_);
  std::vector<std::pair<std::string, Bytes>> fresh;
  for (const auto& entry : entries) {
    const std::string normalised = normalise(entry.kind, entry.value);
    if (normalised.empty() || retired(entry.person)) continue;
    const std::string digest = index_digest(entry.kind, normalised);
    if (vault_.get(index_of(digest) + entry.person)) continue;
    fresh.emplace_back(entries_of(entry.person) + digest, Bytes(kind_name(entry.kind)));
    fresh.emplace_back(index_of(digest) + entry.person, entry.person);
  }
  if (!fresh.empty()) vault_.put_many(fresh);
}

std::vector<std::string> Sealer::find(IndexKind kind, const std::string& value) const {
  std::vector<std::string> persons;
  const std::string normalised = normalise(kind, value);
  if (normalised.empty()) return persons;
  vault_.list(index_of(index_digest(kind, normalised)), [&](const std::string&, BytesView person) {
    persons.emplace_back(person);
    return true;
  });
  return persons;
}

}  // namespace aidledger::vault
