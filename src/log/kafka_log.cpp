#include "src/log/kafka_log.hpp"

#include "src/log/kafka_producer.hpp"
#include "src/log/kafka_tail.hpp"

namespace aidledger::log {

struct KafkaLog::Parts {
  explicit Parts(const KafkaSettings& settings)
      : tail(settings), producer(settings, [this](Position end) { tail.reaches(end); }) {}

  KafkaTail tail;
  KafkaProducer producer;
};

KafkaLog::KafkaLog(const KafkaSettings& settings) : parts_(std::make_unique<Parts>(settings)) {}

KafkaLog::~KafkaLog() = default;

void KafkaLog::append(Bytes batch, std::function<void(Appended)> done) {
  parts_->producer.send(std::move(batch), std::move(done));
}

std::vector<Entry> KafkaLog::read(Position from, std::size_t max_bytes) { return parts_->tail.read(from, max_bytes); }

void KafkaLog::on_readable(std::function<void()> wake) { parts_->tail.on_change(std::move(wake)); }

bool KafkaLog::at_end(Position position) { return parts_->tail.at_end(position); }

Position KafkaLog::known_end() { return parts_->tail.known_end(); }

std::string KafkaLog::cluster_id() { return parts_->tail.cluster_id(); }

Watermarks KafkaLog::watermarks() { return parts_->tail.watermarks(); }

std::optional<Entry> KafkaLog::entry_at(Position position) { return parts_->tail.entry_at(position); }

std::optional<std::string> KafkaLog::diverged() const { return parts_->tail.diverged(); }

std::string KafkaLog::failing() const {
  const auto appending = parts_->producer.failing();
  return appending.empty() ? parts_->tail.trouble() : appending;
}

std::uint64_t KafkaLog::producers_dropped() const { return parts_->producer.dropped(); }

}  // namespace aidledger::log
