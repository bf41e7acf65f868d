// A node that was away while its log lost what had been read of it: it holds more than the log shows, says so, and
// appends nothing.
#include <catch2/catch.hpp>

#include "src/file_copy.hpp"
#include "src/retracing.hpp"
#include "src/rules/governance.hpp"
#include "src/vault/writer_key.hpp"
#include "src/world/digest.hpp"
#include "tests/support/memory_disk.hpp"
#include "tests/support/memory_world.hpp"

using namespace aidledger;
using ledger::Answer;
using ledger::Halt;

namespace {

constexpr std::int64_t second_us = 1'000'000;

struct FileRecords : ledger::RecordSource {
  explicit FileRecords(const log::LedgerFiles& its_files) : files(its_files) {}
  std::optional<Bytes> record(Seq seq) const override { return files.record(seq); }
  const log::LedgerFiles& files;
};

/// One node on a shared log in memory, with its copy on a disk.
struct SignedNode {
  SignedNode() {
    const std::string id = to_hex({reinterpret_cast<const char*>(key.id().data()), key.id().size()});
    const Bytes frame = ledger::opening_frame(
        {"chengbei", "Asia/Shanghai", "kafka:c-1", id, to_hex(key.public_key()), LedgerPurpose::production}, key.id(),
        clock.now(), random);
    log.batches.push_back(log::with_signature(frame, key.sign(log::signed_part(frame).part)));
    start();
  }
  void start() {
    files = log::LedgerFiles::open(disk, "log", {.segment_bytes = 1 << 20});
    copy = std::make_unique<FileCopy>(*files, disk, clock, "note");
    records = std::make_unique<FileRecords>(*files);
    store = store::memory_row_store();
    ledger::LedgerPorts ports{log, *store, *records, clock, random, *tasks, sealer, ledger::may_ask_in("chengbei")};
    ports.copy = copy.get();
    ledger::LedgerSettings settings{"chengbei", Zone{"Asia/Shanghai", {{Instant{INT64_MIN / 2}, 8 * 3600}}}, key.id(),
                                    false, second_us};
    settings.sign = [this](BytesView part) { return key.sign(part); };
    settings.first_public_key = key.public_key();
    ledger = std::make_unique<ledger::Ledger>(std::move(ports), std::move(settings));
    ledger->start({});
    ledger->open_log();
    tasks->run();
  }
  /// The process ends, and with it the note of where it read: a power cut may leave it so.
  void stop() {
    log.wakes.clear();
    ledger.reset();
    tasks = std::make_unique<test::ManualTasks>(clock);
    copy->settle_now();
    copy.reset();
    files.reset();
    disk.remove("note");
  }
  void ask(const std::string& action_id) {
    ledger::Asked asked;
    asked.principal = {"t-1", "p-1", {Role::operator_}, "chengbei", {}, {}, {}, {}};
    asked.request.type = rules::find_action("accept-clock");
    asked.request.action = std::make_shared<rules::AcceptClock>(rules::AcceptClock{"n", "fine"});
    asked.request.principal = "t-1";
    asked.request.action_id = action_id;
    asked.request.occurred_at = clock.wall;
    asked.request.actor = {"p-1", {Role::operator_}, {}, {}, {}};
    asked.canonical = action_id;
    asked.answer = [this](const Answer& answer) { answers.push_back(answer); };
    ledger->ask(std::move(asked));
    tasks->run();
  }
  /// Signed by this node's key: what another one that holds as much would write; `spoilt`: its body is none.
  Bytes batch_behind(Seq seq, bool spoilt = false) {
    Record next = decode_record(*records->record(seq - 1));
    next.header.seq = seq;
    next.header.prev_hash = world::sha256(*records->record(seq - 1));
    Bytes record = encode_record(next);
    if (spoilt) record.resize(record_header_size + 1);
    log::Frame frame;
    frame.catalogue = catalogue_version;
    frame.ledger = "chengbei";
    frame.writer_key = key.id();
    frame.first_seq = seq;
    frame.prev_hash = next.header.prev_hash;
    frame.records.push_back(record);
    const Bytes batch = log::encode(frame);
    return log::with_signature(batch, key.sign(log::signed_part(batch).part));
  }
  void lands(Bytes batch) {
    log.batches.push_back(std::move(batch));
    log.wake();
    tasks->run();
  }
  HeldLedger held() const { return {*files, key, "chengbei", key.public_key()}; }
  /// How much of what is held a reader of the log meets.
  Seq met() const {
    Retracing retracing(held());
    for (const auto& batch : log.batches) retracing.read(batch);
    return retracing.met();
  }
  Halt halt_after(std::int64_t seconds) {
    for (; seconds > 0; --seconds) tasks->pass(second_us);
    return ledger->health().halt;
  }

