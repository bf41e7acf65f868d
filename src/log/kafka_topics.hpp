#pragma once
// What a topic is, whether it may carry a ledger, and how it is made. findings() is pure; describe and create ask the
// cluster and wait 10 seconds at most.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/log/kafka_settings.hpp"

namespace aidledger::log {

struct TopicState {
  std::string name;
  std::string cluster_id;
  int partitions = 0;
  int replicas = 0;                            ///< the smallest of the partitions
  std::map<std::string, std::string> configs;  ///< in force, by Kafka's names
  std::uint64_t low = 0, high = 0;             ///< watermarks of partition 0
  int brokers = 0;                             ///< of the cluster
  bool operator==(const TopicState&) const = default;
};

enum class TopicUse {
  ledger,  ///< the source of truth: kept for ever, the broker's times
  events,  ///< the public feed: kept for ever, re-creatable
  table,   ///< compacted: the last value of each key
};

struct TopicExpectation {
  TopicUse use = TopicUse::ledger;
  bool accept_single_copy = false;  ///< one replica will do: a loss of its disk is a loss of the log
};

/// What is wrong, each a sentence that ends with what to do; empty: fit for its use.
std::vector<std::string> findings(const TopicState& topic, const TopicExpectation& expected);

/// The settings that a topic of this use is made with.
std::map<std::string, std::string> topic_configs(const TopicExpectation& expected);

/// nullopt: there is no such topic. Throws LogFailure.
std::optional<TopicState> describe_topic(const KafkaSettings& settings, const std::string& topic);
/// Made when it returns. Throws LogFailure; give_up when it exists already.
void create_topic(const KafkaSettings& settings, const std::string& topic, const TopicExpectation& expected);
/// What create_topic would do, for a dry run: lines for a person.
std::string creation_plan(const std::string& topic, const TopicExpectation& expected);

}  // namespace aidledger::log
