#include "src/log/kafka_topics.hpp"

#include <charconv>

#include "src/log/kafka_properties.hpp"
#include "src/vault/topic_settings.hpp"

namespace aidledger::log {
namespace {

constexpr int copies = 3, copies_in_sync = 2;
constexpr std::int64_t least_message_bytes = 600'000;  ///< a frame and what Kafka adds to it

std::int64_t number_in(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::int64_t in_vault(std::string_view setting) {
  for (const auto& [name, value] : vault::vault_topic_settings)
    if (name == setting) return number_in(value);
  return 0;
}

bool compacted(TopicUse use) { return use == TopicUse::table || use == TopicUse::vault; }

class Examination {
 public:
  Examination(const TopicState& topic, const TopicExpectation& expected) : topic_(topic), expected_(expected) {}

  std::vector<std::string> findings() {
    judge_partitions();
    if (compacted(expected_.use))
      must_be("cleanup.policy", "compact", "only the last value of each key may go, and only that");
    else
      judge_keeping();
    if (expected_.use == TopicUse::ledger)
      must_be("message.timestamp.type", "LogAppendTime",
              "the broker's clock is the second witness to the recorded time");
    if (expected_.use == TopicUse::vault) judge_forgetting();
    judge_copies();
    must_be("unclean.leader.election.enable", "false", "a replica that lags would cut the topic");
    if (expected_.use == TopicUse::events)
      must_be_at_least("max.message.bytes", events_topic_message_bytes, "an event is told in full, however large");
    else
      must_be_at_least("max.message.bytes", least_message_bytes, "a batch may have 512 KiB");
    return std::move(findings_);
  }

 private:
  void judge_partitions() {
    if (topic_.partitions == 1) return;
    say("it has " + std::to_string(topic_.partitions) +
        " partitions, which cannot be taken away, and order holds within one only: delete the topic, then " +
        put_back());
  }

  std::string put_back() const {
    switch (expected_.use) {
      case TopicUse::ledger:
        return "put its records back with `aidledger ledger repair`, on every node, while none runs";
      case TopicUse::vault: return "put its keys back with `aidledger backup` and `aidledger vault publish`";
      default: return "the feed makes it anew";
    }
  }

  void judge_keeping() {
    must_be("cleanup.policy", "delete", "compaction would take messages out of the middle");
    must_be("retention.ms", "-1", "old messages would be deleted");
    must_be("retention.bytes", "-1", "old messages would be deleted");
  }

  void judge_forgetting() {
    must_be("message.timestamp.type", "LogAppendTime", "a node's wrong clock would keep files from being cleaned");
    must_be_at_most("max.compaction.lag.ms", in_vault("max.compaction.lag.ms"),
                    "what was erased must be gone from the brokers' files by then");
    for (const std::string lag : {"min.compaction.lag.ms", "delete.retention.ms"})
      must_be_at_least(lag, in_vault("min.compaction.lag.ms"), "a reader must see the topic as it was when it began");
  }

  void judge_copies() {
    if (topic_.replicas >= 2)
      return must_be_at_least("min.insync.replicas", copies_in_sync, "an acknowledged message must be on two disks");
    if (!expected_.accept_single_copy)
      return say(
          "it has a single copy, which is lost with its disk: make it with three replicas, or accept one: "
          "--kafka-copies single");
    must_be("flush.messages", "1", "with a single copy nothing may be acknowledged before it is on the disk");
  }

  std::string value(const std::string& name) const {
    const auto found = topic_.configs.find(name);
    return found == topic_.configs.end() ? "" : found->second;
  }

  std::int64_t number(const std::string& name) const { return number_in(value(name)); }

  void must_be(const std::string& name, const std::string& wanted, const std::string& reason) {
    if (value(name) != wanted) complain(name, wanted, reason);
  }

  void must_be_at_least(const std::string& name, std::int64_t least, const std::string& reason) {
    if (number(name) < least) complain(name, std::to_string(least), reason);
  }

  void must_be_at_most(const std::string& name, std::int64_t most, const std::string& reason) {
    if (value(name).empty() || number(name) > most) complain(name, std::to_string(most), reason);
  }

  void complain(const std::string& name, const std::string& wanted, const std::string& reason) {
    say(name + " is '" + value(name) + "' (" + reason + "): set it to " + wanted);
  }

  void say(const std::string& sentence) { findings_.push_back("topic " + topic_.name + ": " + sentence); }

  const TopicState& topic_;
  const TopicExpectation& expected_;
  std::vector<std::string> findings_;
};

}  // namespace

std::vector<std::string> findings(const TopicState& topic, const TopicExpectation& expected) {
  return Examination(topic, expected).findings();
}

std::string too_few_brokers(int up, const TopicExpectation& expected, bool there) {
  if (expected.accept_single_copy || up >= (there ? copies_in_sync : copies)) return {};
  const std::string are_up = std::to_string(up) + (up == 1 ? " broker is" : " brokers are") + " up";
  if (there) return are_up + ", and two have to be in sync before anything is acknowledged: start the others";
  return are_up +
         ", and a topic needs three for its replicas, two of them in sync: start the others, or accept a "
         "single copy, which is lost with its disk: --kafka-copies single";
}

std::map<std::string, std::string> topic_configs(const TopicExpectation& expected) {
  std::map<std::string, std::string> configs = {
      {"cleanup.policy", compacted(expected.use) ? "compact" : "delete"},
      {"compression.type", "producer"},
      {"max.message.bytes",
       std::to_string(expected.use == TopicUse::events ? events_topic_message_bytes : topic_message_bytes)},
      {"min.insync.replicas", expected.accept_single_copy ? "1" : "2"},
      {"unclean.leader.election.enable", "false"},
  };
  if (expected.accept_single_copy) configs["flush.messages"] = "1";
  if (expected.use == TopicUse::ledger) configs["message.timestamp.type"] = "LogAppendTime";
  if (!compacted(expected.use)) configs["retention.ms"] = configs["retention.bytes"] = "-1";
  if (expected.use == TopicUse::vault)
    for (const auto& [name, value] : vault::vault_topic_settings) configs[std::string(name)] = value;
  return configs;
}

std::string creation_plan(const std::string& topic, const TopicExpectation& expected) {
  std::string plan =
      "topic " + topic + ": 1 partition, " + (expected.accept_single_copy ? "1 replica" : "3 replicas") + "\n";
  for (const auto& [name, value] : topic_configs(expected)) plan += "  " + name + "=" + value + "\n";
  return plan;
}

}  // namespace aidledger::log
