#pragma once
// One node on a shared log in memory, as it stands on Kafka: batches are signed, what was accepted is kept on a disk,
// and the log says when it took an entry.
#include "src/file_copy.hpp"
#include "src/ledger/framing.hpp"
#include "src/retracing.hpp"
#include "src/rules/governance.hpp"
#include "src/world/digest.hpp"
#include "tests/support/asked.hpp"
#include "tests/support/memory_disk.hpp"
#include "tests/support/memory_world.hpp"

namespace aidledger::test {

inline constexpr std::int64_t second_us = 1'000'000;

class StampingLog : public MemoryLog {
 public:
  explicit StampingLog(const ManualClock& its_clock) : clock(its_clock) {}
  void append(Bytes batch, std::function<void(log::Appended)> done) override {
    times[batches.size()] = {clock.wall.us - clock_is_ahead_us};
    MemoryLog::append(std::move(batch), std::move(done));
  }
  std::vector<log::Entry> read(log::Position from, std::size_t max_bytes) override {
    if (!first_read) first_read = from;
    auto entries = MemoryLog::read(from, max_bytes);
    for (auto& entry : entries)
      if (const auto time = times.find(entry.next.value - 1); time != times.end()) entry.appended_at = time->second;
    return entries;
  }
  const ManualClock& clock;
  std::int64_t clock_is_ahead_us = 0;  ///< of the broker's
  std::map<std::size_t, Instant> times;
  std::optional<log::Position> first_read;  ///< since the node started
};

struct FileRecords : ledger::RecordSource {
  explicit FileRecords(const log::LedgerFiles& its_files) : files(its_files) {}
  std::optional<Bytes> record(Seq seq) const override { return files.record(seq); }
  const log::LedgerFiles& files;
};

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
    if (copied_up_to) copy->came_from_elsewhere(*copied_up_to);
    records = std::make_unique<FileRecords>(*files);
    store = store::memory_row_store();
    ledger::LedgerPorts ports{log, *store, *records, clock, random, *tasks, sealer, ledger::may_ask_in("chengbei")};
    ports.copy = copy.get();
    ledger::LedgerSettings settings{"chengbei", Zone{"Asia/Shanghai", {{Instant{INT64_MIN / 2}, 8 * 3600}}}, key.id(),
                                    false, second_us};
    settings.sign = [this](BytesView part) { return key.sign(part); };
    settings.first_public_key = key.public_key();
    log.first_read.reset();
    ledger = std::make_unique<ledger::Ledger>(std::move(ports), std::move(settings));
    ledger->start({});
    ledger->open_log();
    tasks->run();
  }
  /// The process ends, and with it the note of where it read: a power cut may leave it so.
  void stop() {
    end();
    disk.remove("note");
  }
  void end() {
    log.wakes.clear();
    ledger.reset();
    tasks = std::make_unique<ManualTasks>(clock);
    copy->settle_now();
    copy.reset();
    files.reset();
  }
  void ask(const std::string& action_id) {
    ledger->ask(
        asked_by_operator(action_id, clock.wall, [this](const ledger::Answer& answer) { answers.push_back(answer); }));
    tasks->run();
  }
  /// Signed by this node's key: what another one that holds as much would write; `spoilt`: its body is none.
  Bytes batch_behind(Seq seq, bool spoilt = false) {
    Record next = decode_record(*records->record(seq - 1));
    next.header.seq = seq;
    next.header.prev_hash = world::sha256(*records->record(seq - 1));
    Bytes record = encode_record(next);
    if (spoilt) record.resize(record_header_size + 1);
    log::Frame frame = ledger::frame_behind(seq, next.header.prev_hash, "chengbei", key.id());
    frame.records.push_back(record);
    return signed_by_us(frame);
  }
  Bytes signed_by_us(const log::Frame& frame) {
    const Bytes batch = log::encode(frame);
    return log::with_signature(batch, key.sign(log::signed_part(batch).part));
  }
  /// All that is held, as one batch of this node's.
  Bytes in_one_batch() {
    log::Frame frame = ledger::frame_behind(0, Hash{}, "chengbei", key.id());
    std::vector<Bytes> held;
    for (Seq seq = 0; seq < ledger->health().next_seq; ++seq) held.push_back(*records->record(seq));
    frame.records.assign(held.begin(), held.end());
    return signed_by_us(frame);
  }
  /// Where the log holds the batch of the last record.
  log::Position place_of_the_last() const {
    const auto last = std::ranges::max(log.batches, {}, [](const Bytes& batch) { return log::seqs_of(batch).next; });
    return {static_cast<std::uint64_t>(std::ranges::find(log.batches, last) - log.batches.begin())};
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
  ledger::Halt halt_after(std::int64_t seconds) {
    for (; seconds > 0; --seconds) tasks->pass(second_us);
    return ledger->health().halt;
  }

  ManualClock clock;
  StampingLog log{clock};
  std::unique_ptr<ManualTasks> tasks = std::make_unique<ManualTasks>(clock);
  CountingRandom random;
  vault::MemoryVault vault;
  vault::WriterKey key{vault, random, "n-1"};
  vault::Sealer sealer{vault, random, "chengbei"};
  MemoryDisk disk;
  std::optional<log::Position> copied_up_to;  ///< its files are a copy of another node's
  std::unique_ptr<log::LedgerFiles> files;
  std::unique_ptr<FileCopy> copy;
  std::unique_ptr<FileRecords> records;
  std::unique_ptr<store::RowStore> store;
  std::unique_ptr<ledger::Ledger> ledger;
  std::vector<ledger::Answer> answers;
};

}  // namespace aidledger::test
