#include "src/log/kafka_topics.hpp"

#include <catch2/catch.hpp>

using namespace aidledger;
using namespace aidledger::log;

namespace {

/// As create_topic makes it, on three brokers.
TopicState made(const TopicExpectation& expected) {
  TopicState topic;
  topic.name = "aidledger.ledger.test.v1";
  topic.partitions = 1;
  topic.replicas = expected.accept_single_copy ? 1 : 3;
  topic.configs = topic_configs(expected);
  return topic;
}

std::string only_finding(const TopicState& topic, const TopicExpectation& expected) {
  const auto all = findings(topic, expected);
  REQUIRE(all.size() == 1);
  return all[0];
}

}  // namespace

TEST_CASE("a topic made for its use is fit for it") {
  const auto use = GENERATE(TopicUse::ledger, TopicUse::events, TopicUse::table, TopicUse::vault);
  const bool single = GENERATE(false, true);
  CHECK(findings(made({use, single}), {use, single}).empty());
}

TEST_CASE("what would take records out of a ledger is found, and what to do is said") {
  struct Case {
    const char *name, *value, *wanted;
  };
  const auto wrong = GENERATE(values<Case>({
      {"cleanup.policy", "compact", "delete"},
      {"cleanup.policy", "compact,delete", "delete"},
      {"retention.ms", "604800000", "-1"},
      {"retention.bytes", "1000000000", "-1"},
      {"message.timestamp.type", "CreateTime", "LogAppendTime"},
      {"unclean.leader.election.enable", "true", "false"},
      {"min.insync.replicas", "1", "2"},
      {"max.message.bytes", "500000", "600000"},
  }));
  TopicState topic = made({});
  topic.configs[wrong.name] = wrong.value;
  CHECK_THAT(only_finding(topic, {}), Catch::StartsWith("topic aidledger.ledger.test.v1: " + std::string(wrong.name)) &&
                                          Catch::Contains("'" + std::string(wrong.value) + "'") &&
                                          Catch::EndsWith("set it to " + std::string(wrong.wanted)));
}

TEST_CASE("the feed's events may be larger than a batch") {
  TopicState topic = made({TopicUse::events});
  topic.configs["max.message.bytes"] = topic_configs({})["max.message.bytes"];
  CHECK_THAT(only_finding(topic, {TopicUse::events}), Catch::Contains("set it to 4194304"));
}

TEST_CASE("a ledger has one partition") {
  TopicState topic = made({});
  topic.partitions = 3;
  CHECK_THAT(only_finding(topic, {}), Catch::Contains("3 partitions") && Catch::Contains("`aidledger ledger repair`"));
  topic = made({TopicUse::vault});
  topic.partitions = 2;
  CHECK_THAT(only_finding(topic, {TopicUse::vault}), Catch::EndsWith("`aidledger vault publish`"));
}

TEST_CASE("a single copy must be accepted, and then nothing is acknowledged before it is on the disk") {
  TopicState topic = made({TopicUse::ledger, true});
  CHECK_THAT(only_finding(topic, {}), Catch::Contains("a single copy"));
  topic.configs["flush.messages"] = "9223372036854775807";
  CHECK_THAT(only_finding(topic, {TopicUse::ledger, true}), Catch::Contains("flush.messages"));
}

TEST_CASE("a table keeps the last value of each key, and a vault forgets the rest within an hour") {
  TopicState topic = made({TopicUse::vault});
  topic.configs["cleanup.policy"] = "delete";
  CHECK_THAT(only_finding(topic, {TopicUse::vault}), Catch::Contains("set it to compact"));
  topic = made({TopicUse::vault});
  topic.configs["max.compaction.lag.ms"] = "9223372036854775807";
  CHECK_THAT(only_finding(topic, {TopicUse::vault}), Catch::Contains("set it to 3600000"));
  CHECK(findings(topic, {TopicUse::table}).empty());
  topic = made({TopicUse::vault});
  topic.configs["min.compaction.lag.ms"] = "0";
  CHECK_THAT(only_finding(topic, {TopicUse::vault}), Catch::Contains("as it was when it began"));
  topic = made({TopicUse::vault});
  topic.configs["message.timestamp.type"] = "CreateTime";
  CHECK_THAT(only_finding(topic, {TopicUse::vault}), Catch::Contains("wrong clock"));
}

TEST_CASE("too few brokers are found before a topic is made, or relied on") {
  CHECK(too_few_brokers(3, {}, false).empty());
  CHECK(too_few_brokers(1, {TopicUse::ledger, true}, false).empty());
  CHECK_THAT(too_few_brokers(2, {}, false), Catch::StartsWith("2 brokers are up, and a topic needs three") &&
                                                Catch::Contains("--kafka-copies single"));
  CHECK(too_few_brokers(2, {}, true).empty());
  CHECK_THAT(too_few_brokers(1, {}, true), Catch::StartsWith("1 broker is up, and two have to be in sync"));
}

TEST_CASE("a dry run says what would be made") {
  CHECK_THAT(creation_plan("aidledger.ledger.test.v1", {}),
             Catch::StartsWith("topic aidledger.ledger.test.v1: 1 partition, 3 replicas\n  cleanup.policy=delete\n") &&
                 Catch::Contains("  min.insync.replicas=2\n") && Catch::Contains("  retention.ms=-1\n"));
  CHECK_THAT(creation_plan("t", {TopicUse::ledger, true}), Catch::Contains("1 replica\n"));
}
