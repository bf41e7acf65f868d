#pragma once
// The key by which a node's batches are known (Ed25519). Its secret half stays in the vault, as writer/<name>.
#include <array>
#include <cstdint>
#include <string>

#include "src/vault/vault.hpp"
#include "src/world/world.hpp"

namespace aidledger::vault {

class WriterKey {
 public:
  using KeyId = std::array<std::uint8_t, 16>;

  /// The key of that name, made and durable where there was none. Throws what the vault throws.
  WriterKey(Vault& vault, world::Random& random, const std::string& name);
  /// A key as the vault keeps it, under `kept_as`; throws std::runtime_error when it is none.
  WriterKey(BytesView kept, const std::string& name);

  static std::string kept_as(const std::string& name) { return "writer/" + name; }
  static bool exists(const Vault& vault, const std::string& name);
  const Bytes& public_key() const { return public_key_; }  ///< 32 bytes
  KeyId id() const;                                        ///< first 16 bytes of SHA-256 of the public key
  std::string id_text() const;                             ///< the same in hexadecimal, as ledgers name it
  Bytes sign(BytesView message) const;                     ///< 64 bytes

 private:
  Bytes public_key_, secret_key_;
};

/// False also for a key or signature of the wrong size.
bool signed_by(BytesView public_key, BytesView message, BytesView signature);

}  // namespace aidledger::vault
