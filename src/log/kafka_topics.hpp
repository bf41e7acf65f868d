#pragma once
// What a topic is, whether it is fit for its use, and how it is made. findings(), too_few_brokers() and creation_plan()
// are pure; describe_topic, brokers_up and create_topic ask the cluster and wait 10 seconds at most.
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
  int brokers = 0;                             ///< of the cluster, that are up
  std::map<std::string, std::string> configs;  ///< in force, by Kafka's names
  std::uint64_t low = 0, high = 0;             ///< watermarks of partition 0
};

enum class TopicUse {
  ledger,  ///< the source of truth: kept for ever, the broker's times
  events,  ///< the public feed: kept for ever, can be made again from the ledger
  table,   ///< compacted, the last value of each key: the feed's tables
  vault,   ///< compacted as well, and within an hour: what was erased must be gone from the brokers' files
};

struct TopicExpectation {
  TopicUse use = TopicUse::ledger;
  /// One replica will do: with its disk the topic is lost. Otherwise three, two of them in sync.
  bool accept_single_copy = false;
};

/// What is wrong, each a sentence that ends with what to do; empty: fit for its use.
std::vector<std::string> findings(const TopicState& topic, const TopicExpectation& expected);

/// Why a topic cannot be made, or written to where it is `there`, with so many brokers up: a sentence that ends with
/// what to do; empty: it can.
std::string too_few_brokers(int up, const TopicExpectation& expected, bool there);

/// The settings that a topic of this use is made with.
std::map<std::string, std::string> topic_configs(const TopicExpectation& expected);
/// What create_topic would do, for a dry run: lines for a person.
std::string creation_plan(const std::string& topic, const TopicExpectation& expected);

/// nullopt: there is no such topic. Throws LogFailure.
std::optional<TopicState> describe_topic(const KafkaSettings& settings, const std::string& topic);
/// How many of the cluster's brokers run. Throws LogFailure.
int brokers_up(const KafkaSettings& settings);
/// Made, with a leader, and known to every broker when it returns. Throws LogFailure; give_up when there is one
/// already, or too few brokers.
void create_topic(const KafkaSettings& settings, const std::string& topic, const TopicExpectation& expected);

}  // namespace aidledger::log
