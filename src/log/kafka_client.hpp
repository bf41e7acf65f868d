#pragma once
// One librdkafka handle: made from settings, its troubles remembered, given up without waiting for anybody. Internal to
// src/log. (The C interface: the C++ one has no mock, and its consumer wraps what is needed here.)
#include <librdkafka/rdkafka.h>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>

#include "src/log/kafka_errors.hpp"
#include "src/log/kafka_properties.hpp"

namespace aidledger::log {

class KafkaClient {
 public:
  enum class Kind {
    producer,
    consumer,  ///< reads by poll() and assign(), below; questions are not for it
    asker,     ///< questions only
  };
  using Delivered = std::function<void(const rd_kafka_message_t& message)>;

  /// `delivered` is called from rd_kafka_poll. Throws LogFailure (give_up) when the settings cannot be right.
  KafkaClient(Kind kind, const KafkaSettings& settings, const Properties& properties, Delivered delivered = {});
  /// What is still on its way is dropped, whether it arrives or not.
  ~KafkaClient();
  KafkaClient(const KafkaClient&) = delete;
  KafkaClient& operator=(const KafkaClient&) = delete;

  rd_kafka_t* handle() const { return handle_; }
  /// In force, as the library has it.
  std::string property(const std::string& name) const;

  /// One sentence on what is wrong since the broker last answered; empty: nothing.
  std::string trouble() const;
  void in_trouble(rd_kafka_resp_err_t error, const std::string& reason = {});
  void answered();
  /// Another client reaches the brokers: what was wrong with that is over, what is wrong with the topic is not.
  void reachable();
  /// The failure to throw for `error`: a trouble seen before may say more.
  LogFailure failure(rd_kafka_resp_err_t error, const std::string& topic);
  /// Set once the library has given up on this handle.
  bool fatal() const;

  // Questions to a producer or an asker, on the thread that polls it; each waits for the broker and throws LogFailure.

  std::string cluster_id(int timeout_ms);
  /// A second longer where nobody answers.
  Watermarks watermarks(const std::string& topic, int timeout_ms);
  /// Partitions of the topic; 0: there is none. Also makes the first message to it go out at once.
  int partitions(const std::string& topic, int timeout_ms);

 private:
  Position offset_of(std::int64_t end, const std::string& topic, std::chrono::steady_clock::time_point until);
  static void on_error(rd_kafka_t* handle, int error, const char* reason, void* client);
  static void on_delivery(rd_kafka_t* handle, const rd_kafka_message_t* message, void* client);

  Kind kind_;
  KafkaSettings settings_;
  Delivered delivered_;
  mutable std::mutex mutex_;
  rd_kafka_resp_err_t trouble_ = RD_KAFKA_RESP_ERR_NO_ERROR;
  std::string reason_;
  rd_kafka_t* handle_ = nullptr;
};

/// A message for partition 0. A value that is not there is a tombstone.
struct Outgoing {
  const std::string& topic;
  std::optional<BytesView> key;
  std::optional<BytesView> value;
  std::vector<std::pair<std::string, std::string>> headers = {};
  void* tag = nullptr;  ///< handed back with the delivery
};
/// Queued, with a copy of the bytes, when there is no error.
rd_kafka_resp_err_t produce(rd_kafka_t* producer, const Outgoing& message);

using MessagePtr = std::unique_ptr<rd_kafka_message_t, decltype(&rd_kafka_message_destroy)>;
/// The next message or event of a consumer; null: none came in time.
MessagePtr poll(rd_kafka_t* consumer, int timeout_ms);
/// Reads on from this offset of partition 0. Returns at once.
void assign(rd_kafka_t* consumer, const std::string& topic, std::uint64_t offset);
BytesView value_of(const rd_kafka_message_t& message);
BytesView key_of(const rd_kafka_message_t& message);
/// The broker's time, where the topic has it.
std::optional<Instant> appended_at(const rd_kafka_message_t& message);

}  // namespace aidledger::log
