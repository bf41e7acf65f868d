#pragma once
// XChaCha20-Poly1305 (libsodium), as sealed boxes and wrapped values use it. Pure.
#include <initializer_list>
#include <optional>

#include "events/values/bytes.hpp"

namespace aidledger::vault {

inline constexpr std::size_t aead_key_bytes = 32, aead_nonce_bytes = 24, aead_tag_bytes = 16;

/// Ciphertext and tag. `nonce`: never used twice with one key. `bound`: must be the same for opening.
Bytes aead_seal(BytesView key, BytesView nonce, BytesView bound, BytesView clear);
/// nullopt when it was sealed with another key or bound to something else, or a bit of it changed.
std::optional<Bytes> aead_open(BytesView key, BytesView nonce, BytesView bound, BytesView sealed);

/// Each part after its length (u32, little-endian), so that neighbours do not flow into each other.
Bytes joined(std::initializer_list<BytesView> parts);

/// Zeros over a secret that is of no use any more.
void wipe(Bytes& secret);

}  // namespace aidledger::vault
