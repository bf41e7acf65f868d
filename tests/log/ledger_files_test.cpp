#include "src/log/ledger_files.hpp"

#include <catch2/catch.hpp>

#include "tests/log/batches.hpp"
#include "tests/support/memory_disk.hpp"
#include "tests/support/temp_folder.hpp"

using namespace aidledger;
using namespace aidledger::log;
using namespace aidledger::test;

namespace {

constexpr LedgerFilesOptions small{.segment_bytes = entries_at + 2000, .zero_ahead_bytes = 512};

void check_holds(const LedgerFiles& files, Seq count) {
  CHECK(files.head().next_seq == count);
  const bool same = records_in(files) == records_from(0, count) && records_in(files, 1) == records_from(0, count);
  CHECK(same);
  for (Seq seq = 0; seq < count; ++seq) CHECK(files.record(seq) == record_of(seq));
  CHECK_FALSE(files.record(count));
  CHECK_NOTHROW(files.verify([](auto, auto) { return true; }));
}

}  // namespace

TEST_CASE("an empty log has a beginning and an end, which are one") {
  MemoryDisk disk;
  const auto files = LedgerFiles::open(disk, "ledger");
  CHECK(files->head() == Head{});
  CHECK(files->at_end({}));
  CHECK(files->at_end(files->end()));
  CHECK(files->read({}, 1000).empty());
  CHECK_FALSE(files->record(0));
  CHECK(files->position_of(0) == files->end());
  CHECK_FALSE(files->position_of(1));
}

TEST_CASE("what was synced is read back, batch by batch and record by record") {
  MemoryDisk disk;
  const auto options = GENERATE(LedgerFilesOptions{.segment_bytes = 1 << 20}, small);
  {
    const auto files = LedgerFiles::open(disk, "ledger", options);
    grow(*files, 100);
    check_holds(*files, files->head().next_seq);
  }
  const auto files = LedgerFiles::open(disk, "ledger", options);
  CHECK(files->head().next_seq >= 100);
  grow(*files, 150);
  check_holds(*files, files->head().next_seq);
  CHECK((files->sizes().segments > 1) == (options.segment_bytes == small.segment_bytes));
}

TEST_CASE("every seq leads to the batch that holds it") {
  MemoryDisk disk;
  const auto files = LedgerFiles::open(disk, "ledger", small);
  grow(*files, 60);
  for (Seq seq = 0; seq < files->head().next_seq; ++seq) {
    const auto entries = files->read(*files->position_of(seq), 1);
    const auto frame = parse(entries.at(0).batch);
    CHECK(frame->first_seq <= seq);
    CHECK(seq < frame->next_seq());
  }
  CHECK(files->position_of(files->head().next_seq) == files->end());
}

TEST_CASE("nothing can be read before it is synced, and one sync is enough for many batches") {
  MemoryDisk disk;
  const auto files = LedgerFiles::open(disk, "ledger");
  append(*files, 2);
  append(*files, 2);
  CHECK(files->head().next_seq == 0);
  CHECK(files->tail().next_seq == 4);
  CHECK(files->at_end({}));
  CHECK_FALSE(files->record(0));
  const int before = disk.syncs();
  files->sync();
  CHECK(disk.syncs() == before + 1);
  check_holds(*files, 4);
}

TEST_CASE("what was dropped before its sync leaves no trace in the log") {
  MemoryDisk disk;
  {
    const auto files = LedgerFiles::open(disk, "ledger");
    grow(*files, 3);
    append(*files, 3);
    files->drop_unsynced();
    CHECK(files->tail() == files->head());
    append(*files, 1);
    files->sync();
    files->write_mark();
    check_holds(*files, files->head().next_seq);
  }
  check_holds(*LedgerFiles::open(disk, "ledger"), 4);
}

TEST_CASE("the mark costs no sync of its own while batches follow one another") {
  MemoryDisk disk;
  const auto files = LedgerFiles::open(disk, "ledger");
  const int before = disk.syncs();
  for (int i = 0; i < 10; ++i) grow(*files, files->tail().next_seq + 1);
  CHECK(disk.syncs() == before + 10);
  files->write_mark();
  CHECK(disk.syncs() == before + 11);
  files->write_mark();
  CHECK(disk.syncs() == before + 11);
}

