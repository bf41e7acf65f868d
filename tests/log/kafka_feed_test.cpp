#include "src/log/kafka_feed.hpp"

#include <catch2/catch.hpp>

#include "src/world/world.hpp"
#include "tests/log/kafka_broker.hpp"
#include "tests/log/kafka_mock.hpp"

using namespace aidledger;
using namespace aidledger::log;
using namespace aidledger::test;

namespace {

FeedMessage event(const std::string& topic, int number) {
  const auto text = std::to_string(number);
  return {topic, "case-" + text, {{"ce_id", text + ".0"}, {"ce_type", "test"}}, "{\"sequence\":" + text + "}"};
}

/// How many handles the library has made in this process, with the one that tells.
int handles_made() {
  const MockCluster cluster;
  const std::string name = rd_kafka_name(rd_kafka_mock_cluster_handle(cluster.get()));
  return std::stoi(name.substr(name.rfind('-') + 1));
}

}  // namespace

TEST_CASE("what was published in one transaction is the tail") {
  const MockCluster cluster;
  KafkaFeed feed(cluster.settings());
  CHECK_THROWS_AS(feed.publish({event(cluster.topic, 1)}), std::logic_error);
  CHECK_FALSE(feed.tail(cluster.topic));
  feed.init("aidledger.feed.test");
  CHECK(feed.publish({}) == Published::done);
  CHECK(feed.publish({event(cluster.topic, 1), event(cluster.topic, 2)}) == Published::done);
  const auto tail = feed.tail(cluster.topic);  // the mock commits at once
  REQUIRE(tail);
  CHECK(tail->key == "case-2");
  CHECK(tail->headers == Headers{{"ce_id", "2.0"}, {"ce_type", "test"}});
  CHECK(tail->value == "{\"sequence\":2}");
  CHECK(feed.publish({{cluster.topic, "case-3", {}, std::nullopt}}) == Published::done);
  CHECK_FALSE(feed.tail(cluster.topic)->value);
}

TEST_CASE("a node that looks at the tail of another's feed, again and again, keeps its handles") {
  const MockCluster cluster;
  KafkaFeed publisher(cluster.settings()), watcher(cluster.settings());
  publisher.init("aidledger.feed.test");
  const auto look = [&](int number) {
    publisher.publish({event(cluster.topic, number)});
    REQUIRE(watcher.is_there(cluster.topic));
    REQUIRE(watcher.tail(cluster.topic)->key == "case-" + std::to_string(number));
  };
  look(1);
  const int made = handles_made();
  for (int number = 2; number < 40; ++number) look(number), look(number);
  CHECK(handles_made() == made + 1);
}

TEST_CASE("whatever refuses a transaction, it is not done, and a new producer goes on") {
  struct Trouble {
    const char* name;
    std::int16_t request;
    rd_kafka_resp_err_t error;
    Published outcome;
  };
  constexpr std::int16_t add_partitions_request = 24;
  constexpr std::int16_t end_request = 26;
  const auto trouble = GENERATE(values<Trouble>({
      {"out of order", produce_request, RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, Published::unknown},
      {"too large", produce_request, RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, Published::unknown},
      {"no right", add_partitions_request, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, Published::unknown},
      {"mapping expired", add_partitions_request, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_ID_MAPPING, Published::unknown},
      {"invalid state", end_request, RD_KAFKA_RESP_ERR_INVALID_TXN_STATE, Published::unknown},
      {"in doubt", end_request, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, Published::unknown},
      {"fenced at produce", produce_request, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, Published::fenced},
      {"fenced at the partitions", add_partitions_request, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, Published::fenced},
      {"fenced at the end", end_request, RD_KAFKA_RESP_ERR_PRODUCER_FENCED, Published::fenced},
  }));
  INFO(trouble.name);
  const MockCluster cluster;
  KafkaFeed feed(cluster.settings());
  feed.init("aidledger.feed.test");
  REQUIRE(feed.publish({event(cluster.topic, 1)}) == Published::done);
  cluster.refuse(trouble.request, {trouble.error});
  CHECK(feed.publish({event(cluster.topic, 2)}) == trouble.outcome);
  CHECK_FALSE(feed.failing().empty());
  feed.init("aidledger.feed.test");
  CHECK(feed.publish({event(cluster.topic, 3)}) == Published::done);
  CHECK(feed.tail(cluster.topic)->key == "case-3");
  CHECK(feed.failing().empty());
}

