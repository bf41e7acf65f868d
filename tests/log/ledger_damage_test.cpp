// Damage to the files: detected, naming file and place, or harmless. Never a log that is silently shorter or different.
#include <catch2/catch.hpp>

#include "tests/log/batches.hpp"
#include "tests/support/memory_disk.hpp"

using namespace aidledger;
using namespace aidledger::log;
using namespace aidledger::test;

namespace {

using Kind = LogDamaged::Kind;

constexpr LedgerFilesOptions small{.segment_bytes = entries_at + 1200, .zero_ahead_bytes = 256};
constexpr Seq count = 20;

std::string segment(int number) { return "ledger/0000000" + std::to_string(number) + ".segment"; }

/// Where the entries end in the last segment's file.
std::size_t end_of(const LedgerFiles& files) { return files.end().value & 0xffffffff; }

/// A closed log with its mark out, over several segments.
struct SmallLedger {
  SmallLedger() {
    const auto files = LedgerFiles::open(disk, "ledger", small);
    grow(*files, count);
    files->write_mark();
    segments = static_cast<int>(files->sizes().segments);
    end = end_of(*files);
    reached = files->head().next_seq;
  }

  /// What opening says: nothing = all records are there.
  std::optional<LogDamaged> open() {
    try {
      const auto files = LedgerFiles::open(disk, "ledger", small);
      const bool whole = records_in(*files) == records_from(0, reached);
      REQUIRE(whole);
      return std::nullopt;
    } catch (const LogDamaged& damaged) {
      return damaged;
    }
  }
  std::string last() const { return segment(segments - 1); }

  MemoryDisk disk;
  int segments = 0;
  std::size_t end = 0;  ///< of the entries in the last one
  Seq reached = 0;
};

/// Bits that mean something: all of them but for most of the padding, of which every 61st is taken.
bool worth_flipping(const Bytes& file, std::size_t byte, std::size_t bit) {
  const std::size_t end = file.find_last_not_of('\0') + 1;
  const bool padding = byte >= 80 && byte < entries_at && (byte < 4096 || byte % 4096 >= 80);
  const bool behind = byte > end + 20;
  return !(padding || behind) || (byte * 8 + bit) % 61 == 0;
}

}  // namespace

