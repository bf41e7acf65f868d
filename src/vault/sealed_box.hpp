#pragma once
// The box that a sealed field is: pure bytes in, bytes out (XChaCha20-Poly1305, libsodium).
//
//   box:  version u8 (1) | key id 16 | key commitment 16 | nonce 24 | ciphertext of the padded text | tag 16
//   padded text:  length u32, text, zeros up to 32, 64, 128, 256, 512, 1024 or the next multiple of 1024 in all
//   associated data:  ledger id, action id, key id, schema, each after its length u32
//   key commitment:  first 16 bytes of HMAC-SHA-256(key, "aidledger-key-commitment/1" and the key id); the cipher
//   alone does not commit to its key
//   (numbers little-endian)
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "events/values/bytes.hpp"

namespace aidledger::vault {

struct PersonKey {
  Bytes id;      ///< 16 random bytes, not secret: they stand in the box
  Bytes secret;  ///< 32 bytes
};

inline constexpr std::size_t key_id_bytes = 16, key_secret_bytes = 32, nonce_bytes = 24;

/// What a box is bound to: moved elsewhere, it does not open.
struct BoxPlace {
  std::string_view ledger, action_id, schema;
};

/// `nonce`: nonce_bytes, never used twice with one key.
Bytes seal_box(const PersonKey& key, const BoxPlace& place, BytesView nonce, BytesView clear);

/// nullopt when it is no box of a version known here.
std::optional<Bytes> key_id_of(BytesView box);

/// nullopt when the box was sealed with another key or for another place, or a bit of it changed.
std::optional<std::string> open_box(const PersonKey& key, const BoxPlace& place, BytesView box);

/// Of the box that holds a text of this many bytes.
std::size_t box_size(std::size_t clear_bytes);

}  // namespace aidledger::vault
