#pragma once
// The vault in a folder (0700): one append-only file (0600, vault_file.hpp), all of it in memory as well. An erasure
// writes a new file without the entries, renames it over the old one and overwrites the old one's bytes, so that no
// file of the vault still holds what was erased. (A disk that copies on write keeps old blocks all the same: encrypt
// it.) Writers wait for the disk; readers never do.
#include <memory>
#include <mutex>
#include <shared_mutex>

#include "src/vault/vault.hpp"
#include "src/vault/vault_file.hpp"

namespace aidledger::vault {

class DirectoryVault : public Vault {
 public:
  /// Makes the folder where there is none. Throws world::Locked when somebody has it open, std::runtime_error when
  /// group or others may enter it, or when it is damaged.
  DirectoryVault(world::Disk& disk, std::string folder);

  void put(const std::string& name, BytesView value) override;
  void put_many(const std::vector<std::pair<std::string, Bytes>>& entries) override;
  std::optional<Bytes> get(const std::string& name) const override;
  void erase(const std::string& name) override;
  void erase_many(const std::vector<std::string>& names) override;
  void list(const std::string& prefix,
            const std::function<bool(const std::string& name, BytesView value)>& visit) const override;
  /// Writes all entries into a new folder: the vault's own backup set.
  void copy_to(const std::string& folder) const;

 private:
  using Entries = VaultFile::Entries;
  void rewrite(const VaultFile::Left& left);
  void compact_if_mostly_replaced();

  world::Disk& disk_;
  std::string folder_;
  std::unique_ptr<world::Lock> lock_;
  mutable std::mutex writing_;  ///< held over the disk; taken before reading_
  std::unique_ptr<VaultFile> file_;
  mutable std::shared_mutex reading_;  ///< of entries_
  Entries entries_;
};

/// True when one folder is the other, or lies in it, links followed. A vault must not lie in, or around, what is backed
/// up or copied apart from it.
bool folders_overlap(const std::string& a, const std::string& b);

}  // namespace aidledger::vault
