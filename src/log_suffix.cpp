#include "src/log_suffix.hpp"

#include <condition_variable>
#include <future>
#include <mutex>

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

void append(Bytes batch, log::KafkaLog& log) {
  for (int attempt = 0;; ++attempt) {
    std::promise<log::Appended> answered;
    log.append(batch, [&](log::Appended outcome) { answered.set_value(outcome); });
    if (answered.get_future().get() == log::Appended::done) return;
    if (attempt == 10) throw log::LogFailure(log::Remedy::retry, "the log takes nothing: " + log.failing());
  }
}

void read(const log::Entry& entry, Retracing& log) {
  try {
    log.read(entry.batch);
  } catch (const OtherHistory& other) {
    throw OtherHistory("at offset " + std::to_string(entry.next.value - 1) + ": " + other.what());
  }
}

}  // namespace

Seq records_in_log(const SuffixPorts& ports) {
  Wakes wakes(ports.log);
  Retracing log(ports.held);
  for (log::Position at = ports.log.watermarks().low;;) {
    const auto entries = ports.log.read(at, read_bytes);
    for (const auto& entry : entries) {
      read(entry, log);
      at = entry.next;
    }
    ports.progress(log.met(), ports.held.files.head().next_seq);
    if (!entries.empty()) continue;
    if (ports.log.at_end(at)) return log.met();
    if (!wakes.wait()) throw log::LogFailure(log::Remedy::retry, "the log is silent: " + ports.log.failing());
  }
}

void append_records_from(Seq from, const SuffixPorts& ports) {
  const Seq end = ports.held.files.head().next_seq;
  for (Seq seq = from; seq < end;) {
    const Bytes batch = batch_from(seq, ports.held);
    append(batch, ports.log);
    seq = log::seqs_of(batch).next;
    ports.progress(seq, end);
  }
  if (records_in_log(ports) < end)
    throw log::LogFailure(log::Remedy::retry, "the topic does not hold all that was appended; run this again");
}

}  // namespace aidledger
