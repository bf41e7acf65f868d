#include "src/vault/sealing.hpp"

#include <sodium.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "src/world/digest.hpp"
#include "src/world/sabotage.hpp"

namespace aidledger::vault {
namespace {

constexpr std::size_t index_digest_bytes = 16;
constexpr std::string_view key_prefix = "person/", entry_prefix = "entries/";

std::string keys_of(const std::string& person) { return std::string(key_prefix) + person + "/"; }
std::string entries_of(const std::string& person) { return std::string(entry_prefix) + person + "/"; }
std::string key_name(BytesView id) { return "key/" + to_hex(id); }
std::string index_of(const std::string& digest) { return "index/" + digest + "/"; }

/// Of person/<person>/... or entries/<person>/...; empty for other names.
std::string person_in(std::string_view name) {
  for (const auto prefix : {key_prefix, entry_prefix})
    if (name.starts_with(prefix)) return std::string(name.substr(prefix.size(), name.rfind('/') - prefix.size()));
  return {};
}

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
  index_secret_ = vault_.put_once("secret/index", random_.bytes(key_secret_bytes));
  digest_secret_ = vault_.put_once("secret/request-digest", random_.bytes(key_secret_bytes));
  take_over_old_names();
}

/// Until 2026-11-25 a person had one key, under person/<person>: id and secret.
void Sealer::take_over_old_names() {
  std::vector<std::pair<std::string, Bytes>> fresh;
  std::vector<std::string> old;
  vault_.list(std::string(key_prefix), [&](const std::string& name, BytesView value) {
    if (name.find('/', key_prefix.size()) != std::string::npos || value.size() <= key_id_bytes) return true;
    fresh.emplace_back(name + "/" + to_hex(value.substr(0, key_id_bytes)), Bytes(value.substr(key_id_bytes)));
    old.push_back(name);
    return true;
  });
  if (old.empty()) return;
  vault_.put_many(fresh);
  vault_.erase_many(old);
}

Hash Sealer::request_digest(BytesView canonical) const { return world::hmac_sha256(digest_secret_, canonical); }

// Keys.

bool Sealer::retired(const std::string& person) const {
  const std::lock_guard lock(retiring_);
  return retired_.contains(person);
}

PersonKey Sealer::fresh_key() { return {random_.bytes(key_id_bytes), random_.bytes(key_secret_bytes)}; }

/// The first by id, so that all nodes come to use the same one; one that a crash left half put is of no use.
std::optional<PersonKey> Sealer::key_of(const std::string& person) const {
  if (retired(person)) return std::nullopt;
  std::vector<PersonKey> keys;
  const std::string prefix = keys_of(person);
  vault_.list(prefix, [&](const std::string& name, BytesView secret) {
    keys.push_back({from_hex(std::string_view(name).substr(prefix.size())), Bytes(secret)});
    return true;
  });
  const auto whole =
      std::ranges::find_if(keys, [&](const auto& key) { return vault_.get(key_name(key.id)).has_value(); });
  return whole == keys.end() ? std::nullopt : std::optional(*whole);
}

std::optional<PersonKey> Sealer::key_by_id(const Bytes& id) const {
  const auto person = vault_.get(key_name(id));
  if (!person || retired(*person)) return std::nullopt;
  const auto secret = vault_.get(keys_of(*person) + to_hex(id));
  return secret ? std::optional(PersonKey{id, *secret}) : std::nullopt;
}

void Sealer::ensure_keys(const std::vector<std::string>& persons) {
  const std::lock_guard changing(changing_);
  std::set<std::string> without;
  for (const auto& person : persons)
    if (!retired(person) && !key_of(person)) without.insert(person);
  make_keys({without.begin(), without.end()});
}

std::vector<PersonKey> Sealer::make_keys(const std::vector<std::string>& persons) {
  std::vector<PersonKey> made;
  std::vector<std::pair<std::string, Bytes>> fresh;
  for (const auto& person : persons) {
    const PersonKey& key = made.emplace_back(fresh_key());
    fresh.emplace_back(key_name(key.id), person);
    fresh.emplace_back(keys_of(person) + to_hex(key.id), key.secret);
  }
  store(std::move(fresh));
  return made;
}

void Sealer::store(std::vector<std::pair<std::string, Bytes>> fresh) {
  if constexpr (world::sabotaged(world::Sabotage::key_after_record)) std::swap(fresh, late_);
  if (!fresh.empty()) vault_.put_many(fresh);
}

Bytes Sealer::seal(const std::string& person, const std::string& action_id, const std::string& schema,
                   BytesView clear) {
  auto key = key_of(person);
  if (!key) {
    const std::lock_guard changing(changing_);
    key = retired(person) ? fresh_key()  // kept by nobody
                          : make_keys({person}).front();
  }
  return seal_box(*key, {ledger_, action_id, schema}, random_.bytes(nonce_bytes), clear);
}

std::expected<std::string, NotOpened> Sealer::open(const Sealed& sealed) {
  const auto id = key_id_of(sealed.box);
  if (!id) return std::unexpected(NotOpened::damaged);
  auto key = key_by_id(*id);
  if (!key && vault_.look_again()) key = key_by_id(*id);
  if (!key) return std::unexpected(NotOpened::erased);
  auto clear = open_box(*key, {ledger_, sealed.action_id, sealed.schema}, sealed.box);
  if (!clear) return std::unexpected(NotOpened::damaged);
  return std::move(*clear);
}

// Erasure.

/// What leads to the others last: who is interrupted finds the rest by it.
std::vector<std::string> Sealer::names_of(const std::string& person) const {
  std::vector<std::string> names;
  const std::string keys = keys_of(person), entries = entries_of(person);
  vault_.list(keys, [&](const std::string& name, BytesView) {
    names.push_back("key/" + name.substr(keys.size()));
    names.push_back(name);
    return true;
  });
  vault_.list(entries, [&](const std::string& name, BytesView) {
    names.push_back(index_of(name.substr(entries.size())) + person);
    names.push_back(name);
    return true;
  });
  return names;
}

void Sealer::erase_persons(const std::vector<std::string>& persons) {
  const std::lock_guard changing(changing_);
  {
    const std::lock_guard lock(retiring_);
    retired_.insert(persons.begin(), persons.end());
  }
  std::vector<std::string> gone;
  for (const auto& person : persons)
    for (auto& name : names_of(person)) gone.push_back(std::move(name));
  vault_.erase_many(gone);
}

void Sealer::erase_late(const std::vector<std::string>& names) {
  std::set<std::string> late;
  for (const auto& name : names)
    if (const std::string person = person_in(name); !person.empty() && retired(person)) late.insert(person);
  if (!late.empty()) erase_persons({late.begin(), late.end()});
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
    if (vault_.get(entries_of(entry.person) + digest) && vault_.get(index_of(digest) + entry.person)) continue;
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
    if (!retired(std::string(person))) persons.emplace_back(person);
    return true;
  });
  return persons;
}

}  // namespace aidledger::vault
