// W2: rows from the ledger files alone. Ours: judge, check, hash, decode and fold every record, then one sorted ingest.
// The limit: reads the same bytes with their checksums, hashes and chains them, walks every field in place, and writes
// the same rows, sorted before, into one file.
#include <cstring>
#include <filesystem>

#include "events/case_imports.hpp"
#include "events/values/decode_error.hpp"
#include "src/ledger/follower.hpp"
#include "src/ledger/opening.hpp"
#include "src/log/embedded_log.hpp"
#include "src/store/rocks_row_store.hpp"
#include "src/world/digest.hpp"
#include "tests/bench/bench.hpp"

namespace aidledger::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t events = 200'000;
constexpr std::size_t per_case = 20, per_batch = 500, undertakers = 1'000;
constexpr double goal = 0.75;

Event event_of(std::size_t number) {
  const std::size_t of = number / per_case;
  const Instant at{1'700'000'000'000'000 + static_cast<std::int64_t>(number) * 1'000'000};
  const std::string case_id = "LA-2024-" + std::to_string(of);
  if (number % per_case == 0)
    return make_event(CaseImported{{case_id},
                                   {"bench"},
                                   std::to_string(of),
                                   "Asia/Shanghai",
                                   "none",
                                   "civil",
                                   UndertakerId{"U-" + std::to_string(of % undertakers)}},
                      at);
  return make_event(CaseStepRecorded{{case_id},
                                     "T" + std::to_string(number % per_case) + " looked at the file",
                                     "clerk-7",
                                     "clerk-9",
                                     Date{19'700},
                                     std::string(32, 'a'),
                                     {},
                                     {}},
                    at);
}

struct Ledger {
  explicit Ledger(const std::string& where) : folder(where), files(log::LedgerFiles::open(*disk, folder + "/log")) {
    fill();
  }
  void fill() {
    const auto random = world::system_random();
    files->append(ledger::opening_frame({"bench", "Asia/Shanghai", "embedded", "00", "00", LedgerPurpose::production},
                                        {}, {0}, *random));
    ledger::Head head{1, world::sha256(*(files->sync(), files->record(0))), {0}, {}};
    for (std::size_t done = 0; done < events; done += per_batch) {
      std::vector<Bytes> records;
      log::Frame frame;
      frame.ledger = "bench";
      frame.catalogue = catalogue_version;
      frame.first_seq = head.next_seq;
      frame.prev_hash = head.hash;
      for (std::size_t i = 0; i < per_batch; ++i) records.push_back(record(done + i, head));
      frame.records.assign(records.begin(), records.end());
      files->append(log::encode(frame));
      files->sync();
    }
    files->write_mark();
  }
  static Bytes record(std::size_t number, ledger::Head& head) {
    Record record;
    record.header = {
        record_format, suite_sha256_ed25519, "bench", head.next_seq, head.hash, {static_cast<std::int64_t>(number)}};
    record.body.principal = "token-1";
    record.body.action_id = "a-" + std::to_string(number);
    record.body.action = "record-case-step";
    record.body.actor.person = "clerk-7";
    record.body.actor.roles = {Role::intake};
    record.body.events.push_back(event_of(number));
    Bytes bytes = encode_record(record);
    head.hash = world::sha256(bytes);
    head.next_seq += 1;
    return bytes;
  }
  std::string folder;
  std::unique_ptr<world::Disk> disk = world::real_disk();
  std::unique_ptr<log::LedgerFiles> files;
  std::unique_ptr<world::Tasks> commits = world::thread_tasks();
  log::EmbeddedLog log{*files, *commits};
};

struct FileRecords : ledger::RecordSource {
  std::optional<Bytes> record(Seq) const override { return std::nullopt; }
};

double ours(Ledger& from) {
  const std::string folder = from.folder + "/rows";
  fs::remove_all(folder);
  const auto rows = store::open_rocks_row_store(folder);
  ledger::Bench bench;
  bench.ledger = "bench";
  return per_second(events, [&] { ledger::Follower(from.log, *rows, FileRecords{}, std::move(bench)).catch_up({}); });
}

/// Walks a body's fields in place and checks every size; sums what it passes, so that nothing is skipped.
class Walk {
 public:
  explicit Walk(BytesView bytes) : rest_(bytes) {}
  std::uint64_t sum = 0;
  template <class T>
  T number() {
    T value;
    if (rest_.size() < sizeof value) throw DecodeError("cut short");
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    sum += static_cast<std::uint64_t>(value);
    return value;
  }
  void skip(std::size_t size) {
    if (size > rest_.size()) throw DecodeError("cut short");
    rest_.remove_prefix(size);
  }
  void text() { skip(number<std::uint32_t>()); }
  void texts(std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) text();
  }

 private:
  BytesView rest_;
};

void walk_body(BytesView body) {
  Walk walk(body);
  walk.texts(3), walk.skip(32), walk.text();
  walk.skip(walk.number<std::uint32_t>()), walk.texts(3);
  walk.texts(2 * walk.number<std::uint32_t>());
  walk.skip(16);
  for (auto left = walk.number<std::uint32_t>(); left > 0; --left) {
    walk.skip(5), walk.number<std::int64_t>();
    walk.texts(2 * walk.number<std::uint32_t>());
    walk.number<std::uint8_t>(), walk.number<std::uint32_t>(), walk.number<std::uint32_t>();
    walk.text();
  }
}

double limit(Ledger& from, const std::vector<store::RowChange>& sorted) {
  const std::string folder = from.folder + "/limit";
  fs::remove_all(folder);
  const auto rows = store::open_rocks_row_store(folder);
  return per_second(events, [&] {
    Hash before{};
    from.files->scan({}, [&](BytesView frame, log::Position) {
      const auto parsed = log::parse(frame);
      for (const auto record : parsed->records) {
        if (record.substr(44, before.size()) != view_of(before)) throw DecodeError("the chain is broken");
        before = world::sha256(record);
        walk_body(record.substr(record_header_size));
      }
      return true;
    });
    rows->ingest(store::each_of(sorted), "end");
  });
}

std::vector<store::RowChange> rows_of(Ledger& from) {
  const auto rows = store::open_rocks_row_store(from.folder + "/rows");
  std::vector<store::RowChange> all;
  rows->scan({}, {}, [&](BytesView key, BytesView value) { return all.push_back({Bytes(key), Bytes(value)}), true; });
  return all;
}

}  // namespace

std::vector<Workload> rebuild_workloads(const std::string& folder) {
  fs::remove_all(folder);
  const auto ledger = std::make_shared<Ledger>(folder);
  ours(*ledger);
  const auto sorted = std::make_shared<std::vector<store::RowChange>>(rows_of(*ledger));
  return {{"W2 rebuild, verified", "events/s", goal, [ledger] { return ours(*ledger); },
           [ledger, sorted] { return limit(*ledger, *sorted); }}};
}

}  // namespace aidledger::bench
