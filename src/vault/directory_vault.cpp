#include "src/vault/directory_vault.hpp"

#include <sys/stat.h>

#include <cstring>
#include <stdexcept>

#include "src/world/digest.hpp"

namespace aidledger::vault {
namespace {

constexpr BytesView magic = "ALV1";
constexpr std::size_t entry_head = 4 + 2 + 4;
constexpr const char* file_name = "/vault.log";

template <class T>
void put_number(Bytes& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <class T>
T number_at(BytesView in, std::size_t at) {
  T value;
  std::memcpy(&value, in.data() + at, sizeof value);
  return value;
}

Bytes entry_of(const std::string& name, BytesView value) {
  Bytes rest;
  put_number(rest, static_cast<std::uint16_t>(name.size()));
  put_number(rest, static_cast<std::uint32_t>(value.size()));
  rest += name;
  rest += value;
  Bytes out;
  put_number(out, world::crc32c(rest));
  return out + rest;
}

void make_private(const std::string& folder) {
  struct stat is{};
  if (::chmod(folder.c_str(), 0700) != 0 || ::stat(folder.c_str(), &is) != 0 || (is.st_mode & 077) != 0)
    throw std::runtime_error("the vault's folder " + folder + " must be readable by its owner only (chmod 700)");
}

void check_private(const std::string& folder) {
  struct stat is{};
  if (::stat(folder.c_str(), &is) == 0 && (is.st_mode & 077) != 0)
    throw std::runtime_error("the vault's folder " + folder + " can be read by group or others; run: chmod 700 " +
                             folder);
}

}  // namespace

DirectoryVault::DirectoryVault(world::Disk& disk, std::string folder) : disk_(disk), folder_(std::move(folder)) {
  if (disk_.exists(folder_))
    check_private(folder_);
  else
    disk_.make_folder(folder_), make_private(folder_);
  lock_ = disk_.lock(folder_ + "/LOCK");
  if (disk_.exists(folder_ + file_name))
    load();
  else
    rewrite();
}

void DirectoryVault::load() {
  const Bytes all = world::read_file(disk_, folder_ + file_name);
  BytesView rest = all;
  if (!rest.starts_with(magic))
    throw std::runtime_error("the vault file " + folder_ + file_name +
                             " is damaged at its beginning; restore the vault's backup");
  rest.remove_prefix(magic.size());
  while (rest.size() >= entry_head) {
    const std::size_t name = number_at<std::uint16_t>(rest, 4), value = number_at<std::uint32_t>(rest, 6);
    const std::size_t size = entry_head + name + value;
    if (size > rest.size()) break;  // torn: its put never returned
    if (world::crc32c(rest.substr(4, size - 4)) != number_at<std::uint32_t>(rest, 0)) {
      if (size == rest.size()) break;
      throw std::runtime_error("the vault file " + folder_ + file_name + " is damaged at byte " +
                               std::to_string(all.size() - rest.size()) + "; restore the vault's backup");
    }
    entries_[std::string(rest.substr(entry_head, name))] = Bytes(rest.substr(entry_head + name, value));
    rest.remove_prefix(size);
  }
  end_ = all.size() - rest.size();
  file_ = disk_.open(folder_ + file_name, world::Disk::Mode::write);
  file_->truncate(end_);
  file_->datasync();
}

/// A new file with what is there now replaces the old one, whose bytes are overwritten: the old file stays open until
/// then.
void DirectoryVault::rewrite() {
  Bytes all(magic);
  for (const auto& [name, value] : entries_) all += entry_of(name, value);
  const auto old = std::move(file_);
  const std::string path = folder_ + file_name;
  auto fresh = disk_.open(path + ".new", world::Disk::Mode::create);
  fresh->pwrite(0, all);
  fresh->datasync();
  disk_.rename(path + ".new", path);
  disk_.sync_folder(folder_);
  if (old) {
    old->pwrite(0, Bytes(end_, '\0'));
    old->datasync();
  }
  ::chmod(path.c_str(), 0600);
  file_ = std::move(fresh);
  end_ = all.size();
}

void DirectoryVault::put(const std::string& name, BytesView value) { put_many({{name, Bytes(value)}}); }

void DirectoryVault::put_many(const std::vector<std::pair<std::string, Bytes>>& entries) {
  const std::lock_guard lock(mutex_);
  Bytes bytes;
  for (const auto& [name, value] : entries) bytes += entry_of(name, value);
  file_->pwrite(end_, bytes);
  file_->datasync();
  Bytes back(bytes.size(), '\0');
  if (file_->pread(end_, back.data(), back.size()) != back.size() || back != bytes)
    throw std::runtime_error("the vault did not read back what was written");
  end_ += bytes.size();
  for (const auto& [name, value] : entries) entries_[name] = value;
}

std::optional<Bytes> DirectoryVault::get(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(name);
  return found == entries_.end() ? std::nullopt : std::optional(found->second);
}

void DirectoryVault::erase(const std::string& name) { erase_many({name}); }

void DirectoryVault::erase_many(const std::vector<std::string>& names) {
  const std::lock_guard lock(mutex_);
  std::size_t gone = 0;
  for (const auto& name : names) gone += entries_.erase(name);
  if (gone > 0) rewrite();
}

void DirectoryVault::list(const std::string& prefix,
                          const std::function<bool(const std::string& name, BytesView value)>& visit) const {
  std::map<std::string, Bytes> found;
  {
    const std::lock_guard lock(mutex_);
    for (auto one = entries_.lower_bound(prefix); one != entries_.end() && one->first.starts_with(prefix); ++one)
      found.insert(*one);
  }
  for (const auto& [name, value] : found)
    if (!visit(name, value)) return;
}

void DirectoryVault::copy_to(const std::string& folder) const {
  DirectoryVault copy(disk_, folder);
  std::vector<std::pair<std::string, Bytes>> all;
  {
    const std::lock_guard lock(mutex_);
    all.assign(entries_.begin(), entries_.end());
  }
  copy.put_many(all);
}

}  // namespace aidledger::vault
