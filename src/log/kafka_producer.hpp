#pragma once
// Appends to partition 0 of a topic, one message in flight, on a thread of its own. Whatever goes wrong has one way
// out: the librdkafka producer is given up, the message is answered `unknown`, and the next append gets a new producer
// (after a pause that grows to two seconds). Internal to src/log.
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "src/log/kafka_client.hpp"

namespace aidledger::log {

class KafkaProducer {
 public:
  /// Where the end is at least, by a delivery report: told before the answer.
  using Reaches = std::function<void(Position end)>;

  KafkaProducer(const KafkaSettings& settings, Reaches reaches);
  /// What is in flight is answered `unknown`.
  ~KafkaProducer();

  /// Answered on this class's thread. Given to librdkafka at once where the last one was done. std::logic_error while
  /// another is in flight.
  void send(Bytes value, std::function<void(Appended)> done);
  /// Why the last one was not done, or why there is no connection; empty: nothing is wrong.
  std::string failing() const;
  std::uint64_t dropped() const;

 private:
  struct Job {
    Bytes value;
    std::function<void(Appended)> done;
    std::optional<rd_kafka_resp_err_t> produced;  ///< once it was given to librdkafka
  };
  struct Delivery {
    rd_kafka_resp_err_t error;
    std::int64_t offset;
  };

  std::unique_ptr<KafkaClient> make_client();
  void run();
  std::optional<Job> next_job();
  Appended attempt(Job& job);
  bool have_client();
  rd_kafka_resp_err_t produce(const Bytes& value);
  rd_kafka_resp_err_t delivered();
  void give_up(const std::string& why);
  void pause();
  bool stopping() const;

  KafkaSettings settings_;
  Reaches reaches_;
  std::unique_ptr<KafkaClient> client_;  ///< of the thread, as are the next two; of `send` while warm_
  std::optional<Delivery> delivery_;
  int failures_ = 0;  ///< since the last success
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Job> job_;
  bool busy_ = false, stopping_ = false;
  bool warm_ = false;  ///< not busy, and the last one was done: client_ and delivery_ rest
  std::string failing_;
  std::uint64_t dropped_ = 0;
  std::thread thread_;
};

}  // namespace aidledger::log
