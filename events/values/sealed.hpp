#pragma once
// Personal data: a name, a number, an address, a narrative. In a record only the sealed box exists; the clear text
// lives in memory between the door and the sealing step of src/ledger, is never stored, and is what the request digest
// covers.
#include <string>

#include "events/values/bytes.hpp"

namespace aidledger {

struct Sealed {
  std::string schema;     ///< what it is, e.g. "enrol-undertaker/name": part of the associated data
  std::string action_id;  ///< the action that sealed it: part of the associated data
  Bytes box;              ///< version, key id, key commitment, nonce, padded ciphertext and tag (src/vault/sealing.hpp)
  std::string clear;      ///< before sealing only; never encoded
  bool operator==(const Sealed& other) const {
    return schema == other.schema && action_id == other.action_id && box == other.box;
  }
};

inline constexpr std::size_t max_clear_length = 16 * 1024;

/// Which blind index a sealed field feeds, so that intake can find a person by it.
enum class IndexKind { none, identity_number, telephone, name };

}  // namespace aidledger
