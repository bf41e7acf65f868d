// A record that was accepted and cannot be decoded halts the ledger, until two people pass it over.
#include <catch2/catch.hpp>

#include "src/ledger/framing.hpp"
#include "src/ledger/verifier.hpp"
#include "src/rules/governance.hpp"
#include "tests/support/asked.hpp"
#include "tests/support/memory_world.hpp"

using namespace aidledger;
using ledger::Answer;

namespace {

struct CountingLog : test::MemoryLog {
  std::vector<log::Entry> read(log::Position from, std::size_t max_bytes) override {
    entries_read += batches.size() - std::min<std::size_t>(from.value, batches.size());
    return MemoryLog::read(from, max_bytes);
  }
  std::size_t entries_read = 0;
};

using World = test::OneNode<CountingLog>;

/// A batch that continues the log: records that begin like record 0 and have no body, or but half a header.
Bytes poison_batch(const World& w, Seq seq, const std::vector<std::size_t>& sizes = {record_header_size}) {
  Record good = decode_record(*w.node.record(0));
  good.header.prev_hash = world::sha256(*w.node.record(seq - 1));
  log::Frame frame = ledger::frame_behind(seq, good.header.prev_hash, "chengbei", {});
  std::vector<Bytes> records;
  for (const auto size : sizes) {
    good.header.seq = seq + records.size();
    records.push_back(encode_record(good).substr(0, size) + "no body");
    good.header.prev_hash = world::sha256(records.back());
  }
  frame.records.assign(records.begin(), records.end());
  return log::encode(frame);
}

std::vector<Answer> asked(World& w, const std::string& action_id) {
  std::vector<Answer> answers;
  w.node.ledger->ask(test::asked_by_operator(action_id, w.clock.wall,
                                             [&answers](const Answer& answer) { answers.push_back(answer); }));
  w.tasks.run();
  return answers;
}

void append(World& w, Bytes batch) {
  w.log.batches.push_back(std::move(batch));
  w.log.wake();
  w.tasks.run();
}

std::string hash_of(const World& w, Seq seq) { return to_hex(view_of(world::sha256(*w.node.record(seq)))); }

/// Where it stands, halted; nothing while it goes on.
std::optional<Seq> halted_at(const test::MemoryNode& node) {
  const auto poisoned = node.ledger->poisoned();
  return poisoned ? std::optional(poisoned->seq) : std::nullopt;
}

bool pass(World& w, Seq seq, const std::string& hash) {
  bool appended = false;
  w.node.ledger->pass_poison({seq, hash, "op-1", "dir-1", "a disk wrote it"},
                             [&](const std::string& why_not) { appended = why_not.empty(); });
  w.tasks.run();
  return appended;
}

}  // namespace

TEST_CASE("a record that cannot be decoded halts, and is passed over by the record behind it alone") {
  World w;
  append(w, poison_batch(w, 1));
  const std::string hash = hash_of(w, 1);
  CHECK(w.node.ledger->health().halt == ledger::Halt::poison);
  CHECK(w.node.ledger->view().next_seq() == 1);
  CHECK(asked(w, "a-1").at(0).kind == Answer::Kind::unavailable);

  CHECK_FALSE(pass(w, 1, std::string(64, '0')));
  CHECK(w.node.ledger->health().halt == ledger::Halt::poison);
  CHECK(pass(w, 1, hash));
  CHECK(w.node.ledger->health().halt == ledger::Halt::none);
  CHECK(w.node.ledger->view().next_seq() == 3);
  const auto answers = asked(w, "a-2");
  REQUIRE(answers.size() == 1);
  CHECK(answers[0].receipt.seq == 3);
}

TEST_CASE("whoever reads the ledger later passes over the same record") {
  World w;
  append(w, poison_batch(w, 1));
  const std::string hash = hash_of(w, 1);
  REQUIRE(pass(w, 1, hash));
  asked(w, "a-1");
  test::MemoryNode later(w.log, w.clock, w.tasks, w.vault);
  CHECK(later.ledger->health().halt == ledger::Halt::none);
  CHECK(later.ledger->view().next_seq() == 4);
}

