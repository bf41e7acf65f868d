#include "src/vault/sealing.hpp"

#include <sodium.h>

#include <algorithm>
#include <stdexcept>

#include "src/world/digest.hpp"
#include "src/world/sabotage.hpp"

namespace aidledger::vault {
namespace {

constexpr char box_version = '\1';
constexpr std::size_t key_id_bytes = 16, commitment_bytes = 16;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t secret_bytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t header_bytes = 1 + key_id_bytes + commitment_bytes + nonce_bytes;
constexpr std::size_t cached_keys = 50'000;

const unsigned char* raw(BytesView bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* raw(Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

void put_length(Bytes& out, std::size_t length) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(length >> shift & 0xff);
}

std::size_t bucket(std::size_t size) {
  for (std::size_t limit = 32; limit <= 1024; limit *= 2)
    if (size <= limit) return limit;
  return (size + 1023) / 1024 * 1024;
}

Bytes padded(BytesView clear) {
  Bytes out;
  put_length(out, clear.size());
  out += clear;
  out.resize(bucket(out.size()), '\0');
  return out;
}

std::optional<std::string> unpadded(BytesView bytes) {
  std::size_t length = 0;
  for (std::size_t i = 0; i < 4; ++i) length |= static_cast<std::size_t>(raw(bytes)[i]) << (8 * i);
  if (length > bytes.size() - 4) return std::nullopt;
  return std::string(bytes.substr(4, length));
}

Bytes commitment(BytesView secret, BytesView id) {
  return Bytes(
      view_of(world::hmac_sha256(secret, "aidledger-key-commitment/1" + Bytes(id))).substr(0, commitment_bytes));
}

Bytes associated(const std::string& ledger, const std::string& action_id, BytesView key_id, const std::string& schema) {
  Bytes out;
  for (const BytesView part : {BytesView(ledger), BytesView(action_id), key_id, BytesView(schema)}) {
    put_length(out, part.size());
    out += part;
  }
  return out;
}

std::string person_name(const std::string& person) { return "person/" + to_hex(person); }

}  // namespace

Sealer::Sealer(Vault& vault, world::Random& random, std::string ledger)
    : vault_(vault), random_(random), ledger_(std::move(ledger)) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be initialised");
}

void Sealer::remember(const std::string& person, const Key& key) {
  if (keys_.size() >= cached_keys) keys_.clear(), persons_.clear();
  keys_[person] = key;
  persons_[key.id] = person;
}

std::optional<Sealer::Key> Sealer::key_of(const std::string& person) {
  if (const auto known = keys_.find(person); known != keys_.end()) return known->second;
  const auto stored = vault_.get(person_name(person));
  if (!stored || stored->size() != key_id_bytes + secret_bytes) return std::nullopt;
  Key key{stored->substr(0, key_id_bytes), stored->substr(key_id_bytes)};
  remember(person, key);
  return key;
}

std::optional<Sealer::Key> Sealer::key_by_id(const Bytes& id) {
  if (const auto known = persons_.find(id); known != persons_.end()) return key_of(known->second);
  const auto person = vault_.get("key/" + to_hex(id));
  return person ? key_of(*person) : std::nullopt;
}

void Sealer::ensure_keys(const std::vector<std::string>& persons) {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<std::string, Bytes>> fresh;
  std::vector<std::pair<std::string, Key>> made;
  for (const auto& person : persons) {
    const bool twice = std::any_of(made.begin(), made.end(), [&](const auto& one) { return one.first == person; });
    if (twice || key_of(person)) continue;
    const Key key{random_.bytes(key_id_bytes), random_.bytes(secret_bytes)};
    fresh.emplace_back("key/" + to_hex(key.id), person);
    fresh.emplace_back(person_name(person), key.id + key.secret);
    made.emplace_back(person, key);
  }
  if (world::sabotaged(world::Sabotage::key_after_record))
    std::swap(fresh, late_);  // durable only when the next persons come
  if (!fresh.empty()) vault_.put_many(fresh);
  for (const auto& [person, key] : made) remember(person, key);
}

Bytes Sealer::seal(const std::string& person, const std::string& action_id, const std::string& schema,
                   BytesView clear) {
  ensure_keys({person});
  const std::lock_guard lock(mutex_);
  const auto key = key_of(person);
  if (!key) throw std::runtime_error("the vault did not keep a person's key");
  const Bytes nonce = random_.bytes(nonce_bytes);
  const Bytes text = padded(clear);
  const Bytes extra = associated(ledger_, action_id, key->id, schema);
  Bytes box = Bytes(1, box_version) + key->id + commitment(key->secret, key->id) + nonce;
  Bytes sealed(text.size() + tag_bytes, '\0');
  unsigned long long length = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed), &length, raw(text), text.size(), raw(extra), extra.size(),
                                             nullptr, raw(nonce), raw(key->secret));
  return box + sealed;
}

