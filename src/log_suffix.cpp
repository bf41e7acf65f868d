#include "src/log_suffix.hpp"

#include <condition_variable>
#include <future>
#include <mutex>

#include "events/record.hpp"
#include "src/world/digest.hpp"

namespace aidledger {
namespace {

constexpr std::size_t read_bytes = 4 << 20;
constexpr auto longest_silence = std::chrono::seconds(30);

/// Waits until a log may have more to read.
class Wakes {
 public:
  explicit Wakes(log::SharedLog& log) : log_(log) {
    log.on_readable([this] {
      const std::lock_guard lock(mutex_);
      woken_ = true;
      more_.notify_all();
    });
  }
  ~Wakes() {
    log_.on_readable([] {});
  }
  bool wait() {
    std::unique_lock lock(mutex_);
    const bool in_time = more_.wait_for(lock, longest_silence, [&] { return woken_; });
    woken_ = false;
    return in_time;
  }

 private:
  log::SharedLog& log_;
  std::mutex mutex_;
  std::condition_variable more_;
  bool woken_ = false;
};

Hash hash_of(const log::LedgerFiles& files, Seq seq) {
  const auto bytes = files.record(seq);
  return bytes ? world::sha256(*bytes) : Hash{};
}

bool counts(const log::Frame& frame, BytesView batch, const SuffixPorts& ports) {
  const auto key = ports.public_key(frame.writer_key);
  const auto parts = log::signed_part(batch);
  return key && vault::signed_by(*key, parts.part, parts.signature);
}

/// How far the log reaches when this batch of it has been looked at.
Seq after_batch(BytesView batch, Seq reached, const SuffixPorts& ports) {
  const auto frame = log::parse(batch);
  if (!frame || frame->ledger != ports.ledger || frame->first_seq != reached || !counts(*frame, batch, ports))
    return reached;
  for (std::size_t i = 0; i < frame->records.size(); ++i)
    if (world::sha256(frame->records[i]) != hash_of(ports.files, frame->first_seq + i))
      throw OtherHistory("record " + std::to_string(frame->first_seq + i) +
                         " of the topic is not the one that is held here: these files cannot complete it");
  return frame->next_seq();
}

/// The batch that brings in record `seq`: as it came, where it begins there and is signed.
Bytes batch_from(Seq seq, const SuffixPorts& ports) {
  Bytes as_it_came;
  if (const auto at = ports.files.position_of(seq))
    ports.files.scan(*at, [&](BytesView batch, log::Position) {
      const auto frame = log::parse(batch);
      if (frame && frame->first_seq == seq && !frame->signature.empty()) as_it_came = Bytes(batch);
      return false;
    });
  if (!as_it_came.empty()) return as_it_came;
  std::vector<Bytes> records;
  std::size_t bytes = 0;
  for (auto record = ports.files.record(seq);
       record && records.size() < log::max_records_per_batch &&
       log::frame_bytes(records.size() + 1, bytes + record->size()) <= log::max_batch_bytes;
       record = ports.files.record(seq + records.size())) {
    bytes += record->size();
    records.push_back(std::move(*record));
  }
  log::Frame frame;
  frame.catalogue = catalogue_version;
  frame.ledger = ports.ledger;
  frame.writer_key = ports.key.id();
  frame.first_seq = seq;
  frame.prev_hash = seq == 0 ? Hash{} : hash_of(ports.files, seq - 1);
  frame.records.assign(records.begin(), records.end());
  const Bytes encoded = log::encode(frame);
  return log::with_signature(encoded, ports.key.sign(log::signed_part(encoded).part));
}

void append(Bytes batch, log::KafkaLog& log) {
  for (int attempt = 0;; ++attempt) {
    std::promise<log::Appended> answered;
    log.append(batch, [&](log::Appended outcome) { answered.set_value(outcome); });
    if (answered.get_future().get() == log::Appended::done) return;
    if (attempt == 10) throw log::LogFailure(log::Remedy::retry, "the log takes nothing: " + log.failing());
  }
}

}  // namespace

Seq records_in_log(const SuffixPorts& ports) {
  Wakes wakes(ports.log);
  Seq reached = 0;
  for (log::Position at = ports.log.watermarks().low;;) {
    const auto entries = ports.log.read(at, read_bytes);
    for (const auto& entry : entries) {
      reached = after_batch(entry.batch, reached, ports);
      at = entry.next;
    }
    ports.progress(reached, ports.files.head().next_seq);
    if (!entries.empty()) continue;
    if (ports.log.at_end(at)) return reached;
    if (!wakes.wait()) throw log::LogFailure(log::Remedy::retry, "the log is silent: " + ports.log.failing());
  }
}

void append_records_from(Seq from, const SuffixPorts& ports) {
  const Seq end = ports.files.head().next_seq;
  for (Seq seq = from; seq < end;) {
    const Bytes batch = batch_from(seq, ports);
    append(batch, ports.log);
    seq = log::seqs_of(batch).next;
    ports.progress(seq, end);
  }
  if (records_in_log(ports) < end)
    throw log::LogFailure(log::Remedy::retry, "the topic does not hold all that was appended; run this again");
}

}  // namespace aidledger
