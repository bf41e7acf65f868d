#pragma once
// A disk in memory that behaves like a bad one: it forgets, tears or reorders what was not synced when it crashes, and
// fails at a call of the test's choice. After crash() it is the disk that the next process finds.
#include <algorithm>
#include <cerrno>
#include <map>
#include <optional>
#include <random>

#include "src/world/disk.hpp"

namespace aidledger::test {

class MemoryDisk : public world::Disk {
 public:
  struct Node {
    Bytes now;      ///< what the process sees
    Bytes durable;  ///< what a crash cannot take away
    std::vector<std::pair<std::uint64_t, Bytes>> unsynced;
  };
  using Names = std::map<std::string, std::shared_ptr<Node>>;

  // Dials.

  /// The n-th call from now on (1 = the next) fails with this errno; a sync that fails ends the process.
  void fail_call(int n, int code) {
    fail_in_ = n;
    fail_code_ = code;
  }
  /// The process ends within the n-th call from now on, whatever it calls.
  void end_at_call(int n) { fail_call(n, process_ends); }
  int calls() const { return calls_; }
  int syncs() const { return syncs_; }
  /// Power is cut: every unsynced write is kept, lost, or torn at sectors of 512 bytes; names come back as of some
  /// moment since their last sync. Open files are dead, locks are free.
  void crash(std::mt19937& random) {
    names_ = history_[random() % history_.size()];
    history_ = {names_};
    for (auto& [name, node] : names_) crash(*node, random);
    kill();
  }
  /// The process is gone, the machine is not: what was written is seen, and still not on disk.
  void kill() {
    locks_.clear();
    ++life_;
    fail_in_ = 0;
  }
  /// The bytes of a file, to look at or to damage.
  Bytes& bytes(const std::string& path) { return node(path)->now; }
  Names& names() { return names_; }

  // The disk.

  std::unique_ptr<world::File> open(const std::string& path, Mode mode) override {
    call("open", path);
    if (mode == Mode::create) {
      names_[path] = std::make_shared<Node>();
      history_.push_back(names_);
    }
    return std::make_unique<MemoryFile>(*this, path, node(path));
  }
  bool exists(const std::string& path) override { return names_.contains(path); }
  std::vector<std::string> list(const std::string& folder) override {
    call("list", folder);
    std::vector<std::string> out;
    for (const auto& [name, node] : names_) {
      if (name.starts_with(folder + "/")) out.push_back(name.substr(folder.size() + 1));
    }
    return out;
  }
  void make_folder(const std::string& folder) override { call("make the folder", folder); }
  void rename(const std::string& from, const std::string& to) override {
    call("rename", from);
    names_[to] = node(from);
    names_.erase(from);
    history_.push_back(names_);
  }
  void remove(const std::string& path) override {
    call("remove", path);
    names_.erase(path);
    history_.push_back(names_);
  }
  void sync_folder(const std::string& folder) override {
    sync_call(folder);
    history_ = {names_};
  }
  std::unique_ptr<world::Lock> lock(const std::string& path) override {
    call("lock", path);
    if (locks_.contains(path)) throw world::Locked(path + " is held by process 1");
    locks_[path] = life_;
    names_.try_emplace(path, std::make_shared<Node>());
    return std::make_unique<MemoryLock>(*this, path);
  }
  std::uint64_t free_bytes(const std::string&) override { return 1 << 30; }

 private:
  static constexpr std::size_t sector = 512;
  static constexpr int process_ends = -1;

  class MemoryLock : public world::Lock {
   public:
    MemoryLock(MemoryDisk& disk, std::string path) : disk_(disk), path_(std::move(path)), life_(disk.life_) {}
    MemoryLock(const MemoryLock&) = delete;
    MemoryLock& operator=(const MemoryLock&) = delete;
    ~MemoryLock() override {
      if (life_ == disk_.life_) disk_.locks_.erase(path_);
    }

   private:
    MemoryDisk& disk_;
    std::string path_;
    int life_;
  };

  class MemoryFile : public world::File {
   public:
    MemoryFile(MemoryDisk& disk, std::string path, std::shared_ptr<Node> node)
        : disk_(disk), path_(std::move(path)), node_(std::move(node)), life_(disk.life_) {}

    std::size_t pread(std::uint64_t offset, char* into, std::size_t count) const override {
      call("read");
      if (offset >= node_->now.size()) return 0;
      return node_->now.copy(into, count, offset);
    }
    void pwrite(std::uint64_t offset, BytesView bytes) override {
      try {
        call("write");
      } catch (const world::DiskError&) {  // a write that fails may have written a part
        put(offset, bytes.substr(0, bytes.size() / 2));
        throw;
      }
      put(offset, bytes);
    }
    void datasync() override {
      alive();
      disk_.sync_call(path_);
      node_->durable = node_->now;
      node_->unsynced.clear();
    }
    void allocate(std::uint64_t size) override {
      call("reserve space for");
      if (node_->now.size() < size) node_->now.resize(size);
    }
    void truncate(std::uint64_t size) override {
      call("resize");
      node_->now.resize(size);
    }
    std::uint64_t size() const override {
      call("examine");
      return node_->now.size();
    }

   private:
    void alive() const {
      if (life_ != disk_.life_) throw std::logic_error("a file of a process that is gone is used");
    }
    void call(const char* what) const {
      alive();
      disk_.call(what, path_);
    }
    void put(std::uint64_t offset, BytesView bytes) {
      if (node_->now.size() < offset + bytes.size()) node_->now.resize(offset + bytes.size());
      node_->now.replace(offset, bytes.size(), bytes);
      node_->unsynced.emplace_back(offset, bytes);
    }

    MemoryDisk& disk_;
    std::string path_;
    std::shared_ptr<Node> node_;
    int life_;
  };

  static void crash(Node& node, std::mt19937& random) {
    Bytes left = node.durable;
    left.resize(std::max(left.size(), random() % 2 == 0 ? node.now.size() : left.size()));
    for (const auto& [offset, bytes] : node.unsynced) {
      const auto fate = random() % 3;
      for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t end = std::min<std::size_t>(bytes.size(), (offset + at) / sector * sector + sector - offset);
        const bool kept = fate == 0 || (fate == 1 && random() % 2 == 0);
        if (kept && offset + end <= left.size()) left.replace(offset + at, end - at, bytes, at, end - at);
        at = end;
      }
    }
    node.now = node.durable = left;
    node.unsynced.clear();
  }

  bool fails_now() {
    ++calls_;
    return fail_in_ > 0 && --fail_in_ == 0;
  }
  void call(const char* what, const std::string& path) {
    if (!fails_now()) return;
    if (fail_code_ == process_ends) throw world::ProcessEnds{std::string("to ") + what + " " + path};
    throw world::DiskError(what, path, fail_code_);
  }
  void sync_call(const std::string& path) {
    ++syncs_;
    if (fails_now()) throw world::ProcessEnds{"sync of " + path};
  }
  std::shared_ptr<Node> node(const std::string& path) const {
    const auto found = names_.find(path);
    if (found == names_.end()) throw world::DiskError("open", path, ENOENT);
    return found->second;
  }

  Names names_;
  std::vector<Names> history_ = {{}};
  std::map<std::string, int> locks_;
  int life_ = 0;
  int calls_ = 0;
  int syncs_ = 0;
  int fail_in_ = 0;
  int fail_code_ = 0;
};

}  // namespace aidledger::test
