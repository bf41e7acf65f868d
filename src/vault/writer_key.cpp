#include "src/vault/writer_key.hpp"

#include <sodium.h>

#include <algorithm>
#include <stdexcept>

#include "src/world/digest.hpp"

namespace aidledger::vault {
namespace {

const unsigned char* raw(BytesView bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* raw(Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

void start_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be initialised");
}

/// Made and durable where there was none.
Bytes kept_in(Vault& vault, world::Random& random, const std::string& name) {
  if (auto kept = vault.get(WriterKey::kept_as(name))) return *kept;
  start_sodium();
  Bytes public_key(crypto_sign_PUBLICKEYBYTES, '\0'), secret_key(crypto_sign_SECRETKEYBYTES, '\0');
  const Bytes seed = random.bytes(crypto_sign_SEEDBYTES);
  crypto_sign_seed_keypair(raw(public_key), raw(secret_key), raw(seed));
  vault.put(WriterKey::kept_as(name), secret_key);
  return secret_key;
}

}  // namespace

WriterKey::WriterKey(Vault& vault, world::Random& random, const std::string& name)
    : WriterKey(kept_in(vault, random, name), name) {}

WriterKey::WriterKey(BytesView kept, const std::string& name)
    : public_key_(crypto_sign_PUBLICKEYBYTES, '\0'), secret_key_(kept) {
  start_sodium();
  if (kept.size() != crypto_sign_SECRETKEYBYTES)
    throw std::runtime_error("the vault's writer key " + name + " is not an Ed25519 key");
  const Bytes seed(kept.substr(0, crypto_sign_SEEDBYTES));
  crypto_sign_seed_keypair(raw(public_key_), raw(secret_key_), raw(seed));
}

bool WriterKey::exists(const Vault& vault, const std::string& name) { return vault.get(kept_as(name)).has_value(); }

WriterKey::KeyId WriterKey::id() const {
  KeyId out;
  const Hash hash = world::sha256(public_key_);
  std::copy_n(hash.begin(), out.size(), out.begin());
  return out;
}

std::string WriterKey::id_text() const {
  const KeyId id = this->id();
  return to_hex({reinterpret_cast<const char*>(id.data()), id.size()});
}

Bytes WriterKey::sign(BytesView message) const {
  Bytes out(crypto_sign_BYTES, '\0');
  crypto_sign_detached(raw(out), nullptr, raw(message), message.size(), raw(secret_key_));
  return out;
}

bool signed_by(BytesView public_key, BytesView message, BytesView signature) {
  return public_key.size() == crypto_sign_PUBLICKEYBYTES && signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(raw(signature), raw(message), message.size(), raw(public_key)) == 0;
}

}  // namespace aidledger::vault
