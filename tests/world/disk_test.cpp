#include "src/world/disk.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/support/temp_folder.hpp"

using namespace aidledger;
using namespace aidledger::world;

TEST_CASE("the real disk keeps what is written where it was written") {
  const test::TempFolder folder;
  const auto disk = real_disk();
  disk->make_folder(folder / "a/b");
  disk->make_folder(folder / "a/b");
  const std::string path = folder / "a/b/file";
  CHECK_FALSE(disk->exists(path));
  {
    const auto file = disk->open(path, Disk::Mode::create);
    file->allocate(10'000);
    CHECK(file->size() == 10'000);
    file->pwrite(5'000, "hello");
    file->datasync();
    Bytes read(8, 'x');
    CHECK(file->pread(4'999, read.data(), 8) == 8);
    CHECK(read == Bytes("\0hello\0\0", 8));
    CHECK(file->pread(9'998, read.data(), 8) == 2);
    file->truncate(3);
    CHECK(file->size() == 3);
  }
  disk->rename(path, folder / "a/b/renamed");
  disk->sync_folder(folder / "a/b");
  CHECK(disk->list(folder / "a/b") == std::vector<std::string>{"renamed"});
  CHECK(disk->free_bytes(folder.path()) > 0);
  disk->remove(folder / "a/b/renamed");
  disk->remove(folder / "a/b/renamed");
  CHECK(disk->list(folder / "a/b").empty());
}

TEST_CASE("a file is replaced whole") {
  const test::TempFolder folder;
  const auto disk = real_disk();
  replace_file(*disk, folder / "settings", "first and long");
  replace_file(*disk, folder / "settings", "second");
  CHECK(read_file(*disk, folder / "settings") == "second");
  CHECK(disk->list(folder.path()).size() == 1);
}

TEST_CASE("a disk error names the file and knows a full disk") {
  const auto disk = real_disk();
  CHECK_THROWS_WITH(disk->open("/nowhere/file", Disk::Mode::read), Catch::Contains("/nowhere/file"));
  CHECK(DiskError("write", "x", ENOSPC).full());
  CHECK_FALSE(DiskError("write", "x", EIO).full());
}

TEST_CASE("one holder per lock, and the next one is told who it is") {
  const test::TempFolder folder;
  const auto disk = real_disk();
  auto held = disk->lock(folder / "LOCK");
  CHECK_THROWS_WITH(disk->lock(folder / "LOCK"), Catch::Contains(std::to_string(::getpid())));
  held.reset();
  CHECK_NOTHROW(disk->lock(folder / "LOCK"));
}
