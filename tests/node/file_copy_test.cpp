// The local copy of a log that lies elsewhere: readable at once, and it knows where to read on, or where not too late.
#include "src/file_copy.hpp"

#include <catch2/catch.hpp>

#include "src/world/digest.hpp"
#include "tests/log/batches.hpp"
#include "tests/support/memory_disk.hpp"
#include "tests/support/memory_world.hpp"

using namespace aidledger;

namespace {

/// Batches that continue one another; the i-th lies at offset i of the log.
std::vector<Bytes> chain(std::size_t count) {
  std::vector<Bytes> batches;
  log::Head head;
  for (std::size_t i = 0; i < count; ++i) {
    const auto records = test::records_from(head.next_seq, 1 + i % 3);
    batches.push_back(test::batch(head, records));
    head = test::after(head, records);
  }
  return batches;
}

struct Copy {
  explicit Copy(test::MemoryDisk& disk)
      : files(log::LedgerFiles::open(disk, "log", {.segment_bytes = 1 << 20})), copy(*files, disk, clock, "note") {}
  void keep(const std::vector<Bytes>& batches, std::size_t i) { copy.keep(batches[i], {i}); }
  test::ManualClock clock;
  std::unique_ptr<log::LedgerFiles> files;
  FileCopy copy;
};

std::size_t held(const std::vector<Bytes>& batches, Seq next_seq) {
  std::size_t count = 0;
  while (count < batches.size() && log::seqs_of(batches[count]).next <= next_seq) ++count;
  return count;
}

/// Keeps the batches until the process ends within some call.
void keep_until_it_ends(test::MemoryDisk& disk, const std::vector<Bytes>& batches, std::mt19937& random) {
  try {
    Copy c(disk);
    disk.end_at_call(1 + static_cast<int>(random() % 120));
    for (std::size_t i = held(batches, c.files->head().next_seq); i < batches.size(); ++i) {
      c.keep(batches, i);
      c.clock.pass(random() % 60'000);
      c.copy.settle();
    }
  } catch (const world::ProcessEnds&) {
  }
}

}  // namespace

TEST_CASE("what is kept can be read before it is durable, and is kept once") {
  test::MemoryDisk disk;
  Copy c(disk);
  const auto batches = chain(3);
  for (int twice = 0; twice < 2; ++twice)
    for (std::size_t i = 0; i < batches.size(); ++i) c.keep(batches, i);
  CHECK(c.files->head().next_seq == log::seqs_of(batches.back()).next);
  CHECK(c.files->record(0) == test::record_of(0));
  CHECK(c.copy.resume().position == log::Position{2});
  CHECK(c.copy.resume().next_seq == log::seqs_of(batches.back()).first);
  REQUIRE(c.copy.noted());
  CHECK(c.copy.noted()->at == log::Position{2});
  CHECK(c.copy.noted()->frame == world::sha256(batches.back()));
}

TEST_CASE("after any power cut the copy opens, and reads on no later than at the first batch that it lost") {
  const auto batches = chain(40);
  std::size_t noted = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    INFO("seed " << seed);
    test::MemoryDisk disk;
    std::mt19937 random(seed);
    for (int lives = 0; lives < 3; ++lives) {
      keep_until_it_ends(disk, batches, random);
      disk.crash(random);
    }
    Copy after(disk);
    const std::size_t count = held(batches, after.files->head().next_seq);
    CHECK(after.copy.resume().position.value <= count);
    noted += after.copy.resume().position.value > 0;
  }
  CHECK(noted > 100);  // and it does not always begin anew
}
