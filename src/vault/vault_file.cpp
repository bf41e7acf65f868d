#include "src/vault/vault_file.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <stdexcept>

#include "src/world/digest.hpp"

namespace aidledger::vault {
namespace {

constexpr BytesView magic = "AIDLVLT1";
constexpr std::size_t slot_bytes = 512, head_bytes = 2 * slot_bytes;
constexpr std::size_t entry_head = 4 + 2 + 4;
constexpr std::size_t chunk_bytes = 1 << 20;

static_assert(std::endian::native == std::endian::little);

std::string path_in(const std::string& folder) { return folder + "/vault.log"; }
std::string new_path_in(const std::string& folder) { return folder + "/vault.log.new"; }

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

void put_entry(Bytes& out, const std::string& name, BytesView value) {
  const std::size_t start = out.size();
  put_number(out, std::uint32_t{0});
  put_number(out, static_cast<std::uint16_t>(name.size()));
  put_number(out, static_cast<std::uint32_t>(value.size()));
  out += name;
  out += value;
  const std::uint32_t crc = world::crc32c(BytesView(out).substr(start + 4));
  std::memcpy(out.data() + start, &crc, sizeof crc);
}

Bytes slot_of(std::uint64_t end) {
  Bytes out(magic);
  put_number(out, end);
  put_number(out, world::crc32c(out));
  return out;
}

/// The end that a slot gives, where it is whole.
std::optional<std::uint64_t> end_in(BytesView slot) {
  const std::size_t covered = magic.size() + 8;
  if (slot.size() < covered + 4 || !slot.starts_with(magic) ||
      world::crc32c(slot.substr(0, covered)) != number_at<std::uint32_t>(slot, covered))
    return std::nullopt;
  return number_at<std::uint64_t>(slot, magic.size());
}

/// The whole entry at the beginning of `rest`; empty where there is none.
BytesView first_entry(BytesView rest) {
  if (rest.size() < entry_head) return {};
  const std::size_t size =
      entry_head + number_at<std::uint16_t>(rest, 4) + static_cast<std::size_t>(number_at<std::uint32_t>(rest, 6));
  if (size > rest.size() || world::crc32c(rest.substr(4, size - 4)) != number_at<std::uint32_t>(rest, 0)) return {};
  return rest.substr(0, size);
}

Bytes bytes_of(world::File& file) {
  Bytes all(file.size(), '\0');
  all.resize(file.pread(0, all.data(), all.size()));
  return all;
}

/// Puts the whole entries that stand one behind another from `at` on into `entries`; returns where they end.
std::uint64_t read_entries(BytesView all, std::uint64_t at, VaultFile::Entries& entries) {
  for (BytesView entry; !(entry = first_entry(all.substr(at))).empty(); at += entry.size()) {
    const std::size_t name = number_at<std::uint16_t>(entry, 4);
    entries[std::string(entry.substr(entry_head, name))] = Bytes(entry.substr(entry_head + name));
  }
  return at;
}

void zero(world::File& file) {
  const Bytes zeros(chunk_bytes, '\0');
  const std::uint64_t size = file.size();
  for (std::uint64_t at = 0; at < size; at += chunk_bytes)
    file.pwrite(at, BytesView(zeros).substr(0, std::min<std::uint64_t>(chunk_bytes, size - at)));
  file.datasync();
}

}  // namespace

std::uint64_t stored_size(BytesView name, BytesView value) { return entry_head + name.size() + value.size(); }

VaultFile::VaultFile(world::Disk& disk, std::string folder, std::unique_ptr<world::File> file)
    : disk_(disk), folder_(std::move(folder)), file_(std::move(file)), end_(head_bytes) {}

bool VaultFile::exists(world::Disk& disk, const std::string& folder) { return disk.exists(path_in(folder)); }

std::unique_ptr<VaultFile> VaultFile::open(world::Disk& disk, const std::string& folder, Entries& entries) {
  auto file = disk.open(path_in(folder), world::Disk::Mode::write);
  disk.make_private(path_in(folder));
  std::unique_ptr<VaultFile> out(new VaultFile(disk, folder, std::move(file)));
  out->read(entries);
  out->sync_name();
  return out;
}

void VaultFile::read(Entries& entries) {
  const auto damaged = [&](std::uint64_t at) {
    return std::runtime_error("the vault file " + path_in(folder_) + " is damaged at byte " + std::to_string(at) +
                              "; restore the vault's backup");
  };
  const Bytes all = bytes_of(*file_);
  if (all.size() < head_bytes) throw damaged(all.size());
  const auto first = end_in(BytesView(all).substr(0, slot_bytes)),
             second = end_in(BytesView(all).substr(slot_bytes, slot_bytes));
  if (!first && !second) throw damaged(0);
  slot_ = second.value_or(0) > first.value_or(0) ? 1 : 0;
  const std::uint64_t mark = std::max(first.value_or(0), second.value_or(0));
  end_ = read_entries(all, end_, entries);
  if (end_ < mark) throw damaged(end_);
  if (end_ == all.size()) return;
  file_->truncate(end_);
  file_->datasync();
}

std::optional<Bytes> VaultFile::value_in(world::Disk& disk, const std::string& folder, const std::string& name) {
  if (!exists(disk, folder)) return std::nullopt;
  const Bytes all = bytes_of(*disk.open(path_in(folder), world::Disk::Mode::read));
  Entries entries;
  if (all.size() >= head_bytes) read_entries(all, head_bytes, entries);
  const auto found = entries.find(name);
  return found == entries.end() ? std::nullopt : std::optional(found->second);
}

std::unique_ptr<VaultFile> VaultFile::make(world::Disk& disk, const std::string& folder, const Entries& entries,
                                           const Left& left) {
  auto file = disk.open(new_path_in(folder), world::Disk::Mode::create);
  disk.make_private(new_path_in(folder));
  std::unique_ptr<VaultFile> out(new VaultFile(disk, folder, std::move(file)));
  Bytes chunk(head_bytes, '\0');
  std::uint64_t at = 0;
  const auto write = [&] {
    out->file_->pwrite(at, chunk);
    at += chunk.size();
    chunk.clear();
  };
  for (const auto& [name, value] : entries) {
    if (left(name)) put_entry(chunk, name, value);
    if (chunk.size() >= chunk_bytes) write();
  }
  write();
  out->end_ = at;
  out->write_mark();
  out->file_->datasync();
  return out;
}

void VaultFile::clear_leftovers(world::Disk& disk, const std::string& folder) {
  const std::string path = new_path_in(folder);
  if (!disk.exists(path)) return;
  zero(*disk.open(path, world::Disk::Mode::write));
  disk.remove(path);
  disk.sync_folder(folder);
}

void VaultFile::take_name() { disk_.rename(new_path_in(folder_), path_in(folder_)); }

void VaultFile::sync_name() {
  if (!name_synced_) disk_.sync_folder(folder_);
  name_synced_ = true;
}

void VaultFile::append(const std::vector<std::pair<std::string, Bytes>>& entries) {
  sync_name();
  if (dirty_tail_) file_->truncate(end_);
  dirty_tail_ = true;
  Bytes bytes;
  for (const auto& [name, value] : entries) put_entry(bytes, name, value);
  file_->pwrite(end_, bytes);
  file_->datasync();
  Bytes back(bytes.size(), '\0');
  if (file_->pread(end_, back.data(), back.size()) != back.size() || back != bytes)
    throw std::runtime_error("the vault did not read back what was written");
  end_ += bytes.size();
  dirty_tail_ = false;
  try {
    write_mark();
  } catch (const world::DiskError&) {
    return;  // the entries are durable without it; the mark is an older one for a while
  }
}

/// Not synced here.
void VaultFile::write_mark() {
  file_->pwrite((1 - slot_) * slot_bytes, slot_of(end_));
  slot_ = 1 - slot_;
}

void VaultFile::overwrite() {
  try {
    zero(*file_);
  } catch (const world::DiskError&) {
    return;
  }
}

std::uint64_t VaultFile::entry_bytes() const { return end_ - head_bytes; }

}  // namespace aidledger::vault
