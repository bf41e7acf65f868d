// The log on a real broker: what the mock cannot show.
#include <catch2/catch.hpp>

#include "tests/log/kafka_broker.hpp"
#include "tests/log/kafka_mock.hpp"

using namespace aidledger;
using namespace aidledger::log;
using namespace aidledger::test;

TEST_CASE("a topic is made as a ledger needs it, once", "[kafka]") {
  const Broker broker("topics");
  if (!broker) return;
  const auto settings = broker.topic();
  const auto state = describe_topic(settings, settings.topic);
  REQUIRE(state);
  CHECK(findings(*state, {TopicUse::ledger, true}).empty());
  CHECK(findings(*state, {}).size() == 1);
  CHECK(state->high == 0);
  CHECK(state->brokers >= 1);
  CHECK_FALSE(state->cluster_id.empty());
  CHECK_THROWS_WITH(create_topic(settings, settings.topic, {TopicUse::ledger, true}), Catch::Contains("already"));
  CHECK_FALSE(describe_topic(settings, Broker::unique("none")));
}

TEST_CASE("what was appended is read back by every node, with the broker's time", "[kafka]") {
  const Broker broker("the log");
  if (!broker) return;
  const auto settings = broker.topic();
  const auto before = std::time(nullptr);
  KafkaLog log(settings);
  KafkaLog other(settings);
  std::vector<Bytes> batches;
  for (int i = 0; i < 50; ++i) {
    batches.push_back("batch " + std::to_string(i) + Bytes(static_cast<std::size_t>(i) * 1000, 'x'));
    CHECK(append(i % 2 == 0 ? log : other, batches.back()) == Appended::done);
  }
  for (KafkaLog* one : {&log, &other}) {
    Position at;
    CHECK(read_to_end(*one, at) == batches);
    CHECK(at == one->watermarks().high);
  }
  const auto first = log.entry_at({0});
  REQUIRE(first);
  CHECK(first->batch == batches[0]);
  CHECK(first->appended_at.value_or(Instant{}).us / 1'000'000 >= before);
  CHECK(log.cluster_id() == describe_topic(settings, settings.topic)->cluster_id);
  CHECK(log.producers_dropped() == 0);
}

TEST_CASE("a topic that does not exist is named, and read once it does", "[kafka]") {
  const Broker broker("a topic that is missing");
  if (!broker) return;
  const auto settings = broker.settings(Broker::unique("aidledger.test"));
  KafkaLog log(settings);
  CHECK(append(log, "too early") == Appended::unknown);
  CHECK_THAT(log.failing(), Catch::Contains("there is no topic '" + settings.topic + "'"));
  create_topic(settings, settings.topic, {TopicUse::ledger, true});
  append_until_done(log, "one");
  Position at;
  CHECK(read_to_end(log, at).back() == "one");
}

TEST_CASE("a topic that is deleted and made anew is noticed, empty or as long as before", "[kafka]") {
  const Broker broker("a topic made anew");
  if (!broker) return;
  const bool refilled = GENERATE(false, true);
  const auto settings = broker.topic();
  KafkaLog log(settings);
  for (int i = 0; i < 5; ++i) append(log, "batch " + std::to_string(i));
  Position at;
  read_to_end(log, at);
  make_anew(settings);
  KafkaLog other(settings);
  for (int i = 0; refilled && i < 5; ++i) append_until_done(other, "other " + std::to_string(i));
  Waiter waiter(log);
  REQUIRE(waiter.until([&] {
    log.read(at, 1000);
    return log.diverged().has_value();
  }));
  CHECK_THAT(*log.diverged(), Catch::Contains(refilled ? "made anew" : "ends at offset 0"));
  CHECK_FALSE(log.at_end(at));
}
