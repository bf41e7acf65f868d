// Power cuts and failing calls: what was acknowledged is there afterwards, what was not may be.
#include <catch2/catch.hpp>

#include "tests/log/batches.hpp"
#include "tests/support/memory_disk.hpp"

using namespace aidledger;
using namespace aidledger::log;
using namespace aidledger::test;

namespace {

constexpr LedgerFilesOptions small{.segment_bytes = entries_at + 3000, .zero_ahead_bytes = 700};

/// Appends at random, syncs now and then; `acknowledged` follows what a caller was told.
void write_for_a_while(LedgerFiles& files, std::mt19937& random, int steps, Seq& acknowledged) {
  for (int i = 0; i < steps; ++i) {
    append(files, 1 + random() % 3);
    if (random() % 2 == 0) files.sync();
    if (random() % 5 == 0) files.write_mark();
    acknowledged = files.head().next_seq;
  }
}

/// Everything acknowledged is there, what else is there continues it, and it can be continued.
void check_kept(LedgerFiles& files, Seq acknowledged) {
  CHECK(files.head().next_seq >= acknowledged);
  const bool sound = records_in(files) == records_from(0, files.head().next_seq);
  CHECK(sound);
}

}  // namespace

TEST_CASE("a power cut takes nothing that was synced") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    MemoryDisk disk;
    Seq acknowledged = 0;
    for (int life = 0; life < 4; ++life) {
      {
        const auto files = LedgerFiles::open(disk, "ledger", small);
        check_kept(*files, acknowledged);
        write_for_a_while(*files, random, static_cast<int>(random() % 20), acknowledged);
      }
      disk.crash(random);
    }
    check_kept(*LedgerFiles::open(disk, "ledger", small), acknowledged);
  }
}

namespace {

/// One run against a disk whose n-th call fails; a caller that tries again as the contract says. False when n was never
/// reached.
bool run_with_fault(int n, int code) {
  std::mt19937 random(static_cast<unsigned>(n));
  MemoryDisk disk;
  Seq acknowledged = 0;
  disk.fail_call(n, code);
  for (int tries = 0; acknowledged < 60; ++tries) {
    REQUIRE(tries < 10);
    try {
      const auto files = LedgerFiles::open(disk, "ledger", small);
      while (acknowledged < 60) {
        try {
          grow(*files, files->head().next_seq + 1);
          if (random() % 4 == 0) files->write_mark();
        } catch (const world::DiskError&) {
          files->drop_unsynced();
        }
        acknowledged = files->head().next_seq;
      }
      check_kept(*files, acknowledged);
    } catch (const world::DiskError&) {  // opening failed; nothing is held, so it can be tried again
    } catch (const world::ProcessEnds&) {
      disk.crash(random);
    }
  }
  const bool reached = disk.calls() >= n;
  disk.fail_call(0, 0);
  check_kept(*LedgerFiles::open(disk, "ledger", small), acknowledged);
  return reached;
}

}  // namespace

TEST_CASE("whichever call to the disk fails, nothing acknowledged is lost and work goes on") {
  const int code = GENERATE(ENOSPC, EIO);
  int n = 1;
  while (run_with_fault(n, code)) ++n;
  CHECK(n > 100);  // the sweep ended with a run in which nothing failed
}

TEST_CASE("after a sync that failed, what looks clean is written once more") {
  MemoryDisk disk;
  std::mt19937 random(1);
  {
    const auto files = LedgerFiles::open(disk, "ledger", small);
    append(*files, 1);
    disk.fail_call(1, EIO);
    CHECK_THROWS_AS(files->sync(), world::ProcessEnds);
  }
  // The process is gone, the machine is not: the page is seen, taken for clean, and not on disk.
  disk.names().at("ledger/00000000.segment")->unsynced.clear();
  CHECK(LedgerFiles::open(disk, "ledger", small)->head().next_seq == 1);
  disk.crash(random);
  CHECK(LedgerFiles::open(disk, "ledger", small)->head().next_seq == 1);
}

TEST_CASE("a copy that the power cut short is not taken for a log") {
  for (unsigned seed = 0; seed < 50; ++seed) {
    std::mt19937 random(seed);
    MemoryDisk disk;
    const auto files = LedgerFiles::open(disk, "ledger", small);
    grow(*files, 60);
    disk.fail_call(1 + static_cast<int>(random() % 40), EIO);
    try {
      files->copy_to("copy");
    } catch (const world::DiskError&) {
    } catch (const world::ProcessEnds&) {
    }
    disk.crash(random);
    Seq copied = 0;
    try {
      copied = LedgerFiles::open(disk, "copy", small)->head().next_seq;
    } catch (const LogDamaged&) {
    }
    CHECK((copied == 0 || copied == 60));
  }
}
