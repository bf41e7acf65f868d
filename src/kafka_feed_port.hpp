#pragma once
// The feed in Kafka: one transaction for each publish, under a transactional id of the ledger, so that of two
// publishers the older is fenced. Topics that are missing are made, also when they were lost beneath a publisher; those
// that are there must be fit for their use.
#include <utility>

#include "src/feed/feed_port.hpp"
#include "src/log/kafka_feed.hpp"

namespace aidledger {

struct KafkaFeedSettings {
  log::KafkaSettings kafka;         ///< brokers and security
  bool accept_single_copy = false;  ///< one replica of each topic will do
};

class KafkaFeedPort : public feed::FeedPort {
 public:
  /// Throws log::LogFailure (give_up) when the settings cannot be right.
  KafkaFeedPort(KafkaFeedSettings settings, const std::string& ledger);

  bool take_over() override;
  std::set<std::string> made() override { return std::exchange(made_, {}); }
  /// Before take_over a topic that is missing is an empty feed: who claimed it has not come to make it.
  feed::Tail tail() override;
  feed::Published publish(const std::vector<feed::Message>& messages) override;
  std::string failing() const override { return failing_; }

 private:
  void see_to_topics();
  bool nobody_has_begun();

  KafkaFeedSettings settings_;
  std::string events_, transactional_id_;
  log::KafkaFeed feed_;
  bool topics_are_right_ = false;
  std::set<std::string> made_;
  std::string failing_;
};

}  // namespace aidledger
