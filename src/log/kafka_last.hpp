#pragma once
// The last committed message of a topic, looked at again and again by the same two handles; nothing is read where the
// topic has not grown. Internal to src/log. One thread.
#include "src/log/kafka_client.hpp"
#include "src/log/kafka_feed.hpp"

namespace aidledger::log {

class KafkaLast {
 public:
  explicit KafkaLast(KafkaSettings settings) : settings_(std::move(settings)) {}

  /// Of partition 0; nothing where there is none. Throws LogFailure; then the handles are new ones.
  std::optional<FeedMessage> of(const std::string& topic);
  /// Throws LogFailure when nobody says.
  bool is_there(const std::string& topic);
  /// What was seen does not count any more.
  void look_anew();

 private:
  struct Seen {
    std::string topic;
    Watermarks marks;
    std::optional<FeedMessage> last;
  };
  KafkaClient& asker();
  std::optional<FeedMessage> look(const std::string& topic, const Watermarks& marks);
  std::optional<FeedMessage> last_between(const std::string& topic, Position from, Position end);

  KafkaSettings settings_;
  std::unique_ptr<KafkaClient> asker_, reader_;
  std::optional<Seen> seen_;
};

}  // namespace aidledger::log
