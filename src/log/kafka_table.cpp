#include "src/log/kafka_table.hpp"

#include <atomic>
#include <chrono>

#include "src/log/kafka_client.hpp"

namespace aidledger::log {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int question_ms = 5'000;
constexpr milliseconds put_within{30'000};
/// Nothing came for so long, although there is more: the broker is away.
constexpr milliseconds silence{10'000};

using Named = std::pair<std::string, std::optional<Bytes>>;

bool is(const rd_kafka_message_t& message, const Named& entry) {
  const bool tombstone = message.payload == nullptr;
  if (key_of(message) != entry.first || tombstone == entry.second.has_value()) return false;
  return tombstone || value_of(message) == *entry.second;
}

std::unique_ptr<KafkaClient> consumer_from(const KafkaSettings& settings, Position from) {
  auto consumer = std::make_unique<KafkaClient>(KafkaClient::Kind::consumer, settings, ledger_consumer());
  assign(consumer->handle(), settings.topic, from.value);
  return consumer;
}

/// What puts: a producer, and a consumer that has read all that came before the put.
class Putter {
 public:
  explicit Putter(const KafkaSettings& settings)
      : settings_(settings),
        producer_(KafkaClient::Kind::producer, settings, ledger_producer(),
                  [this](const rd_kafka_message_t& message) { delivered(message.err); }) {
    if (producer_.partitions(settings.topic, question_ms) == 0)
      throw producer_.failure(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, settings.topic);
    KafkaClient asker(KafkaClient::Kind::asker, settings, ledger_consumer());
    reads_back_ = consumer_from(settings, asker.watermarks(settings.topic, question_ms).high);
  }

  std::optional<Instant> put(const std::vector<Named>& entries) {
    const auto until = steady_clock::now() + put_within;
    deliver(entries, until);
    return read_back(entries, until);
  }

 private:
  void delivered(rd_kafka_resp_err_t error) {
    --on_the_way_;
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) refused_ = error;
  }

  void deliver(const std::vector<Named>& entries, steady_clock::time_point until) {
    for (const auto& [name, value] : entries) send(name, value, until);
    while (on_the_way_ > 0 && refused_ == RD_KAFKA_RESP_ERR_NO_ERROR) {
      rd_kafka_poll(producer_.handle(), 100);
      in_time(producer_, until);
    }
    if (refused_ != RD_KAFKA_RESP_ERR_NO_ERROR) throw producer_.failure(refused_, settings_.topic);
  }

  void send(const std::string& name, const std::optional<Bytes>& value, steady_clock::time_point until) {
    rd_kafka_resp_err_t error = RD_KAFKA_RESP_ERR__QUEUE_FULL;
    while ((error = produce(producer_.handle(), {settings_.topic, name, value})) == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
      rd_kafka_poll(producer_.handle(), 100);
      in_time(producer_, until);
    }
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw producer_.failure(error, settings_.topic);
    ++on_the_way_;
  }

  /// Others' entries may stand between ours. Gives the broker's time of the last.
  std::optional<Instant> read_back(const std::vector<Named>& entries, steady_clock::time_point until) {
    std::optional<Instant> at;
    for (std::size_t seen = 0; seen < entries.size(); in_time(*reads_back_, until)) {
      const auto message = poll(reads_back_->handle(), 100);
      if (message && message->err == RD_KAFKA_RESP_ERR_NO_ERROR && is(*message, entries[seen]))
        ++seen, at = appended_at(*message);
      if (message && message->err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET)
        throw reads_back_->failure(message->err, settings_.topic);
    }
    return at;
  }

  void in_time(KafkaClient& client, steady_clock::time_point until) const {
    if (steady_clock::now() > until) throw client.failure(RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, settings_.topic);
  }

  const KafkaSettings& settings_;
  std::size_t on_the_way_ = 0;
  rd_kafka_resp_err_t refused_ = RD_KAFKA_RESP_ERR_NO_ERROR;
  KafkaClient producer_;
  std::unique_ptr<KafkaClient> reads_back_;
};

}  // namespace

struct KafkaTable::Parts {
  explicit Parts(KafkaSettings given) : settings(std::move(given)) {}

  KafkaSettings settings;
  std::unique_ptr<Putter> putter;       ///< of who puts
  std::atomic<bool> replaced = false;   ///< told by who reads: the putter reads back from an offset of another topic
  std::unique_ptr<KafkaClient> asker;   ///< of who reads, as is what follows; empty: to be made
  std::unique_ptr<KafkaClient> reader;  ///< at the position
  Position position;

  void forget() { asker.reset(), reader.reset(); }
  void begin(Watermarks marks);
  void visit_next(Position end, const Visit& visit);
};

KafkaTable::KafkaTable(const KafkaSettings& settings) : parts_(std::make_unique<Parts>(settings)) {
  connection_properties(settings);  // throws now rather than at the first call
}

KafkaTable::~KafkaTable() = default;

std::optional<Instant> KafkaTable::put(const std::vector<std::pair<std::string, std::optional<Bytes>>>& entries) {
  try {
    if (parts_->replaced.exchange(false)) parts_->putter.reset();
    if (!parts_->putter) parts_->putter = std::make_unique<Putter>(parts_->settings);
    return parts_->putter->put(entries);
  } catch (const LogFailure&) {
    parts_->putter.reset();
    throw;
  }
}

void KafkaTable::read_to_end(const Visit& visit) {
  auto& parts = *parts_;
  try {
    if (!parts.asker)
      parts.asker = std::make_unique<KafkaClient>(KafkaClient::Kind::asker, parts.settings, ledger_consumer());
    const auto marks = parts.asker->watermarks(parts.settings.topic, question_ms);
    parts.begin(marks);
    while (parts.position < marks.high) parts.visit_next(marks.high, visit);
  } catch (const LogFailure& failure) {
    parts.forget();
    if (failure.remedy == Remedy::retry || parts.position == Position{}) throw;
    parts.position = {};
    parts.replaced = true;
    throw TableReplaced(failure.remedy, failure.what());
  } catch (...) {
    parts.forget();
    throw;
  }
}

void KafkaTable::Parts::begin(Watermarks marks) {
  if (marks.high < position)
    throw LogFailure(Remedy::give_up, "topic " + settings.topic + " ends at offset " +
                                          std::to_string(marks.high.value) + ", but we have read up to offset " +
                                          std::to_string(position.value) + ": it was cut, or made anew");
  if (position == Position{}) position = marks.low;
  if (!reader) reader = consumer_from(settings, position);
}

void KafkaTable::Parts::visit_next(Position end, const Visit& visit) {
  for (const auto until = steady_clock::now() + silence; steady_clock::now() < until;) {
    const auto message = poll(reader->handle(), 100);
    if (!message) continue;
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      position = {static_cast<std::uint64_t>(message->offset)};
      if (position >= end) return;
    } else if (message->err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET) {
      throw reader->failure(message->err, settings.topic);
    } else if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      reader->in_trouble(message->err);
    } else {
      visit(key_of(*message), message->payload == nullptr ? std::nullopt : std::optional(value_of(*message)));
      position = {static_cast<std::uint64_t>(message->offset) + 1};
      return;
    }
  }
  throw reader->failure(RD_KAFKA_RESP_ERR__TIMED_OUT, settings.topic);
}

}  // namespace aidledger::log