TEST_CASE("two poisons in a row are passed over one after the other, for whoever reads later too") {
  World w;
  const auto sizes = GENERATE(std::vector<std::size_t>{record_header_size}, std::vector<std::size_t>{40, 80});
  append(w, poison_batch(w, 1, sizes));
  const Seq second = sizes.size();
  if (second == 1) append(w, poison_batch(w, 2));
  CHECK(halted_at(w.node) == 1);
  CHECK(pass(w, 1, hash_of(w, 1)));
  CHECK(halted_at(w.node) == 2);
  const test::MemoryNode another(w.log, w.clock, w.tasks, w.vault);
  CHECK(halted_at(another) == 2);
  CHECK(pass(w, 2, hash_of(w, 2)));
  CHECK(halted_at(w.node) == std::nullopt);
  CHECK(halted_at(another) == std::nullopt);
  CHECK(asked(w, "a-1").at(0).receipt.seq == 5);
  const test::MemoryNode later(w.log, w.clock, w.tasks, w.vault);
  CHECK(later.ledger->view().next_seq() == 6);
  CHECK(ledger::verify({w.log, w.node, w.node.store->snapshot().get()}, "chengbei", {}).findings.empty());
}

TEST_CASE("a poison with something else behind it stays one") {
  World w;
  append(w, poison_batch(w, 1));
  const std::string hash = hash_of(w, 1);
  Record other = decode_record(*w.node.record(0));
  other.header.seq = 2;
  other.header.prev_hash = world::sha256(*w.node.record(1));
  const Bytes record = encode_record(other);
  log::Frame frame = ledger::frame_behind(2, other.header.prev_hash, "chengbei", {});
  frame.records = {record};
  append(w, log::encode(frame));
  pass(w, 1, hash);
  CHECK(halted_at(w.node) == 1);
  CHECK(halted_at(test::MemoryNode(w.log, w.clock, w.tasks, w.vault)) == 1);
}

TEST_CASE("the last record at a time is found though one before it is too short for a header") {
  World w;
  append(w, poison_batch(w, 1, {40}));
  const Instant before = w.clock.wall;
  w.clock.pass(60'000'000);
  REQUIRE(pass(w, 1, hash_of(w, 1)));
  CHECK(w.node.ledger->last_at({before.us - 1}) == std::nullopt);
  CHECK(w.node.ledger->last_at(before) == 1);
  CHECK(w.node.ledger->last_at(w.clock.wall) == 2);
}

TEST_CASE("what is void behind a poison hides its passing from nobody, and is read once") {
  World w;
  const Bytes first = w.log.batches.front();
  w.log.batches.push_back(poison_batch(w, 1));
  const std::string hash = hash_of(w, 1);
  append(w, first);
  const auto read = w.log.entries_read;
  for (int i = 0; i < 10; ++i) {
    w.log.wake();
    w.tasks.run();
  }
  CHECK(w.log.entries_read == read);
  CHECK(pass(w, 1, hash));
  CHECK(w.node.ledger->health().halt == ledger::Halt::none);
}

TEST_CASE("a node that starts on a copy which ends with a poison goes on when that is passed over") {
  World w;
  test::MemoryCopy copy;
  w.node.copy = &copy;
  w.node.open();
  append(w, poison_batch(w, 1));
  const std::string hash = hash_of(w, 1);
  for (const bool with_rows : {true, false}) {
    if (!with_rows) w.node.store = store::memory_row_store();
    copy.frames = {w.log.batches[0], w.log.batches[1]};
    copy.last = {{1}, 1};
    w.node.open();
    CHECK(w.node.ledger->health().halt == ledger::Halt::poison);
  }
  CHECK(pass(w, 1, hash));
  CHECK(w.node.ledger->health().halt == ledger::Halt::none);
  CHECK(w.node.ledger->view().next_seq() == 3);
}

TEST_CASE(
    "a new node that meets a poison far behind holds all that comes before it, and goes on when it is passed over") {
  World w;
  for (int i = 0; i < 250; ++i) asked(w, "a-" + std::to_string(i));
  append(w, poison_batch(w, 251));
  test::MemoryCopy copy;
  const test::MemoryNode later(w.log, w.clock, w.tasks, w.vault, &copy);
  CHECK(halted_at(later) == 251);
  CHECK(later.ledger->view().next_seq() == 251);
  REQUIRE(pass(w, 251, hash_of(w, 251)));
  CHECK(halted_at(later) == std::nullopt);
  CHECK(later.ledger->view().next_seq() == 253);
}

TEST_CASE("a passed poison is sound, another is a finding") {
  World w;
  append(w, poison_batch(w, 1));
  const std::string hash = hash_of(w, 1);
  const auto before = ledger::verify({w.log, w.node}, "chengbei", {});
  REQUIRE(before.findings.size() == 1);
  CHECK(before.findings[0].seq == 1);
  REQUIRE(pass(w, 1, hash));
  const auto after = ledger::verify({w.log, w.node, w.node.store->snapshot().get()}, "chengbei", {});
  CHECK(after.findings.empty());
  CHECK(after.records == 3);
}
