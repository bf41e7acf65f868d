#pragma once
// Reads one topic to its end and on, ahead of its reader: a thread that fetches and one that asks the broker every
// second where the log begins and ends. Internal to src/log.
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "src/log/kafka_client.hpp"
#include "src/log/kafka_window.hpp"

namespace aidledger::log {

class KafkaTail {
 public:
  explicit KafkaTail(const KafkaSettings& settings);
  ~KafkaTail();

  std::vector<Entry> read(Position from, std::size_t max_bytes);
  bool at_end(Position position) const;
  Position known_end() const;
  /// Replaces what is called when there is more to read, or when at_end or diverged has changed.
  void on_change(std::function<void()> wake);
  void reaches(Position end);
  std::optional<std::string> diverged() const;
  std::string trouble() const;

  // Questions; these wait 5 seconds at most and throw LogFailure.

  std::string cluster_id();
  Watermarks watermarks();
  std::optional<Entry> entry_at(Position position) const;

 private:
  void fetch();
  void take(const rd_kafka_message_t& message);
  void watch();
  void ask_once();
  bool is_still_there(const KafkaWindow::Sample& sample) const;
  void update(const std::function<void(KafkaWindow&)>& change);

  KafkaSettings settings_;
  KafkaClient consumer_;
  std::unique_ptr<rd_kafka_queue_t, decltype(&rd_kafka_queue_destroy)> events_;
  std::mutex asking_;
  KafkaClient asker_;
  bool doubtful_ = false;    ///< of the watching thread: the topic may be another one since the last comparison
  std::uint64_t asked_ = 0;  ///< likewise
  mutable std::mutex mutex_;
  std::condition_variable room_, question_;
  KafkaWindow window_;
  bool stopping_ = false, ask_now_ = false;
  std::mutex waking_;
  std::function<void()> wake_ = [] {};
  std::thread fetches_, watches_;
};

}  // namespace aidledger::log