  test::MemoryLog log;
  test::ManualClock clock;
  std::unique_ptr<test::ManualTasks> tasks = std::make_unique<test::ManualTasks>(clock);
  test::CountingRandom random;
  vault::MemoryVault vault;
  vault::WriterKey key{vault, random, "n-1"};
  vault::Sealer sealer{vault, random, "chengbei"};
  test::MemoryDisk disk;
  std::unique_ptr<log::LedgerFiles> files;
  std::unique_ptr<FileCopy> copy;
  std::unique_ptr<FileRecords> records;
  std::unique_ptr<store::RowStore> store;
  std::unique_ptr<ledger::Ledger> ledger;
  std::vector<Answer> answers;
};

}  // namespace

TEST_CASE("a log that shows again what is held is gone on with") {
  SignedNode n;
  n.ask("a-1");
  n.ask("a-2");
  n.stop();
  n.start();
  n.ask("a-3");
  CHECK(n.halt_after(30) == Halt::none);
  REQUIRE(n.answers.size() == 3);
  CHECK(n.answers[2].receipt.seq == 3);
}

TEST_CASE("a log that ends before it has shown what is held halts, and takes nothing until then") {
  SignedNode n;
  n.ask("a-1");
  n.ask("a-2");
  n.stop();
  const Bytes lost = n.log.batches.back();
  n.log.batches.pop_back();
  n.start();
  const int appends = n.log.appends;
  n.ask("a-3");
  CHECK(n.halt_after(19) == Halt::none);
  SECTION("brokers that showed an old end are believed when they show the rest") {
    n.log.batches.push_back(lost);
    n.log.wake();
    CHECK(n.halt_after(30) == Halt::none);
    REQUIRE(n.answers.size() == 3);
    CHECK(n.answers[2].receipt.seq == 3);
  }
  SECTION("else it halts") {
    CHECK(n.halt_after(2) == Halt::log_diverged);
    REQUIRE(n.answers.size() == 3);
    CHECK(n.answers[2].kind == Answer::Kind::unavailable);
    CHECK(n.log.appends == appends);
  }
}

TEST_CASE("a log that goes on behind records that are held, and lacks them, halts at once") {
  SignedNode n;
  n.ask("a-1");
  n.ask("a-2");
  const Bytes behind = n.batch_behind(3);
  n.stop();
  n.log.batches.back() = behind;
  n.start();
  CHECK(n.ledger->health().halt == Halt::log_diverged);
}

TEST_CASE("what a log has lost is put back from a copy, as it came") {
  SignedNode n;
  n.ask("a-1");
  n.ask("a-2");
  const auto whole = n.log.batches;
  CHECK(n.met() == 3);
  n.log.batches.resize(1);
  CHECK(n.met() == 1);
  for (Seq seq = 1; seq < 3; ++seq) n.log.batches.push_back(batch_from(seq, n.held()));
  CHECK(n.log.batches == whole);
}

TEST_CASE("a copy that holds less than the log finds nothing missing") {
  SignedNode n;
  n.ask("a-1");
  n.log.batches.push_back(n.batch_behind(2));
  CHECK(n.met() == 2);
}

TEST_CASE("a log that began otherwise, went another way or has a hole cannot be completed") {
  SignedNode n;
  n.ask("a-1");
  const Bytes other = n.batch_behind(2);
  n.ask("a-2");
  SECTION("nothing of the ledger at its beginning") { n.log.batches.erase(n.log.batches.begin()); }
  SECTION("another record 2") { n.log.batches.back() = other; }
  SECTION("no record 1") { n.log.batches.erase(n.log.batches.begin() + 1); }
  CHECK_THROWS_AS(n.met(), OtherHistory);
}

TEST_CASE("a node that starts on a poison in its copy goes on to judge by signatures") {
  SignedNode n;
  n.ask("a-1");
  n.lands(n.batch_behind(2, true));
  CHECK(n.ledger->health().halt == Halt::poison);
  n.stop();
  n.start();
  REQUIRE(n.ledger->poisoned());
  const auto poisoned = *n.ledger->poisoned();
  const PoisonPassed pass{2, to_hex(view_of(poisoned.hash)), "op-1", "dir-1", "nobody signed this"};
  const Bytes unsigned_pass = ledger::pass_frame(pass, poisoned.after, "chengbei", n.key.id(), n.clock.now(), n.random);
  n.lands(unsigned_pass);
  CHECK(n.ledger->health().halt == Halt::poison);
  n.lands(log::with_signature(unsigned_pass, n.key.sign(log::signed_part(unsigned_pass).part)));
  CHECK(n.ledger->health().halt == Halt::none);
  CHECK(n.ledger->view().next_seq() == 4);
}
