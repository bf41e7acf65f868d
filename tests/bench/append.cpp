// W1a, W1b: durable appends, in process. Ours: records hashed into a chain, framed, handed to the commit thread,
// answered when they can be read. The limit: CRC-32C, one pwrite, one fdatasync per group, into a file that was written
// before.
#include <filesystem>
#include <semaphore>
#include <utility>

#include "src/log/embedded_log.hpp"
#include "src/log/frame.hpp"
#include "src/world/digest.hpp"
#include "tests/bench/bench.hpp"

namespace aidledger::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t record_bytes = 300;
constexpr std::size_t raw_record_bytes = 320;
constexpr std::uint64_t segment_bytes = 64 << 20;

struct Size {
  std::size_t per_batch;
  std::size_t batches;
};

/// The next batch of a ledger, its records hashed one into the other as the writer does.
Bytes next_batch(log::Head& head, std::vector<Bytes>& records) {
  log::Frame frame;
  frame.ledger = "bench";
  frame.first_seq = head.next_seq;
  frame.prev_hash = head.hash;
  for (Bytes& record : records) {
    record.replace(0, head.hash.size(), view_of(head.hash));
    head = {head.next_seq + 1, world::sha256(record)};
    frame.records.push_back(record);
  }
  return log::encode(frame);
}

double ours(const std::string& folder, const Size& size) {
  fs::remove_all(folder);
  const auto disk = world::real_disk();
  const auto files = log::LedgerFiles::open(*disk, folder, {.segment_bytes = segment_bytes});
  const auto commits = world::thread_tasks(log::look_for_batch_us);
  log::EmbeddedLog embedded(*files, *commits);
  std::vector<Bytes> records(size.per_batch, Bytes(record_bytes, 'r'));
  log::Head head;
  std::binary_semaphore answered(0);
  const double rate = per_second(size.per_batch * size.batches, [&] {
    Bytes batch = next_batch(head, records);
    for (std::size_t i = 0; i < size.batches; ++i) {
      embedded.append(std::exchange(batch, Bytes()), [&](log::Appended) { answered.release(); });
      if (i + 1 < size.batches) batch = next_batch(head, records);  // decided while the last one syncs
      answered.acquire();
    }
  });
  if (files->head() != head) throw std::logic_error("not everything was appended");
  return rate;
}

/// The files alone, on the caller's own thread: what the mark and the entry cost, without a change of threads.
double files_alone(const std::string& folder, const Size& size) {
  fs::remove_all(folder);
  const auto disk = world::real_disk();
  const auto files = log::LedgerFiles::open(*disk, folder, {.segment_bytes = segment_bytes});
  std::vector<Bytes> records(size.per_batch, Bytes(record_bytes, 'r'));
  log::Head head;
  return per_second(size.per_batch * size.batches, [&] {
    for (std::size_t i = 0; i < size.batches; ++i) {
      files->append(next_batch(head, records));
      files->sync();
    }
  });
}

double limit(const std::string& folder, const Size& size) {
  fs::remove_all(folder);
  const auto disk = world::real_disk();
  disk->make_folder(folder);
  const auto file = disk->open(folder + "/raw", world::Disk::Mode::create);
  const Bytes zeros(1 << 20, '\0');
  for (std::uint64_t at = 0; at < segment_bytes; at += zeros.size()) file->pwrite(at, zeros);
  file->datasync();
  Bytes group(raw_record_bytes * size.per_batch, 'r');
  std::uint64_t at = 0;
  return per_second(size.per_batch * size.batches, [&] {
    for (std::size_t i = 0; i < size.batches; ++i) {
      for (std::size_t record = 0; record < group.size(); record += raw_record_bytes) {
        const auto crc = world::crc32c(BytesView(group).substr(record + 4, raw_record_bytes - 4));
        group.replace(record, 4, reinterpret_cast<const char*>(&crc), 4);
      }
      if (at + group.size() > segment_bytes) at = 0;
      file->pwrite(at, group);
      file->datasync();
      at += group.size();
    }
  });
}

using Program = double (*)(const std::string& folder, const Size& size);

Workload workload(const std::string& folder, const std::string& name, double goal, Size size, Program program) {
  return {name, "ev/s", goal, [=] { return program(folder, size); }, [=] { return limit(folder, size); }};
}

/// Removes what was measured in when the last workload is gone.
struct Cleanup {
  std::string folder;
  ~Cleanup() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
};

}  // namespace

std::vector<Workload> append_workloads(const std::string& folder) {
  const auto cleanup = std::make_shared<Cleanup>(folder);
  auto workloads = std::vector{
      workload(folder, "W1a append durable, one in flight, files alone", 0.92, {1, 1500}, files_alone),
      workload(folder, "W1a append durable, one in flight, by the commit thread", 0.92, {1, 1500}, ours),
      workload(folder, "W1b append durable, 128 per batch", 0.45, {128, 600}, ours),
      workload(folder, "W1b append durable, 1000 per batch", 0.45, {1000, 200}, ours),
  };
  for (auto& one : workloads) one.ours = [cleanup, run = one.ours] { return run(); };
  return workloads;
}

}  // namespace aidledger::bench
