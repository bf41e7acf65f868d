#pragma once
// A ledger in memory on one thread: a shared log that can be told to answer, to stay in doubt, or to let a rival in
// first; tasks that run when told.
#include <cerrno>
#include <deque>
#include <map>

#include "src/ledger/ledger.hpp"
#include "src/ledger/may_ask.hpp"
#include "src/ledger/opening.hpp"
#include "src/store/memory_row_store.hpp"
#include "src/vault/memory_vault.hpp"
#include "src/vault/sealing.hpp"
#include "src/world/digest.hpp"
#include "src/world/disk.hpp"

namespace aidledger::test {

class ManualClock : public world::Clock {
 public:
  Instant now() override { return wall; }
  std::int64_t monotonic_us() override { return monotonic; }
  void pass(std::int64_t us) { wall.us += us, monotonic += us; }
  Instant wall = *parse_instant("2024-03-01T09:00:00+08:00");
  std::int64_t monotonic = 0;
};

class CountingRandom : public world::Random {
 public:
  Bytes bytes(std::size_t count) override {
    Bytes out;
    while (out.size() < count) out += Bytes(view_of(world::sha256(std::to_string(++drawn_))));
    return out.substr(0, count);
  }

 private:
  int drawn_ = 0;
};

class ManualTasks : public world::Tasks {
 public:
  explicit ManualTasks(ManualClock& clock) : clock_(clock) {}
  void post(std::function<void()> task) override { ready_.push_back(std::move(task)); }
  void after(std::int64_t delay_us, std::function<void()> task) override {
    later_.emplace(clock_.monotonic + delay_us, std::move(task));
  }
  /// Runs what is ready, not what waits for its time.
  void run() {
    while (!ready_.empty()) {
      const auto task = std::move(ready_.front());
      ready_.pop_front();
      task();
    }
  }
  void pass(std::int64_t us) {
    clock_.pass(us);
    while (!later_.empty() && later_.begin()->first <= clock_.monotonic)
      ready_.push_back(std::move(later_.extract(later_.begin()).mapped()));
    run();
  }

 private:
  ManualClock& clock_;
  std::deque<std::function<void()>> ready_;
  std::multimap<std::int64_t, std::function<void()>> later_;
};

/// A node's tasks among those of several: once it is gone they do nothing.
class OwnTasks : public world::Tasks {
 public:
  explicit OwnTasks(world::Tasks& tasks) : tasks_(tasks) {}
  void post(std::function<void()> task) override { tasks_.post(while_here(std::move(task))); }
  void after(std::int64_t delay_us, std::function<void()> task) override {
    tasks_.after(delay_us, while_here(std::move(task)));
  }
  std::function<void()> while_here(std::function<void()> task) const {
    return [here = std::weak_ptr(here_), task = std::move(task)] {
      if (!here.expired()) task();
    };
  }

 private:
  world::Tasks& tasks_;
  std::shared_ptr<bool> here_ = std::make_shared<bool>();
};

class MemoryLog : public log::SharedLog {
 public:
  void append(Bytes batch, std::function<void(log::Appended)> done) override {
    if (!unanswered.empty()) throw std::logic_error("an append is in flight already");
    ++appends;
    if (held) return void(waiting.emplace_back(std::move(batch), std::move(done)));
    if (full) return done(log::Appended::no_room);
    const bool lost = lose_next;
    const auto outcome = unknown_next ? log::Appended::unknown : log::Appended::done;
    lose_next = unknown_next = false;
    if (!lost) batches.push_back(std::move(batch));
    if (answers_late)
      unanswered.emplace_back([outcome, done = std::move(done)] { done(outcome); });
    else
      done(outcome);
    wake();
  }
  std::vector<log::Entry> read(log::Position from, std::size_t) override {
    std::vector<log::Entry> out;
    for (std::size_t i = from.value; i < batches.size(); ++i) out.push_back({{i + 1}, batches[i], {}});
    return out;
  }
  void on_readable(std::function<void()> wake_up) override { wakes.push_back(std::move(wake_up)); }
  bool at_end(log::Position position) override { return position.value >= batches.size(); }
  log::Position known_end() override { return {batches.size()}; }
  void wake() {
    for (const auto& one : wakes) one();
  }
  void release() {
    held = false;
    for (auto& [batch, done] : std::exchange(waiting, {})) append(std::move(batch), std::move(done));
  }
  /// What was appended and not answered yet is, now.
  void answer() {
    for (const auto& tell : std::exchange(unanswered, {})) tell();
  }