std::optional<std::string> Sealer::open(const Sealed& sealed) {
  const BytesView box = sealed.box;
  if (box.size() < header_bytes + tag_bytes + 4 || box.front() != box_version) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const Bytes id(box.substr(1, key_id_bytes));
  const auto key = key_by_id(id);
  if (!key || key->id != id ||
      !world::equal_secret(commitment(key->secret, id), box.substr(1 + key_id_bytes, commitment_bytes)))
    return std::nullopt;
  const BytesView nonce = box.substr(header_bytes - nonce_bytes, nonce_bytes);
  const BytesView text = box.substr(header_bytes);
  const Bytes extra = associated(ledger_, sealed.action_id, id, sealed.schema);
  Bytes clear(text.size() - tag_bytes, '\0');
  unsigned long long length = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(clear), &length, nullptr, raw(text), text.size(), raw(extra),
                                                 extra.size(), raw(nonce), raw(key->secret)) != 0)
    return std::nullopt;
  return unpadded(clear);
}

void Sealer::erase_person(const std::string& person) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> gone{person_name(person)};
  if (const auto key = key_of(person)) gone.push_back("key/" + to_hex(key->id));
  const std::string entries = "entries/" + to_hex(person) + "/";
  vault_.list(entries, [&](const std::string& name, BytesView index) {
    gone.push_back(name);
    gone.emplace_back(index);
    return true;
  });
  vault_.erase_many(gone);
  if (const auto known = keys_.find(person); known != keys_.end()) {
    persons_.erase(known->second.id);
    keys_.erase(known);
  }
}

Bytes Sealer::secret(const std::string& name) {
  if (const auto known = secrets_.find(name); known != secrets_.end()) return known->second;
  auto stored = vault_.get("secret/" + name);
  if (!stored) {
    stored = random_.bytes(32);
    vault_.put("secret/" + name, *stored);
  }
  return secrets_[name] = *stored;
}

Hash Sealer::request_digest(BytesView canonical) {
  const std::lock_guard lock(mutex_);
  return world::hmac_sha256(secret("request-digest"), canonical);
}

std::string Sealer::index_name(IndexKind kind, const std::string& value) {
  const auto digest =
      world::hmac_sha256(secret("index"), std::to_string(static_cast<int>(kind)) + "|" + normalise(kind, value));
  return "index/" + to_hex(view_of(digest)) + "/";
}

void Sealer::add_indexes(const std::vector<IndexEntry>& entries) {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<std::string, Bytes>> fresh;
  for (const auto& entry : entries) {
    const std::string name = index_name(entry.kind, entry.value) + to_hex(entry.person);
    if (vault_.get(name)) continue;
    fresh.emplace_back(name, entry.person);
    fresh.emplace_back("entries/" + to_hex(entry.person) + "/" + to_hex(view_of(world::sha256(name))).substr(0, 32),
                       name);
  }
  if (!fresh.empty()) vault_.put_many(fresh);
}

std::vector<std::string> Sealer::find(IndexKind kind, const std::string& value) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> persons;
  vault_.list(index_name(kind, value), [&](const std::string&, BytesView person) {
    persons.emplace_back(person);
    return true;
  });
  return persons;
}

namespace {

/// U+FF01..U+FF5E to ASCII; U+3000 to a space.
std::string fold_width(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto a = static_cast<unsigned char>(text[i]);
    const auto b = i + 2 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
    const auto c = i + 2 < text.size() ? static_cast<unsigned char>(text[i + 2]) : 0;
    if (a == 0xef && (b == 0xbc || b == 0xbd) && c >= 0x80) {
      out += static_cast<char>((b == 0xbc ? c - 0x81 + 0x21 : c - 0x80 + 0x60));
      i += 2;
    } else if (a == 0xe3 && b == 0x80 && c == 0x80) {
      out += ' ';
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

std::string normalise(IndexKind kind, std::string_view value) {
  std::string out;
  for (char c : fold_width(value)) {
    if (c == ' ' || c == '-' || c == '\t') continue;
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  if (kind == IndexKind::telephone && out.starts_with("+86")) out.erase(0, 3);
  return out;
}

}  // namespace aidledger::vault