TEST_CASE("only a batch that extends the log is taken") {
  MemoryDisk disk;
  const auto files = LedgerFiles::open(disk, "ledger");
  grow(*files, 3);
  const Head head = files->tail();
  CHECK_THROWS_AS(files->append("no frame"), std::invalid_argument);
  CHECK_THROWS_AS(files->append(batch({}, {"again"})), std::invalid_argument);
  CHECK_THROWS_AS(files->append(batch({head.next_seq + 1, head.hash}, {"a gap"})), std::invalid_argument);
  CHECK_THROWS_AS(files->append(batch({head.next_seq, {}}, {"another history"})), std::invalid_argument);
  check_holds(*files, head.next_seq);
}

TEST_CASE("a batch larger than a segment gets a larger segment") {
  MemoryDisk disk;
  Head head;
  {
    const auto files = LedgerFiles::open(disk, "ledger", small);
    grow(*files, 5);
    files->append(batch(files->tail(), {Bytes(max_record_bytes, 'x')}));
    files->sync();
    grow(*files, 10);
    head = files->head();
  }
  const auto files = LedgerFiles::open(disk, "ledger", small);
  CHECK(files->head() == head);
  CHECK(files->record(6)->size() == max_record_bytes);
}

TEST_CASE("reading beyond the end of the log is an error, not an empty answer") {
  MemoryDisk disk;
  const auto files = LedgerFiles::open(disk, "ledger");
  grow(*files, 3);
  CHECK_THROWS_AS(files->read({files->end().value + 1}, 1), std::out_of_range);
  CHECK_THROWS_AS(files->at_end({7ULL << 32}), std::out_of_range);
  CHECK_THROWS_AS(files->read({files->end().value - 1}, 1), LogDamaged);
}

TEST_CASE("one process per folder; the next one is told who holds it") {
  const TempFolder folder;
  const auto disk = world::real_disk();
  const auto files = LedgerFiles::open(*disk, folder / "ledger", small);
  CHECK_THROWS_WITH(LedgerFiles::open(*disk, folder / "ledger", small), Catch::Contains("held by process"));
}

TEST_CASE("ledger files live on a real disk") {
  const TempFolder folder;
  const auto disk = world::real_disk();
  {
    const auto files = LedgerFiles::open(*disk, folder / "ledger", small);
    grow(*files, 100);
    check_holds(*files, files->head().next_seq);
  }
  check_holds(*LedgerFiles::open(*disk, folder / "ledger", small), 100);
}

TEST_CASE("closed segments need not be read at start when their index is sound") {
  MemoryDisk disk;
  LedgerFilesOptions trusting = small;
  trusting.trust_indexes = true;
  Seq count = 0;
  {
    const auto files = LedgerFiles::open(disk, "ledger", small);
    grow(*files, 100);
    count = files->head().next_seq;
  }
  check_holds(*LedgerFiles::open(disk, "ledger", trusting), count);
  disk.bytes("ledger/00000000.index")[20] ^= 1;
  disk.remove("ledger/00000001.index");
  check_holds(*LedgerFiles::open(disk, "ledger", trusting), count);
  disk.bytes("ledger/00000002.segment")[entries_at + 50] ^= 1;
  const auto files = LedgerFiles::open(disk, "ledger", trusting);
  CHECK_THROWS_AS(records_in(*files), LogDamaged);
  CHECK_THROWS_AS(files->verify([](auto, auto) { return true; }), LogDamaged);
  CHECK(files->record(0) == record_of(0));
}

TEST_CASE("a copy made while serving is a log of its own") {
  MemoryDisk disk;
  const auto files = LedgerFiles::open(disk, "ledger", small);
  grow(*files, 50);
  append(*files, 1);  // not synced: not copied
  const Head copied = files->copy_to("backup");
  CHECK(copied == files->head());
  grow(*files, 80);
  const auto copy = LedgerFiles::open(disk, "backup", small);
  check_holds(*copy, copied.next_seq);
  grow(*copy, 60);
  check_holds(*copy, copy->head().next_seq);
  CHECK_THROWS_AS(files->copy_to("backup"), std::invalid_argument);
}