TEST_CASE("every flipped bit is detected or harmless") {
  SmallLedger ledger;
  const auto names = ledger.disk.names();
  std::map<std::string, Bytes> whole;
  for (const auto& [name, node] : names) whole[name] = node->now;
  int detected = 0;
  int harmless = 0;
  for (const auto& [name, bytes] : whole) {
    for (std::size_t i = 0; i < bytes.size() * 8; ++i) {
      if (!worth_flipping(bytes, i / 8, i % 8)) continue;
      for (const auto& [other, content] : whole) ledger.disk.bytes(other) = content;
      ledger.disk.bytes(name)[i / 8] ^= static_cast<char>(1 << i % 8);
      INFO(name << " bit " << i);
      ++(ledger.open() ? detected : harmless);  // open() requires that all records are there
    }
  }
  CHECK(detected > 20'000);
  CHECK(harmless > 1'000);
}

TEST_CASE("a damaged entry is named by file, seq and offset, with what to do") {
  SmallLedger ledger;
  ledger.disk.bytes(segment(1))[entries_at + 60] ^= 1;
  const auto damaged = ledger.open();
  REQUIRE(damaged);
  CHECK(damaged->kind == Kind::damaged_entry);
  CHECK(damaged->file == segment(1));
  CHECK(damaged->seq > 0);
  CHECK(damaged->offset == entries_at);
  CHECK_THAT(damaged->what(), Catch::Contains(segment(1)) && Catch::Contains("seq " + std::to_string(damaged->seq)) &&
                                  Catch::Contains("backup") && Catch::Contains("LEDGER_FILES_DAMAGED"));
}

TEST_CASE("a log that ends before its mark is refused, wherever it was cut") {
  SmallLedger ledger;
  const Bytes whole = ledger.disk.bytes(ledger.last());
  for (std::size_t size = 0; size < ledger.end; size += 7) {
    Bytes cut = whole.substr(0, size);
    INFO("cut at " << size);
    ledger.disk.bytes(ledger.last()) = cut;
    CHECK(ledger.open());
    cut.resize(whole.size());  // as many zeros instead
    ledger.disk.bytes(ledger.last()) = cut;
    CHECK(ledger.open());
  }
  ledger.disk.bytes(ledger.last()) = whole.substr(0, entries_at);
  CHECK(ledger.open()->kind == Kind::cut_short);
  ledger.disk.bytes(ledger.last()).resize(whole.size());
  CHECK(ledger.open()->kind == Kind::ends_before_mark);
  ledger.disk.bytes(ledger.last()) = whole.substr(0, ledger.end);
  CHECK(ledger.open()->kind == Kind::cut_short);
  ledger.disk.bytes(ledger.last()) = whole;
  CHECK_FALSE(ledger.open());
}

TEST_CASE("a torn tail behind the mark is cut off without a word") {
  SmallLedger ledger;
  const Bytes whole = ledger.disk.bytes(ledger.last());
  for (const Bytes& tail :
       {Bytes("\x10"), Bytes("\xff\xff\xff\xff\xff\xff\xff\xff"), Bytes(200, 'x'), Bytes("\0\0\0\0\1", 5)}) {
    ledger.disk.bytes(ledger.last()) = whole;
    ledger.disk.bytes(ledger.last()).replace(ledger.end, tail.size(), tail);
    CHECK_FALSE(ledger.open());
    CHECK((ledger.disk.bytes(ledger.last()) == whole));
  }
}

TEST_CASE("in the window before its mark is out, at most the last batch can be lost") {
  MemoryDisk disk;
  Seq acknowledged = 0;
  Seq before = 0;
  std::size_t end = 0;
  std::string last;
  {
    const auto files = LedgerFiles::open(disk, "ledger", small);
    while (acknowledged < 20) {
      before = acknowledged;
      grow(*files, files->tail().next_seq + 1);
      acknowledged = files->head().next_seq;
    }
    end = end_of(*files);
    last = segment(static_cast<int>(files->sizes().segments) - 1);
  }
  disk.bytes(last)[end - 1] ^= 1;
  CHECK(LedgerFiles::open(disk, "ledger", small)->head().next_seq == before);
}

TEST_CASE("a missing file is named, the last one too") {
  SmallLedger ledger;
  REQUIRE(ledger.segments >= 3);
  const int number = GENERATE_COPY(0, 1, ledger.segments - 1);
  ledger.disk.remove(segment(number));
  const auto damaged = ledger.open();
  REQUIRE(damaged);
  CHECK(damaged->kind == Kind::missing_file);
  CHECK(damaged->file == segment(number));
}

TEST_CASE("files in each other's place, or of another ledger, are refused") {
  SmallLedger ledger;
  SECTION("two segments swapped") { std::swap(ledger.disk.bytes(segment(0)), ledger.disk.bytes(segment(1))); }
  SECTION("a segment doubled") { ledger.disk.bytes(segment(1)) = ledger.disk.bytes(segment(0)); }
  SECTION("two entries swapped in place") {
    Bytes& file = ledger.disk.bytes(segment(0));
    std::rotate(file.begin() + entries_at, file.begin() + entries_at + 200, file.begin() + entries_at + 400);
  }
  SECTION("a segment of another history") {
    MemoryDisk other;
    const auto files = LedgerFiles::open(other, "ledger", small);
    while (files->sizes().segments < 2) {
      files->append(batch(files->tail(), {"another record " + std::to_string(files->tail().next_seq)}));
      files->sync();
    }
    ledger.disk.bytes(segment(1)) = other.bytes(segment(1));
  }
  CHECK(ledger.open());
}

TEST_CASE("a length that is not true allocates nothing and is not believed") {
  SmallLedger ledger;
  for (const Bytes& length :
       {Bytes("\xff\xff\xff\xff"), Bytes("\xff\xff\xff\x7f"), Bytes("\0\0\x08\0", 4), Bytes("\0\0\0\0", 4)}) {
    Bytes& file = ledger.disk.bytes(segment(0));
    const Bytes whole = file;
    file.replace(entries_at, 4, length);
    CHECK(ledger.open()->kind == Kind::damaged_entry);
    file = whole;
  }
  CHECK_FALSE(ledger.open());
}

TEST_CASE("one record of a large batch is read and checked alone, and a flipped bit anywhere never gives a wrong one") {
  MemoryDisk disk;
  const auto files = LedgerFiles::open(disk, "ledger");
  grow(*files, 7);
  append(*files, 120);
  files->sync();
  grow(*files, 140);
  Bytes& file = disk.bytes(segment(0));
  const std::size_t end = end_of(*files);
  const auto is_wrong = [&](Seq seq) {
    try {
      return files->record(seq) != record_of(seq);
    } catch (const LogDamaged&) {
      return false;
    }
  };
  for (Seq seq = 0; seq < files->head().next_seq; ++seq) CHECK(files->record(seq) == record_of(seq));
  for (std::size_t bit = entries_at * 8; bit < end * 8; bit += bit < (entries_at + 2000) * 8 ? 1 : 13) {
    file[bit / 8] ^= static_cast<char>(1 << bit % 8);
    const bool wrong = is_wrong(3) || is_wrong(7) || is_wrong(50) || is_wrong(126) || is_wrong(127);
    INFO("bit " << bit);
    CHECK_FALSE(wrong);
    file[bit / 8] ^= static_cast<char>(1 << bit % 8);
  }
}
