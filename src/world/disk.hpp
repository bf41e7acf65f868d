#pragma once
// The disk as the rooms with hands see it: what a simulation replaces by one that loses, tears and damages what was not
// synced. Paths are plain strings with '/'. Every failure but that of a sync is a DiskError. **A failed sync is never
// retried** (the kernel marks the pages clean): on the real disk it ends the process, on a simulated one it throws
// ProcessEnds, which nobody catches.
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "events/values/bytes.hpp"

namespace aidledger::world {

struct DiskError : std::runtime_error {
  DiskError(const std::string& operation, const std::string& path, int code);
  int code;  ///< errno
  /// No space, no quota, or the file may not grow: passes when somebody makes room.
  bool full() const;
};

/// Thrown only by simulated disks, where the real one would end the process.
struct ProcessEnds {
  std::string why;
};

/// Somebody else holds the lock; `what()` says who.
struct Locked : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// An open file. pread may run in any thread beside one writer.
class File {
 public:
  virtual ~File() = default;
  /// Up to `count` bytes; fewer only at the end of the file.
  virtual std::size_t pread(std::uint64_t offset, char* into, std::size_t count) const = 0;
  /// All of the bytes; after a DiskError any part of them may have been written.
  virtual void pwrite(std::uint64_t offset, BytesView bytes) = 0;
  /// Durable when it returns: contents, and the size if it changed.
  virtual void datasync() = 0;
  /// Space for `size` bytes is reserved; new ones read as zero.
  virtual void allocate(std::uint64_t size) = 0;
  virtual void truncate(std::uint64_t size) = 0;
  virtual std::uint64_t size() const = 0;
};

/// Held until destroyed.
class Lock {
 public:
  virtual ~Lock() = default;
};

class Disk {
 public:
  enum class Mode {
    read,
    write,
    create
  };  ///< write: read and write what is there; create: a new, empty file (replaces an old one)

  virtual ~Disk() = default;
  virtual std::unique_ptr<File> open(const std::string& path, Mode mode) = 0;
  virtual bool exists(const std::string& path) = 0;
  /// The names in a folder, sorted, without "." and "..".
  virtual std::vector<std::string> list(const std::string& folder) = 0;
  /// With its parents; no error if it is there.
  virtual void make_folder(const std::string& folder) = 0;
  /// Atomic; durable after sync_folder.
  virtual void rename(const std::string& from, const std::string& to) = 0;
  /// No error if it is not there.
  virtual void remove(const std::string& path) = 0;
  /// Names made, renamed or removed in the folder are durable when it returns.
  virtual void sync_folder(const std::string& folder) = 0;
  /// Throws Locked when another process, or another holder in this one, has it. The file holds the holder's process id.
  virtual std::unique_ptr<Lock> lock(const std::string& path) = 0;
  virtual std::uint64_t free_bytes(const std::string& folder) = 0;
  /// From here on its owner alone may enter the folder, or read and write the file. A simulated disk has no others.
  virtual void make_private(const std::string& path);
  /// True when group or others have any right to it.
  virtual bool open_to_others(const std::string& path);
};

std::unique_ptr<Disk> real_disk();

/// The whole file.
Bytes read_file(Disk& disk, const std::string& path);
/// Whole or not at all: a new file is written and synced beside it, then renamed over it.
void replace_file(Disk& disk, const std::string& path, BytesView bytes);

}  // namespace aidledger::world
