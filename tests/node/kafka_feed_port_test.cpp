// The feed's place in a real Kafka: its topics are made, and made again when they are lost.
#include "src/kafka_feed_port.hpp"

#include <catch2/catch.hpp>

#include "src/feed/publisher.hpp"
#include "tests/log/kafka_broker.hpp"

using namespace aidledger;
using namespace aidledger::feed;
using test::Broker;

namespace {

/// A ledger of so many records, each of one event.
struct Records : FeedSource {
  explicit Records(std::string ledger) : topic(events_topic(ledger)) {}
  Seq next_seq() override { return count; }
  std::vector<Message> messages_of(Seq seq) override {
    const EventRef at{seq, 0};
    return {{topic, "c-1", {{"ce_id", to_text(at)}}, to_text(at), at}};
  }
  bool claimed_by_us() override { return true; }
  std::string topic;
  Seq count = 3;
};

void publish_all(Publisher& publisher) {
  while (publisher.step() != Step::idle) {
  }
}

/// Deletes the topic; published to a moment too early it would take the messages along.
void lose(const log::KafkaSettings& settings) {
  test::lose(settings);
  while (log::describe_topic(settings, settings.topic)) {
    // It is still being deleted.
  }
}

/// Messages that are there, committed, once there are so many: what was committed is shown a moment later.
std::size_t told(const log::KafkaSettings& settings, std::size_t at_least) {
  log::KafkaClient reader(log::KafkaClient::Kind::consumer, settings, log::feed_consumer());
  log::assign(reader.handle(), settings.topic, 0);
  for (std::size_t count = 0;;) {
    const auto message = log::poll(reader.handle(), 1'000);
    if (!message) continue;
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF && count >= at_least) return count;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) ++count;
  }
}

}  // namespace

TEST_CASE("a feed that nobody has begun is empty, and taken over its topics are made", "[kafka]") {
  const Broker broker("a feed's first topics");
  if (!broker) return;
  const std::string ledger = Broker::unique("feed");
  KafkaFeedPort port({broker.settings(""), true}, ledger);
  const Tail before = port.tail();
  CHECK((before.known && !before.last));
  REQUIRE(port.take_over());
  for (const auto& topic : {events_topic(ledger), std::string(standing_topic), std::string(subsidy_topic)})
    CHECK(log::describe_topic(broker.settings(topic), topic));
  CHECK(port.made().contains(events_topic(ledger)));
  CHECK(port.made().empty());
  const Tail after = port.tail();
  CHECK((after.known && !after.last));
}

TEST_CASE("a topic that is lost beneath its publisher is made anew, and told from the beginning", "[kafka]") {
  const Broker broker("a feed's lost topic");
  if (!broker) return;
  const std::string ledger = Broker::unique("feed");
  const auto settings = broker.settings(events_topic(ledger));
  KafkaFeedPort port({settings, true}, ledger);
  Records records(ledger);
  Publisher publisher(records, port);
  publish_all(publisher);
  REQUIRE(told(settings, 3) == 3);
  records.count = 5;
  SECTION("while it publishes") {
    lose(settings);
    publish_all(publisher);
  }
  SECTION("between its fence and its look at the tail") {
    REQUIRE(port.take_over());
    lose(settings);
    while (port.tail().known) {
    }
    Publisher next(records, port);
    publish_all(next);
  }
  CHECK(told(settings, 5) == 5);
}
