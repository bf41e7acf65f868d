#include "src/world/disk.hpp"

#include <cerrno>
#include <cstring>

namespace aidledger::world {

DiskError::DiskError(const std::string& operation, const std::string& path, int code)
    : std::runtime_error("cannot " + operation + " " + path + ": " + std::strerror(code)), code(code) {}

bool DiskError::full() const { return code == ENOSPC || code == EDQUOT || code == EFBIG; }

void Disk::make_private(const std::string&) {}

bool Disk::open_to_others(const std::string&) { return false; }

Bytes read_file(Disk& disk, const std::string& path) {
  const auto file = disk.open(path, Disk::Mode::read);
  Bytes out(file->size(), '\0');
  out.resize(file->pread(0, out.data(), out.size()));
  return out;
}

void replace_file(Disk& disk, const std::string& path, BytesView bytes) {
  const std::string beside = path + ".new";
  {
    const auto file = disk.open(beside, Disk::Mode::create);
    file->pwrite(0, bytes);
    file->datasync();
  }
  disk.rename(beside, path);
  const auto slash = path.rfind('/');
  disk.sync_folder(slash == std::string::npos ? "." : path.substr(0, slash));
}

}  // namespace aidledger::world
