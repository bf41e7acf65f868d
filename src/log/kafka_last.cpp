#include "src/log/kafka_last.hpp"

#include <chrono>

namespace aidledger::log {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int question_ms = 5'000;
constexpr std::uint64_t first_look_back = 16;

Headers headers_of(const rd_kafka_message_t& message) {
  Headers headers;
  rd_kafka_headers_t* all = nullptr;
  if (rd_kafka_message_headers(&message, &all) != RD_KAFKA_RESP_ERR_NO_ERROR) return headers;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0; rd_kafka_header_get_all(all, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i)
    headers.emplace_back(name, std::string(static_cast<const char*>(value), size));
  return headers;
}

FeedMessage feed_message(const std::string& topic, const rd_kafka_message_t& message) {
  std::optional<Bytes> value;
  if (message.payload != nullptr) value = Bytes(value_of(message));
  return {topic, std::string(key_of(message)), headers_of(message), std::move(value)};
}

}  // namespace

std::optional<FeedMessage> KafkaLast::of(const std::string& topic) {
  try {
    const auto marks = asker().watermarks(topic, question_ms);
    if (!seen_ || seen_->topic != topic || seen_->marks != marks) {
      seen_.reset();
      seen_ = Seen{topic, marks, look(topic, marks)};
    }
    return seen_->last;
  } catch (const LogFailure&) {
    look_anew();
    throw;
  }
}

bool KafkaLast::is_there(const std::string& topic) {
  try {
    return asker().partitions(topic, question_ms) > 0;
  } catch (const LogFailure&) {
    look_anew();
    throw;
  }
}

void KafkaLast::look_anew() {
  asker_.reset();
  reader_.reset();
  seen_.reset();
}

KafkaClient& KafkaLast::asker() {
  if (!asker_) asker_ = std::make_unique<KafkaClient>(KafkaClient::Kind::asker, settings_, feed_consumer());
  return *asker_;
}

/// Behind the last message there may be any number of marks and of messages that were not committed.
std::optional<FeedMessage> KafkaLast::look(const std::string& topic, const Watermarks& marks) {
  for (std::uint64_t back = first_look_back;; back *= 8) {
    const auto [low, high] = marks;
    const Position from{high.value - low.value > back ? high.value - back : low.value};
    auto last = last_between(topic, from, high);
    if (last || from == low) return last;
  }
}

std::optional<FeedMessage> KafkaLast::last_between(const std::string& topic, Position from, Position end) {
  std::optional<FeedMessage> last;
  if (from == end) return last;
  if (!reader_) reader_ = std::make_unique<KafkaClient>(KafkaClient::Kind::consumer, settings_, feed_consumer());
  assign(reader_->handle(), topic, from.value);
  for (auto until = steady_clock::now() + milliseconds(2 * question_ms); steady_clock::now() < until;) {
    const auto message = poll(reader_->handle(), 100);
    if (!message) continue;
    const Position at{static_cast<std::uint64_t>(message->offset)};
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF && at >= end) return last;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      reader_->in_trouble(message->err);
      continue;
    }
    reader_->answered();
    if (at >= end) return last;
    last = feed_message(topic, *message);
    if (at.value + 1 == end.value) return last;
  }
  throw reader_->failure(RD_KAFKA_RESP_ERR__TIMED_OUT, topic);
}

}  // namespace aidledger::log
