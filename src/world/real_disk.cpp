#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "src/world/disk.hpp"

namespace aidledger::world {
namespace {

/// An errno that says "not here", not "not now": such a file system has no reservation, only sizes.
bool not_supported(int code) { return code == EOPNOTSUPP || code == ENOSYS || code == EINVAL; }

[[noreturn]] void end_process(const std::string& path) {
  std::fprintf(stderr,
               "aidledger: cannot make %s durable: %s. The process ends here; nothing unsynced was acknowledged.\n",
               path.c_str(), std::strerror(errno));
  std::abort();
}

template <class Call>
auto until_not_interrupted(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { ::close(fd_); }
  operator int() const { return fd_; }

 private:
  int fd_;
};

int open_or_throw(const std::string& path, int flags) {
  const int fd = until_not_interrupted([&] { return ::open(path.c_str(), flags | O_CLOEXEC, 0640); });
  if (fd < 0) throw DiskError("open", path, errno);
  return fd;
}

int flags_of(Disk::Mode mode) {
  switch (mode) {
    case Disk::Mode::read: return O_RDONLY;
    case Disk::Mode::write: return O_RDWR;
    case Disk::Mode::create: return O_RDWR | O_CREAT | O_TRUNC;
  }
  std::abort();
}

class RealFile : public File {
 public:
  RealFile(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}

  std::size_t pread(std::uint64_t offset, char* into, std::size_t count) const override {
    std::size_t done = 0;
    while (done < count) {
      const auto n = until_not_interrupted(
          [&] { return ::pread(fd_, into + done, count - done, static_cast<off_t>(offset + done)); });
      if (n < 0) throw DiskError("read", path_, errno);
      if (n == 0) break;
      done += static_cast<std::size_t>(n);
    }
    return done;
  }

  void pwrite(std::uint64_t offset, BytesView bytes) override {
    while (!bytes.empty()) {
      const auto n =
          until_not_interrupted([&] { return ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(offset)); });
      if (n < 0) throw DiskError("write", path_, errno);
      bytes.remove_prefix(static_cast<std::size_t>(n));
      offset += static_cast<std::uint64_t>(n);
    }
  }

  void datasync() override {
    if (until_not_interrupted([&] { return ::fdatasync(fd_); }) != 0) end_process(path_);
  }

  void allocate(std::uint64_t size) override {
    if (until_not_interrupted([&] { return ::fallocate(fd_, 0, 0, static_cast<off_t>(size)); }) == 0) return;
    if (!not_supported(errno)) throw DiskError("reserve space for", path_, errno);
    if (this->size() < size) truncate(size);
  }

  void truncate(std::uint64_t size) override {
    if (until_not_interrupted([&] { return ::ftruncate(fd_, static_cast<off_t>(size)); }) != 0)
      throw DiskError("resize", path_, errno);
  }

  std::uint64_t size() const override {
    struct stat status{};
    if (::fstat(fd_, &status) != 0) throw DiskError("examine", path_, errno);
    return static_cast<std::uint64_t>(status.st_size);
  }

 private:
  std::string path_;
  Descriptor fd_;
};

class RealLock : public Lock {
 public:
  explicit RealLock(const std::string& path) : fd_(open_or_throw(path, O_RDWR | O_CREAT)) {
    RealFile file(path, ::dup(fd_));
    if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK) throw DiskError("lock", path, errno);
      std::array<char, 32> holder{};
      const std::size_t n = file.pread(0, holder.data(), holder.size());
      throw Locked(path + " is held by process " + (n > 0 ? std::string(holder.data(), n) : "unknown"));
    }
    file.truncate(0);
    file.pwrite(0, std::to_string(::getpid()));
  }

 private:
  Descriptor fd_;
};

class RealDisk : public Disk {
 public:
  std::unique_ptr<File> open(const std::string& path, Mode mode) override {
    return std::make_unique<RealFile>(path, open_or_throw(path, flags_of(mode)));
  }

  bool exists(const std::string& path) override { return ::access(path.c_str(), F_OK) == 0; }

  std::vector<std::string> list(const std::string& folder) override {
    const std::unique_ptr<DIR, int (*)(DIR*)> dir(::opendir(folder.c_str()), &::closedir);
    if (!dir) throw DiskError("list", folder, errno);
    std::vector<std::string> names;
    while (const dirent* entry = ::readdir(dir.get())) {
      const std::string name = entry->d_name;
      if (name != "." && name != "..") names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  void make_folder(const std::string& folder) override {
    for (std::size_t slash = folder.find('/', 1);; slash = folder.find('/', slash + 1)) {
      const std::string part = folder.substr(0, slash);
      if (::mkdir(part.c_str(), 0750) != 0 && errno != EEXIST) throw DiskError("make the folder", part, errno);
      if (slash == std::string::npos) return;
    }
  }

  void rename(const std::string& from, const std::string& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) throw DiskError("rename", from, errno);
  }

  void remove(const std::string& path) override {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) throw DiskError("remove", path, errno);
  }

  void sync_folder(const std::string& folder) override {
    const Descriptor fd(open_or_throw(folder, O_RDONLY | O_DIRECTORY));
    if (until_not_interrupted([&] { return ::fsync(fd); }) != 0) end_process(folder);
  }

  std::unique_ptr<Lock> lock(const std::string& path) override { return std::make_unique<RealLock>(path); }

  std::uint64_t free_bytes(const std::string& folder) override {
    struct statvfs status{};
    if (::statvfs(folder.c_str(), &status) != 0) throw DiskError("examine", folder, errno);
    return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
  }

  void make_private(const std::string& path) override {
    if (::chmod(path.c_str(), mode_of(path) & S_IRWXU) != 0) throw DiskError("make private", path, errno);
  }

  bool open_to_others(const std::string& path) override { return (mode_of(path) & (S_IRWXG | S_IRWXO)) != 0; }

 private:
  static mode_t mode_of(const std::string& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) throw DiskError("examine", path, errno);
    return status.st_mode;
  }
};

}  // namespace

std::unique_ptr<Disk> real_disk() { return std::make_unique<RealDisk>(); }

}  // namespace aidledger::world
