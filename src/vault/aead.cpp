#include "src/vault/aead.hpp"

#include <sodium.h>

namespace aidledger::vault {
namespace {

static_assert(aead_key_bytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(aead_nonce_bytes == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(aead_tag_bytes == crypto_aead_xchacha20poly1305_ietf_ABYTES);

const unsigned char* raw(BytesView bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* raw(Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

}  // namespace

Bytes aead_seal(BytesView key, BytesView nonce, BytesView bound, BytesView clear) {
  Bytes sealed(clear.size() + aead_tag_bytes, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed), nullptr, raw(clear), clear.size(), raw(bound), bound.size(),
                                             nullptr, raw(nonce), raw(key));
  return sealed;
}

std::optional<Bytes> aead_open(BytesView key, BytesView nonce, BytesView bound, BytesView sealed) {
  if (sealed.size() < aead_tag_bytes) return std::nullopt;
  Bytes clear(sealed.size() - aead_tag_bytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(clear), nullptr, nullptr, raw(sealed), sealed.size(), raw(bound),
                                                 bound.size(), raw(nonce), raw(key)) != 0)
    return std::nullopt;
  return clear;
}

Bytes joined(std::initializer_list<BytesView> parts) {
  Bytes out;
  for (const BytesView part : parts) {
    for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(part.size() >> shift & 0xff);
    out += part;
  }
  return out;
}

void wipe(Bytes& secret) { sodium_memzero(secret.data(), secret.size()); }

}  // namespace aidledger::vault
