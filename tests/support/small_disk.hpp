#pragma once
// A disk of a few MiB in memory, to be filled. Needs the right to mount.
#include <sys/mount.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temp_folder.hpp"

namespace aidledger::test {

class SmallDisk {
 public:
  /// `size` as mount(8) has it, e.g. "8m".
  explicit SmallDisk(const std::string& size)
      : mounted_(mount("aidledger-test", path().c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0) {}
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) umount2(path().c_str(), MNT_DETACH);
  }

  bool mounted() const { return mounted_; }
  std::string operator/(const std::string& name) const { return folder_ / name; }
  void fill() const {
    std::ofstream filler(folder_ / "filler", std::ios::binary | std::ios::app);
    const std::string block(4096, 'f');
    while (filler.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) continue;
  }
  void make_room() const { std::filesystem::remove(folder_ / "filler"); }

 private:
  std::string path() const { return folder_ / ""; }
  TempFolder folder_;
  bool mounted_;
};

}  // namespace aidledger::test
