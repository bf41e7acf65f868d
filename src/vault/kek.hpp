#pragma once
// The key-encryption key: what lies in a shared vault topic is wrapped by it, so that the topic alone opens nothing and
// every node that holds the key's file opens what any node put. Made by `aidledger vault make-kek FILE`.
//
//   file:           32 random bytes, nothing else, readable by its owner alone (0600 or less)
//   wrapped value:  version u8 (1) | id of the key 16 | nonce 24 | ciphertext | tag 16      (XChaCha20-Poly1305)
//   bound to it:    ledger id, name, version u8, each after its length u32 (little-endian): elsewhere it does not open
//   id of the key:  first 16 bytes of HMAC-SHA-256(key, "aidledger-kek-id/1"); not secret
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/values/bytes.hpp"
#include "src/world/disk.hpp"
#include "src/world/world.hpp"

namespace aidledger::vault {

inline constexpr std::size_t kek_bytes = 32, kek_id_bytes = 16;

class Kek {
 public:
  /// Throws std::invalid_argument unless it is kek_bytes long.
  explicit Kek(Bytes secret);
  const Bytes& id() const { return id_; }
  const Bytes& secret() const { return secret_; }

 private:
  Bytes secret_, id_;
};

struct WrapPlace {
  std::string_view ledger, name;
};

Bytes wrap(const Kek& kek, const WrapPlace& place, world::Random& random, BytesView value);
/// Which key it takes; nullopt when it is no wrapped value of a version known here.
std::optional<Bytes> kek_id_of(BytesView wrapped);
/// nullopt when it was wrapped by another key or for another place, or a bit of it changed.
std::optional<Bytes> unwrap(const Kek& kek, const WrapPlace& place, BytesView wrapped);

/// The keys that a node holds: the current one wraps, all of them open. Two while a key is being replaced.
struct KekRing {
  Kek current;
  std::vector<Kek> older = {};
  /// nullptr when none has this id.
  const Kek* find(BytesView id) const;
};

/// Throws std::runtime_error, saying what to do, when the file is not there, group or others may read it, or it is not
/// kek_bytes long.
Kek read_kek(world::Disk& disk, const std::string& path);
/// Makes the file, whole or not at all, its owner's alone. Throws std::runtime_error when there is one: it may be the
/// only thing that opens a vault.
void make_kek(world::Disk& disk, world::Random& random, const std::string& path);

}  // namespace aidledger::vault
