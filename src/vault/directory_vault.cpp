#include "src/vault/directory_vault.hpp"

#include <sodium.h>

#include <filesystem>
#include <set>
#include <stdexcept>

namespace aidledger::vault {
namespace {

constexpr std::uint64_t always_tolerated_bytes = 1 << 20;  ///< of replaced entries

}  // namespace

DirectoryVault::DirectoryVault(world::Disk& disk, std::string folder) : disk_(disk), folder_(std::move(folder)) {
  const bool fresh = !disk_.exists(folder_);
  disk_.make_folder(folder_);
  if (fresh) disk_.make_private(folder_);
  if (disk_.open_to_others(folder_))
    throw std::runtime_error("the vault's folder " + folder_ + " can be read by group or others; run: chmod 700 " +
                             folder_);
  lock_ = disk_.lock(folder_ + "/LOCK");
  VaultFile::clear_leftovers(disk_, folder_);
  if (VaultFile::exists(disk_, folder_))
    file_ = VaultFile::open(disk_, folder_, entries_), compact_if_mostly_replaced();
  else
    rewrite([](const auto&) { return true; });
}

void DirectoryVault::compact_if_mostly_replaced() {
  std::uint64_t live = 0;
  for (const auto& [name, value] : entries_) live += stored_size(name, value);
  if (file_->entry_bytes() > 2 * live + always_tolerated_bytes) rewrite([](const auto&) { return true; });
}

/// Takes what is not left out of the memory, too.
void DirectoryVault::rewrite(const VaultFile::Left& left) {
  auto fresh = VaultFile::make(disk_, folder_, entries_, left);
  fresh->take_name();
  file_.swap(fresh);
  {
    const std::unique_lock lock(reading_);
    for (auto one = entries_.begin(); one != entries_.end();) {
      if (left(one->first)) {
        ++one;
      } else {
        sodium_memzero(one->second.data(), one->second.size());
        one = entries_.erase(one);
      }
    }
  }
  file_->sync_name();
  if (fresh) fresh->overwrite();
}

void DirectoryVault::put(const std::string& name, BytesView value) { put_many({{name, Bytes(value)}}); }

void DirectoryVault::put_many(const std::vector<std::pair<std::string, Bytes>>& entries) {
  check_entries(entries);
  const std::lock_guard writing(writing_);
  file_->append(entries);
  const std::unique_lock lock(reading_);
  for (const auto& [name, value] : entries) entries_[name] = value;
}

std::optional<Bytes> DirectoryVault::get(const std::string& name) const {
  const std::shared_lock lock(reading_);
  const auto found = entries_.find(name);
  return found == entries_.end() ? std::nullopt : std::optional(found->second);
}

void DirectoryVault::erase(const std::string& name) { erase_many({name}); }

void DirectoryVault::erase_many(const std::vector<std::string>& names) {
  const std::lock_guard writing(writing_);
  file_->sync_name();  // an erasure before this one may have failed just there
  std::set<std::string> gone;
  for (const auto& name : names)
    if (entries_.contains(name)) gone.insert(name);
  if (!gone.empty()) rewrite([&](const std::string& name) { return !gone.contains(name); });
}

void DirectoryVault::list(const std::string& prefix,
                          const std::function<bool(const std::string& name, BytesView value)>& visit) const {
  const std::shared_lock lock(reading_);
  for (auto one = entries_.lower_bound(prefix); one != entries_.end() && one->first.starts_with(prefix); ++one)
    if (!visit(one->first, one->second)) return;
}

void DirectoryVault::copy_to(const std::string& folder) const {
  const std::lock_guard writing(writing_);
  DirectoryVault copy(disk_, folder);
  copy.entries_ = entries_;
  copy.rewrite([](const auto&) { return true; });
}

bool folders_overlap(const std::string& a, const std::string& b) {
  const auto of = [](const std::string& folder) {
    auto path = std::filesystem::weakly_canonical(std::filesystem::absolute(folder));
    return path.has_filename() ? path : path.parent_path();
  };
  const auto first = of(a), second = of(b);
  const auto [one, other] = std::mismatch(first.begin(), first.end(), second.begin(), second.end());
  return one == first.end() || other == second.end();
}

}  // namespace aidledger::vault
