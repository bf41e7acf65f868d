#pragma once
// The vault in a folder (0700): one append-only file (0600) of entries, all of them in memory as well. An erasure
// writes a new file without the entry, renames it over the old one and overwrites the old one's bytes, so that no file
// of the vault still holds what was erased.
//
//   vault.log: magic "ALV1", then entries: CRC-32C u32 of the rest, name length u16, value length u32, name, value
//   (little-endian)
#include <map>
#include <memory>
#include <mutex>

#include "src/vault/vault.hpp"
#include "src/world/disk.hpp"

namespace aidledger::vault {

class DirectoryVault : public Vault {
 public:
  /// Makes the folder where there is none. Throws std::runtime_error when group or others may read it, when it is
  /// locked, or when an entry is damaged.
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
  void load();
  void rewrite();

  world::Disk& disk_;
  std::string folder_;
  std::unique_ptr<world::Lock> lock_;
  std::unique_ptr<world::File> file_;
  std::uint64_t end_ = 0;
  mutable std::mutex mutex_;
  std::map<std::string, Bytes> entries_;
};

}  // namespace aidledger::vault
