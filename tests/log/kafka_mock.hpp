#pragma once
// librdkafka's mock cluster: real TCP on loopback, errors by injection, and one producer that nobody ever fences.
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>

#include "src/log/kafka_client.hpp"
#include "src/log/kafka_log.hpp"

namespace aidledger::test {

/// Keys of requests, by Kafka's protocol.
inline constexpr std::int16_t produce_request = 0, fetch_request = 1, offsets_request = 2, init_producer_request = 22;

class MockCluster {
 public:
  explicit MockCluster(int brokers = 1) {
    std::array<char, 256> why{};
    auto* conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "log_level", "3", why.data(), why.size());
    host_ = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why.data(), why.size());
    cluster_ = rd_kafka_mock_cluster_new(host_, brokers);
    rd_kafka_mock_topic_create(cluster_, topic.c_str(), 1, brokers);
  }
  ~MockCluster() {
    rd_kafka_mock_cluster_destroy(cluster_);
    rd_kafka_destroy(host_);
  }
  MockCluster(const MockCluster&) = delete;
  MockCluster& operator=(const MockCluster&) = delete;

  log::KafkaSettings settings() const { return {rd_kafka_mock_cluster_bootstraps(cluster_), topic, {}}; }
  rd_kafka_mock_cluster_t* operator->() const { return cluster_; }
  rd_kafka_mock_cluster_t* get() const { return cluster_; }
  /// The next requests of this kind are answered with these errors.
  void refuse(std::int16_t request, const std::vector<rd_kafka_resp_err_t>& errors) const {
    rd_kafka_mock_push_request_errors_array(cluster_, request, errors.size(), errors.data());
  }

  const std::string topic = "aidledger.ledger.test.v1";

 private:
  rd_kafka_t* host_ = nullptr;
  rd_kafka_mock_cluster_t* cluster_ = nullptr;
};

/// Waits until `condition` holds; it is looked at whenever `log` wakes. False when it takes two minutes.
class Waiter {
 public:
  explicit Waiter(log::SharedLog& log) : log_(log) {
    log_.on_readable([this] {
      const std::lock_guard lock(mutex_);
      ++woken_;
      changed_.notify_all();
    });
  }
  ~Waiter() {
    log_.on_readable([] {});
  }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  bool until(const std::function<bool()>& condition, std::chrono::seconds within = std::chrono::seconds(120)) {
    const auto end = std::chrono::steady_clock::now() + within;
    for (;;) {
      std::uint64_t seen = 0;
      {
        const std::lock_guard lock(mutex_);
        seen = woken_;
      }
      if (condition()) return true;
      std::unique_lock lock(mutex_);
      if (!changed_.wait_until(lock, end, [&] { return woken_ != seen; })) return condition();
    }
  }

 private:
  log::SharedLog& log_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t woken_ = 0;
};

inline log::Appended append(log::SharedLog& log, const Bytes& batch) {
  std::promise<log::Appended> answer;
  log.append(batch, [&answer](log::Appended outcome) { answer.set_value(outcome); });
  return answer.get_future().get();
}

/// As the writer does it: the same bytes until they are in. How often it was `unknown`.
inline int append_until_done(log::SharedLog& log, const Bytes& batch) {
  int unknown = 0;
  while (append(log, batch) != log::Appended::done) ++unknown;
  return unknown;
}

/// Reads on from `at` until the end is reached; the batches, in order.
inline std::vector<Bytes> read_to_end(log::SharedLog& log, log::Position& at) {
  std::vector<Bytes> batches;
  Waiter waiter(log);
  waiter.until([&] {
    for (const auto& entry : log.read(at, 1 << 20)) {
      batches.push_back(entry.batch);
      at = entry.next;
    }
    return log.at_end(at);
  });
  return batches;
}

}  // namespace aidledger::test
