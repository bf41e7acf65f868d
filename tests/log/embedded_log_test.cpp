#include "src/log/embedded_log.hpp"

#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "tests/log/batches.hpp"
#include "tests/support/memory_disk.hpp"
#include "tests/support/temp_folder.hpp"

using namespace aidledger;
using namespace aidledger::log;
using namespace aidledger::test;

namespace {

/// Tasks that run when the test says so, with a clock that the test moves.
class HandTasks : public world::Tasks {
 public:
  void post(std::function<void()> task) override { ready_.push_back(std::move(task)); }
  void after(std::int64_t delay_us, std::function<void()> task) override {
    waiting_.emplace(now_ + delay_us, std::move(task));
  }
  void run() {
    while (!ready_.empty()) {
      const auto task = std::move(ready_.front());
      ready_.erase(ready_.begin());
      task();
    }
  }
  void pass(std::int64_t us) {
    for (now_ += us; !waiting_.empty() && waiting_.begin()->first <= now_;) {
      ready_.push_back(std::move(waiting_.extract(waiting_.begin()).mapped()));
      run();
    }
  }

 private:
  std::int64_t now_ = 0;
  std::vector<std::function<void()>> ready_;
  std::multimap<std::int64_t, std::function<void()>> waiting_;
};

struct Fixture {
  MemoryDisk disk;
  std::unique_ptr<LedgerFiles> files = LedgerFiles::open(disk, "ledger");
  HandTasks tasks;
  EmbeddedLog log{*files, tasks};
  std::vector<Appended> answers;

  void append(const Bytes& frame) {
    log.append(frame, [this](Appended outcome) { answers.push_back(outcome); });
  }
};

constexpr auto done = Appended::done;
constexpr auto unknown = Appended::unknown;
constexpr auto no_room = Appended::no_room;

}  // namespace

TEST_CASE_METHOD(Fixture, "an append is answered when it can be read") {
  int woken = 0;
  log.on_readable([&] { ++woken; });
  append(batch({}, {"one"}));
  CHECK(answers.empty());
  CHECK(log.at_end({}));
  tasks.run();
  CHECK(answers == std::vector{done});
  CHECK(woken == 1);
  const auto entries = log.read({}, 1000);
  REQUIRE(entries.size() == 1);
  CHECK(parse(entries[0].batch)->records.at(0) == "one");
  CHECK_FALSE(entries[0].appended_at);
  CHECK(log.at_end(entries[0].next));
}

TEST_CASE_METHOD(Fixture, "all that waits goes out with one sync") {
  Head head;
  for (const Bytes record : {"a", "b", "c"}) {
    append(batch(head, {record}));
    head = after(head, {record});
  }
  const int before = disk.syncs();
  tasks.run();
  CHECK(disk.syncs() == before + 1);
  CHECK(answers == std::vector{done, done, done});
  CHECK(files->head() == head);
}

TEST_CASE_METHOD(Fixture, "an honest loser is answered, and the log keeps the batch that came first") {
  append(batch({}, {"first"}));
  append(batch({}, {"second"}));
  append(batch({}, {"first"}));
  tasks.run();
  CHECK(answers == std::vector{done, done, done});
  CHECK(records_in(*files) == std::vector<Bytes>{"first"});
}

TEST_CASE_METHOD(Fixture, "the mark goes out alone after two milliseconds of quiet") {
  append(batch({}, {"one"}));
  tasks.run();
  const int before = disk.syncs();
  tasks.pass(quiet_before_mark_us - 1);
  append(batch(after({}, {"one"}), {"two"}));
  tasks.run();
  CHECK(disk.syncs() == before + 1);
  tasks.pass(1);
  CHECK(disk.syncs() == before + 1);  // it was not quiet
  tasks.pass(quiet_before_mark_us);
  CHECK(disk.syncs() == before + 2);
  tasks.pass(10 * quiet_before_mark_us);
  CHECK(disk.syncs() == before + 2);
}

TEST_CASE_METHOD(Fixture, "a disk that fails is answered with unknown, and later the same batch goes through") {
  const Bytes frame = batch({}, {"one"});
  disk.fail_call(1, EIO);
  append(frame);
  tasks.run();
  CHECK(answers == std::vector{unknown});
  CHECK_THAT(log.failing(), Catch::Contains("00000000.segment"));
  CHECK(log.at_end({}));
  append(frame);
  tasks.run();
  CHECK(answers == std::vector{unknown, done});
  CHECK(log.failing().empty());
  CHECK(records_in(*files) == std::vector<Bytes>{"one"});
}

TEST_CASE_METHOD(Fixture,
                 "a full disk is answered with no room, and another batch takes the place once there is some") {
  const auto call = GENERATE(1, 2);  // the zeros ahead; the entry, of which a part is written
  disk.fail_call(call, ENOSPC);
  append(batch({}, {"too much"}));
  tasks.run();
  CHECK(answers == std::vector{no_room});
  CHECK_THAT(log.failing(), Catch::StartsWith("the disk is full: ") && Catch::Contains("00000000.segment"));
  disk.kill();
  files.reset();
  files = LedgerFiles::open(disk, "ledger");
  CHECK(records_in(*files).empty());
  EmbeddedLog again(*files, tasks);
  again.append(batch({}, {"one"}), [this](Appended outcome) { answers.push_back(outcome); });
  tasks.run();
  CHECK(answers == std::vector{no_room, done});
  CHECK(records_in(*files) == std::vector<Bytes>{"one"});
}

TEST_CASE_METHOD(Fixture, "what came behind a batch that is written whole stays in doubt on a full disk") {
  disk.fail_call(3, ENOSPC);  // the zeros ahead, the first, the second
  append(batch({}, {"first"}));
  append(batch(after({}, {"first"}), {"second"}));
  tasks.run();
  CHECK(answers == std::vector{unknown, unknown});
  CHECK(log.at_end({}));
}

TEST_CASE_METHOD(Fixture, "a log whose disk was full finds the room by itself, and says so") {
  int woken = 0;
  log.on_readable([&] { ++woken; });
  disk.fail_call(1, ENOSPC);
  append(batch({}, {"one"}));
  tasks.run();
  disk.fail_call(1, ENOSPC);
  tasks.pass(look_for_room_us);
  CHECK_FALSE(log.failing().empty());
  CHECK(woken == 0);
  tasks.pass(look_for_room_us);
  CHECK(log.failing().empty());
  CHECK(woken == 1);
  CHECK(log.at_end({}));
}

TEST_CASE("many threads read while one writes") {
  const TempFolder folder;
  const auto disk = world::real_disk();
  const auto files = LedgerFiles::open(*disk, folder / "ledger", {.segment_bytes = 64 << 10});
  const auto commits = world::thread_tasks();
  EmbeddedLog log(*files, *commits);
  constexpr Seq count = 300;
  std::atomic<bool> sound = true;
  const auto reader = [&] {
    for (Position at; files->head().next_seq < count;) {
      const auto seen = files->head().next_seq;
      if (seen > 0 && files->record(seen - 1) != record_of(seen - 1)) sound = false;
      for (const auto& entry : log.read(at, 4096)) at = entry.next;
    }
  };
  std::thread one(reader);
  std::thread two(reader);
  Head head;
  while (head.next_seq < count) {
    const auto records = records_from(head.next_seq, 1);
    std::promise<void> answered;
    log.append(batch(head, records), [&](Appended) { answered.set_value(); });
    answered.get_future().wait();
    head = after(head, records);
  }
  one.join();
  two.join();
  CHECK(sound);
  CHECK(records_in(*files) == records_from(0, count));
}
