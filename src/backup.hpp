#pragma once
// The way back from damage: a copy of the ledger files taken while serving, the vault's copy apart from it, and a
// restore that verifies before it serves.
#include <functional>
#include <string>

#include "src/node.hpp"

namespace aidledger {

struct BackupSummary {
  std::string ledger;
  Seq records = 0;
  std::string head_hash;
};

/// Copies the ledger files into `ledger_to` and the vault into `vault_to`, both new folders. Consistent while serving:
/// the ledger first, so that the vault's copy holds every key its records need. Throws CannotStart when a folder is
/// there already.
BackupSummary backup(Node& node, const std::string& ledger_to, const std::string& vault_to);

/// Puts a backup in place of nothing: neither data nor vault folder may hold anything. Verifies the copy whole; throws
/// CannotStart, and removes what it had put there, when it is not what its manifest says.
BackupSummary restore(const std::string& ledger_from, const std::string& vault_from, const NodeSettings& to,
                      const std::function<void(Seq)>& progress);

}  // namespace aidledger