  std::vector<Bytes> batches;
  std::vector<std::function<void()>> wakes;
  std::vector<std::pair<Bytes, std::function<void(log::Appended)>>> waiting;
  std::vector<std::function<void()>> unanswered;
  bool held = false, unknown_next = false, lose_next = false, full = false;
  bool answers_late = false;  ///< what was appended can be read before it is answered
  int appends = 0;
};

/// Accepted batches in memory, as a node on Kafka keeps them in files.
struct MemoryCopy : ledger::AcceptedCopy {
  void keep(BytesView frame, log::Position at) override {
    if (full) throw world::DiskError("write", "copy", ENOSPC);
    if (!frames.empty() && log::seqs_of(frame).first < log::seqs_of(frames.back()).next) return;
    frames.emplace_back(frame);
    last = {at, log::seqs_of(frame).first};
  }
  void settle() override {
    if (unsettled) throw world::DiskError("sync", "copy", ENOSPC);
  }
  void scan(Seq seq, const std::function<bool(BytesView frame)>& visit) override {
    for (const auto& frame : frames)
      if (log::seqs_of(frame).next > seq && !visit(frame)) return;
  }
  Resume resume() const override { return last; }

  std::vector<Bytes> frames;
  Resume last;
  bool full = false, unsettled = false;
};

/// One node on a log that may be shared with others.
struct MemoryNode : ledger::RecordSource {
  MemoryNode(MemoryLog& shared, ManualClock& its_clock, ManualTasks& its_tasks, vault::Vault& vault,
             ledger::AcceptedCopy* its_copy = nullptr)
      : log(shared),
        clock(its_clock),
        tasks(its_tasks),
        store(store::memory_row_store()),
        sealer(vault, random, "chengbei"),
        copy(its_copy) {
    if (log.batches.empty())
      log.batches.push_back(ledger::opening_frame(
          {"chengbei", "Asia/Shanghai", "embedded", "00", "00", LedgerPurpose::production}, {}, clock.now(), random));
    open();
  }
  /// As one that was killed: what the log and the tasks hold of it does nothing any more.
  void close() {
    ledger.reset();
    strand.reset();
  }
  void open() {
    close();
    strand = std::make_unique<OwnTasks>(tasks);
    ledger = std::make_unique<ledger::Ledger>(
        ledger::LedgerPorts{log, *store, *this, clock, random, *strand, sealer, ledger::may_ask_in("chengbei"), copy,
                            [this] { return std::string(log.full ? "the disk is full" : ""); }},
        ledger::LedgerSettings{
            "chengbei", Zone{"Asia/Shanghai", {{Instant{INT64_MIN / 2}, 8 * 3600}}}, {}, false, 1'000'000});
    ledger->start({});
    log.wakes.back() = strand->while_here(std::move(log.wakes.back()));
    if (copy != nullptr) ledger->open_log();
    tasks.run();
  }
  std::optional<Bytes> record(Seq seq) const override {
    for (const auto& batch : log.batches) {
      const auto frame = log::parse(batch);
      if (frame && frame->first_seq <= seq && seq < frame->next_seq())
        return Bytes(frame->records[seq - frame->first_seq]);
    }
    return std::nullopt;
  }

  MemoryLog& log;
  ManualClock& clock;
  ManualTasks& tasks;
  CountingRandom random;
  std::unique_ptr<store::RowStore> store;
  vault::Sealer sealer;
  ledger::AcceptedCopy* copy;  ///< where accepted batches are kept, as if the log lay elsewhere; null: nowhere
  std::unique_ptr<OwnTasks> strand;
  std::unique_ptr<ledger::Ledger> ledger;
};

/// A node, and all that it stands on.
template <class Log = MemoryLog>
struct OneNode {
  Log log;
  ManualClock clock;
  ManualTasks tasks{clock};
  vault::MemoryVault vault;
  MemoryNode node{log, clock, tasks, vault};
};

}  // namespace aidledger::test
