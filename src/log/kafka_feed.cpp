#include "src/log/kafka_feed.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <stdexcept>

#include "src/log/kafka_last.hpp"

namespace aidledger::log {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int question_ms = 5'000;
constexpr int init_attempt_ms = 10'000;
constexpr milliseconds init_within{60'000};
/// Above the transaction's own time: then the coordinator has given up as well, and there is nothing to resume.
/// (Without a bound the call did not return in 130 s with all brokers down.)
constexpr int commit_ms = transaction_timeout_ms + 2'000;
constexpr int abort_ms = 1'000;

using Error = std::unique_ptr<rd_kafka_error_t, decltype(&rd_kafka_error_destroy)>;

Error owned(rd_kafka_error_t* error) { return {error, rd_kafka_error_destroy}; }

/// What a predecessor left open is still being ended, or nobody has answered yet.
bool worth_another_try(const rd_kafka_error_t& error) {
  return rd_kafka_error_is_retriable(&error) != 0 ||
         rd_kafka_error_code(&error) == RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS;
}

std::size_t bytes_of(const FeedMessage& message) {
  std::size_t bytes = message.key.size() + message.value.value_or("").size();
  for (const auto& [name, value] : message.headers) bytes += name.size() + value.size();
  return bytes;
}

}  // namespace

struct KafkaFeed::Parts {
  explicit Parts(KafkaSettings given) : settings(std::move(given)), last(settings) {}

  KafkaSettings settings;
  std::unique_ptr<KafkaClient> producer;
  std::set<std::string> known_topics;  ///< of this producer
  KafkaLast last;
  std::string failing;

  Published give_up(rd_kafka_resp_err_t error, const std::string& why);
  Published give_up(const rd_kafka_error_t& error);
  void know(const std::string& topic);
  rd_kafka_resp_err_t send(const FeedMessage& message) const;
  Published transact(const std::vector<FeedMessage>& messages);
};

KafkaFeed::KafkaFeed(const KafkaSettings& settings) : parts_(std::make_unique<Parts>(settings)) {
  connection_properties(settings);  // throws now rather than at the first call
}

KafkaFeed::~KafkaFeed() = default;

void KafkaFeed::init(const std::string& transactional_id) {
  auto& parts = *parts_;
  parts.known_topics.clear();
  parts.producer.reset();
  parts.last.look_anew();
  for (const auto until = steady_clock::now() + init_within; !parts.producer;) {
    auto producer =
        std::make_unique<KafkaClient>(KafkaClient::Kind::producer, parts.settings, feed_producer(transactional_id));
    const auto error = owned(rd_kafka_init_transactions(producer->handle(), init_attempt_ms));
    if (!error)
      parts.producer = std::move(producer);
    else if (!worth_another_try(*error) || steady_clock::now() > until)
      throw producer->failure(rd_kafka_error_code(error.get()), parts.settings.topic);
  }
}

Published KafkaFeed::publish(const std::vector<FeedMessage>& messages) {
  if (!parts_->producer) throw std::logic_error("publish before init");
  if (messages.empty()) return Published::done;
  for (const auto& message : messages)
    if (const auto bytes = bytes_of(message); bytes > max_feed_message_bytes)
      return parts_->give_up(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE,
                             "a message of " + std::to_string(bytes) + " bytes is too large for " + message.topic);
  try {
    for (const auto& message : messages) parts_->know(message.topic);
  } catch (const LogFailure& failure) {
    return parts_->give_up(RD_KAFKA_RESP_ERR__TRANSPORT, failure.what());
  }
  return parts_->transact(messages);
}

Published KafkaFeed::Parts::transact(const std::vector<FeedMessage>& messages) {
  rd_kafka_t* handle = producer->handle();
  if (const auto error = rd_kafka_fatal_error(handle, nullptr, 0)) return give_up(error, rd_kafka_err2name(error));
  if (const auto error = owned(rd_kafka_begin_transaction(handle))) return give_up(*error);
  for (const auto& message : messages)
    if (const auto error = send(message)) return give_up(error, kafka_sentence(error, settings, message.topic));
  if (const auto error = owned(rd_kafka_commit_transaction(handle, commit_ms))) return give_up(*error);
  failing.clear();
  return Published::done;
}

/// It is the next init that ends the transaction. The abort is for librdkafka 2.0.2 alone, whatever it answers: a
/// producer destroyed while it is about to register partitions ends the process by an assertion.
Published KafkaFeed::Parts::give_up(rd_kafka_resp_err_t error, const std::string& why) {
  owned(rd_kafka_abort_transaction(producer->handle(), abort_ms));
  const auto fatal = rd_kafka_fatal_error(producer->handle(), nullptr, 0);
  producer.reset();
  failing = why;
  const bool fenced = error == RD_KAFKA_RESP_ERR__FENCED || fatal == RD_KAFKA_RESP_ERR__FENCED ||
                      error == RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH || error == RD_KAFKA_RESP_ERR_PRODUCER_FENCED;
  return fenced ? Published::fenced : Published::unknown;
}

Published KafkaFeed::Parts::give_up(const rd_kafka_error_t& error) {
  return give_up(rd_kafka_error_code(&error), rd_kafka_error_string(&error));
}

void KafkaFeed::Parts::know(const std::string& topic) {
  if (known_topics.contains(topic)) return;
  if (producer->partitions(topic, question_ms) == 0)
    throw producer->failure(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, topic);
  known_topics.insert(topic);
}

rd_kafka_resp_err_t KafkaFeed::Parts::send(const FeedMessage& message) const {
  const auto until = steady_clock::now() + milliseconds(message_timeout_ms);
  for (;;) {
    const auto error = produce(producer->handle(), {message.topic, message.key, message.value, message.headers});
    if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL || steady_clock::now() > until) return error;
    rd_kafka_poll(producer->handle(), 100);
  }
}

std::optional<FeedMessage> KafkaFeed::tail(const std::string& topic) { return parts_->last.of(topic); }

bool KafkaFeed::is_there(const std::string& topic) { return parts_->last.is_there(topic); }

std::string KafkaFeed::failing() const { return parts_->failing; }

}  // namespace aidledger::log
