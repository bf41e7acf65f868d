#pragma once
// From one vault into another: an embedded ledger's directory into the topic that all nodes are to share, and back into
// a directory, which is the topic's backup.
#include "src/vault/vault.hpp"

namespace aidledger::vault {

struct Copied {
  std::size_t entries = 0;  ///< in both now
  std::size_t put = 0;      ///< by this call
};

/// Puts all of `from` into `to` but the keys that sign a node's batches, which stay with their node; then compares the
/// two. Interrupted anywhere, it can be begun again. Throws std::runtime_error when `to` holds what `from` does not, or
/// another value of a name: it is no copy of this vault then, and nothing was put. Nobody may change either meanwhile.
Copied copy_vault(const Vault& from, Vault& to);

}  // namespace aidledger::vault