TEST_CASE("a message over the bound is never sent, and is named") {
  const MockCluster cluster;
  KafkaFeed feed(cluster.settings());
  feed.init("aidledger.feed.test");
  CHECK(feed.publish({{cluster.topic, "case-1", {}, Bytes(max_feed_message_bytes, 'x')}}) == Published::unknown);
  CHECK_THAT(feed.failing(), Catch::Contains("too large") && Catch::Contains(cluster.topic));
  feed.init("aidledger.feed.test");
  CHECK_FALSE(feed.tail(cluster.topic));
}

TEST_CASE("a topic that is missing is named before anything is sent") {
  const MockCluster cluster;
  KafkaFeed feed(cluster.settings());
  feed.init("aidledger.feed.test");
  cluster.refuse(3, {RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART});
  rd_kafka_mock_topic_set_error(cluster.get(), "aidledger.standing.v1", RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
  CHECK(feed.publish({event("aidledger.standing.v1", 1)}) == Published::unknown);
  CHECK_THAT(feed.failing(), Catch::Contains("there is no topic 'aidledger.standing.v1'"));
}

TEST_CASE("a publisher is fenced by its successor, and what it left open is not seen", "[kafka]") {
  const Broker broker("the feed's fence");
  if (!broker) return;
  const auto settings = broker.topic(TopicUse::events);
  const auto id = Broker::unique("aidledger.feed");
  KafkaFeed first(settings);
  first.init(id);
  CHECK(first.publish({event(settings.topic, 1)}) == Published::done);
  KafkaFeed second(settings);
  second.init(id);
  CHECK(second.tail(settings.topic)->key == "case-1");
  CHECK(first.publish({event(settings.topic, 2)}) == Published::fenced);
  CHECK(second.publish({event(settings.topic, 2), event(settings.topic, 3)}) == Published::done);
  first.init(id);
  CHECK(second.publish({event(settings.topic, 4)}) == Published::fenced);
  CHECK(first.tail(settings.topic)->key == "case-3");
}

TEST_CASE("a transaction over several topics is all or nothing", "[kafka]") {
  const Broker broker("the feed's transactions");
  if (!broker) return;
  const auto events = broker.topic(TopicUse::events);
  const auto table = broker.topic(TopicUse::table);
  KafkaFeed feed(events);
  const auto id = Broker::unique("aidledger.feed");
  feed.init(id);
  const FeedMessage too_large{table.topic, "case-2", {}, to_hex(world::system_random()->bytes(10'000))};
  limit_messages(table, 1'000);
  while (feed.publish({too_large}) == Published::done) {
    // The topic's leader has not heard of it yet.
  }
  feed.init(id);
  CHECK(feed.publish({event(events.topic, 1), event(table.topic, 1)}) == Published::done);
  CHECK(feed.publish({event(events.topic, 2), too_large}) == Published::unknown);
  feed.init(id);
  CHECK(feed.tail(events.topic)->key == "case-1");
  CHECK(feed.tail(table.topic)->key == "case-1");
}

TEST_CASE("the largest message that the feed may tell goes through, and comes back", "[kafka]") {
  const Broker broker("the feed's largest message");
  if (!broker) return;
  const auto settings = broker.topic(TopicUse::events);
  KafkaFeed feed(settings);
  const auto id = Broker::unique("aidledger.feed");
  feed.init(id);
  const auto large = to_hex(world::system_random()->bytes(max_feed_message_bytes / 2 - 1'000));
  CHECK(feed.publish({{settings.topic, "case-1", {{"ce_id", "1.0"}}, large}}) == Published::done);
  feed.init(id);  // from then on the tail is what was published
  const auto tail = feed.tail(settings.topic);
  REQUIRE(tail);
  CHECK((tail->value == large));  // no 4 MB on the screen
}

TEST_CASE("the tail is found behind many messages that were not committed", "[kafka]") {
  const Broker broker("the feed's tail");
  if (!broker) return;
  const auto settings = broker.topic(TopicUse::events);
  const auto id = Broker::unique("aidledger.feed");
  KafkaFeed feed(settings);
  feed.init(id);
  CHECK(feed.publish({event(settings.topic, 1)}) == Published::done);
  {
    KafkaClient client(KafkaClient::Kind::producer, settings, feed_producer(id));
    REQUIRE(rd_kafka_init_transactions(client.handle(), 30'000) == nullptr);
    REQUIRE(rd_kafka_begin_transaction(client.handle()) == nullptr);
    for (int i = 0; i < 40; ++i) produce(client.handle(), {settings.topic, "open", "never committed"});
    REQUIRE(rd_kafka_flush(client.handle(), 10'000) == RD_KAFKA_RESP_ERR_NO_ERROR);
  }
  feed.init(id);
  CHECK(feed.tail(settings.topic)->key == "case-1");
}
