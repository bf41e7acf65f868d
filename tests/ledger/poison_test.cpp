// A record that was accepted and cannot be decoded halts the ledger, until two people pass it over.
#include <catch2/catch.hpp>

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

struct World {
  CountingLog log;
  test::ManualClock clock;
  test::ManualTasks tasks{clock};
  vault::MemoryVault vault;
  test::MemoryNode node{log, clock, tasks, vault};
};

/// A batch that continues the log with one record whose body is no body.
Bytes poison_batch(const World& w, Seq seq) {
  const Bytes before = *w.node.record(seq - 1);
  Record good = decode_record(*w.node.record(0));
  good.header.seq = seq;
  good.header.prev_hash = world::sha256(before);
  const Bytes record = encode_record(good).substr(0, record_header_size) + "no body";
  log::Frame frame;
  frame.catalogue = catalogue_version;
  frame.ledger = "chengbei";
  frame.first_seq = seq;
  frame.prev_hash = good.header.prev_hash;
  frame.records.push_back(record);
  return log::encode(frame);
}

std::vector<Answer> asked(World& w, const std::string& action_id) {
  std::vector<Answer> answers;
  w.node.ledger->ask(test::asked_by_operator(action_id, w.clock.wall,
                                             [&answers](const Answer& answer) { answers.push_back(answer); }));
  w.tasks.run();
  return answers;
}

bool pass(World& w, Seq seq, const std::string& hash) {
  bool appended = false;
  w.node.ledger->pass_poison({seq, hash, "op-1", "dir-1", "a disk wrote it"}, [&](bool done) { appended = done; });
  w.tasks.run();
  return appended;
}

}  // namespace

TEST_CASE("a record that cannot be decoded halts, and is passed over by the record behind it alone") {
  World w;
  w.log.batches.push_back(poison_batch(w, 1));
  const std::string hash = to_hex(view_of(world::sha256(*w.node.record(1))));
  w.log.wake();
  w.tasks.run();
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
  w.log.batches.push_back(poison_batch(w, 1));
  const std::string hash = to_hex(view_of(world::sha256(*w.node.record(1))));
  w.log.wake();
  w.tasks.run();
  REQUIRE(pass(w, 1, hash));
  asked(w, "a-1");
  test::MemoryNode later(w.log, w.clock, w.tasks, w.vault);
  CHECK(later.ledger->health().halt == ledger::Halt::none);
  CHECK(later.ledger->view().next_seq() == 4);
}

TEST_CASE("a poison with something else behind it stays one") {
  World w;
  w.log.batches.push_back(poison_batch(w, 1));
  w.log.batches.push_back(poison_batch(w, 2));
  w.log.wake();
  w.tasks.run();
  CHECK(w.node.ledger->health().halt == ledger::Halt::poison);
  test::MemoryNode later(w.log, w.clock, w.tasks, w.vault);
  CHECK(later.ledger->health().halt == ledger::Halt::poison);
}

TEST_CASE("what is void behind a poison hides its passing from nobody, and is read once") {
  World w;
  const Bytes first = w.log.batches.front();
  w.log.batches.push_back(poison_batch(w, 1));
  const std::string hash = to_hex(view_of(world::sha256(*w.node.record(1))));
  w.log.batches.push_back(first);
  w.log.wake();
  w.tasks.run();
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
  const auto start_anew = [&] {
    w.log.wakes.clear();
    w.node.open();
  };
  w.node.copy = &copy;
  start_anew();
  w.log.batches.push_back(poison_batch(w, 1));
  const std::string hash = to_hex(view_of(world::sha256(*w.node.record(1))));
  w.log.wake();
  w.tasks.run();
  for (const bool with_rows : {true, false}) {
    if (!with_rows) w.node.store = store::memory_row_store();
    copy.frames = {w.log.batches[0], w.log.batches[1]};
    copy.last = {{1}, 1};
    start_anew();
    CHECK(w.node.ledger->health().halt == ledger::Halt::poison);
  }
  CHECK(pass(w, 1, hash));
  CHECK(w.node.ledger->health().halt == ledger::Halt::none);
  CHECK(w.node.ledger->view().next_seq() == 3);
}

TEST_CASE("a passed poison is sound, another is a finding") {
  World w;
  w.log.batches.push_back(poison_batch(w, 1));
  const std::string hash = to_hex(view_of(world::sha256(*w.node.record(1))));
  w.log.wake();
  w.tasks.run();
  const auto before = ledger::verify(w.log, "chengbei", nullptr, {});
  REQUIRE(before.findings.size() == 1);
  CHECK(before.findings[0].seq == 1);
  REQUIRE(pass(w, 1, hash));
  const auto after = ledger::verify(w.log, "chengbei", w.node.store->snapshot().get(), {});
  CHECK(after.findings.empty());
  CHECK(after.records == 3);
}
