// The log on librdkafka's mock: no error loses a batch, and nobody is told `done` for what is not there.
#include <catch2/catch.hpp>

#include "tests/log/kafka_mock.hpp"

using namespace aidledger;
using namespace aidledger::log;
using namespace aidledger::test;

namespace {

struct Fixture {
  MockCluster cluster;
  KafkaLog log{cluster.settings()};
  Position at;

  std::vector<Bytes> all() { return read_to_end(log, at); }
};

struct Trouble {
  const char* name;
  std::vector<rd_kafka_resp_err_t> errors;
};

}  // namespace

TEST_CASE_METHOD(Fixture, "an empty topic has been read to its end once the broker says so") {
  CHECK_FALSE(log.at_end({}));
  CHECK(all().empty());
  CHECK(log.at_end({}));
}

TEST_CASE_METHOD(Fixture, "what was appended is read back in order, and that is the end") {
  for (const Bytes batch : {"one", "two", "three"}) CHECK(append(log, batch) == Appended::done);
  CHECK(all() == std::vector<Bytes>{"one", "two", "three"});
  CHECK(log.at_end(at));
  CHECK_FALSE(log.at_end({}));
}

TEST_CASE_METHOD(Fixture, "a reader may go back, and starts anywhere") {
  for (const Bytes batch : {"one", "two", "three"}) append(log, batch);
  all();
  at = {1};
  CHECK(all() == std::vector<Bytes>{"two", "three"});
  at = {3};
  CHECK(all().empty());
}

TEST_CASE_METHOD(Fixture, "a read takes about as many bytes as it was asked for, and one batch at least") {
  const Bytes large(1000, 'x');
  for (int i = 0; i < 5; ++i) append(log, large);
  Waiter waiter(log);
  std::vector<Entry> first;
  REQUIRE(waiter.until([&] { return !(first = log.read({}, 1)).empty(); }));
  CHECK(first.size() == 1);
  CHECK(first[0].next == Position{1});
  std::size_t most = 0;
  at = first[0].next;
  REQUIRE(waiter.until([&] {
    const auto more = log.read(at, 2500);
    most = std::max(most, more.size());
    if (!more.empty()) at = more.back().next;
    return log.at_end(at);
  }));
  CHECK(most <= 2);
}

TEST_CASE("no error of an append loses a batch, and none is answered done that is not there") {
  const auto trouble = GENERATE(values<Trouble>({
      {"out of order", {RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER}},
      {"invalid epoch", {RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH}},
      {"unknown producer", {RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID}},
      {"not enough replicas",
       {RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND}},
      {"timed out at the broker", {RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT}},
      {"leader moved", {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION}},
      {"disk of the broker", {RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR}},
      {"connection cut", {RD_KAFKA_RESP_ERR__TRANSPORT}},
      {"no right", {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED}},
      {"too large", {RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE}},
      {"unknown", {RD_KAFKA_RESP_ERR_UNKNOWN}},
  }));
  INFO(trouble.name);
  Fixture here;
  CHECK(append(here.log, "before") == Appended::done);
  here.cluster.refuse(produce_request, trouble.errors);
  append_until_done(here.log, "in doubt");
  CHECK(append(here.log, "after") == Appended::done);
  auto batches = here.all();
  batches.erase(std::unique(batches.begin(), batches.end()), batches.end());  // twice is allowed, that is a void batch
  CHECK(batches == std::vector<Bytes>{"before", "in doubt", "after"});
  CHECK(here.log.failing().empty());
}

TEST_CASE_METHOD(Fixture,
                 "a producer that is broken for good is given up, and the next append goes through a new one") {
  append(log, "before");
  cluster.refuse(produce_request,
                 {RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER});
  CHECK(append_until_done(log, "after") > 0);
  CHECK(log.producers_dropped() > 0);
  CHECK(all().back() == "after");
}

TEST_CASE_METHOD(Fixture, "an append that never comes back is answered unknown, and says why") {
  rd_kafka_mock_broker_set_down(cluster.get(), 1);
  CHECK(append(log, "lost on the way") == Appended::unknown);
  CHECK_THAT(log.failing(), Catch::Contains("no Kafka broker answers at 127.0.0.1"));
  rd_kafka_mock_broker_set_up(cluster.get(), 1);
  append_until_done(log, "lost on the way");
  CHECK(all() == std::vector<Bytes>{"lost on the way"});
  Waiter waiter(log);
  CHECK(waiter.until([&] { return log.failing().empty(); }));
}

TEST_CASE_METHOD(Fixture, "a broker that is gone is not the end of the log") {
  append(log, "one");
  all();
  REQUIRE(log.at_end(at));
  rd_kafka_mock_broker_set_down(cluster.get(), 1);
  const auto soon = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (log.at_end(at) && std::chrono::steady_clock::now() < soon) std::this_thread::yield();
  CHECK_FALSE(log.at_end(at));
  rd_kafka_mock_broker_set_up(cluster.get(), 1);
  CHECK(all().empty());
  CHECK(log.at_end(at));
}

TEST_CASE("a leader that is down is asked for the end in vain, but not for ever, and its successor is found") {
  const MockCluster cluster(2);
  rd_kafka_mock_partition_set_leader(cluster.get(), cluster.topic.c_str(), 0, 1);
  KafkaClient asker(KafkaClient::Kind::asker, cluster.settings(), ledger_consumer());
  const auto answered = [&] {
    try {
      return asker.watermarks(cluster.topic, 2'000) == Watermarks{};
    } catch (const LogFailure&) {
      return false;
    }
  };
  CHECK(answered());
  rd_kafka_mock_broker_set_down(cluster.get(), 1);
  CHECK_FALSE(answered());
  rd_kafka_mock_partition_set_leader(cluster.get(), cluster.topic.c_str(), 0, 2);
  CHECK((answered() || answered() || answered()));
}

TEST_CASE_METHOD(Fixture, "a position beyond the end means that the topic was cut") {
  append(log, "one");
  Waiter waiter(log);
  CHECK(waiter.until([&] {
    CHECK(log.read({7}, 1000).empty());
    return log.diverged().has_value();
  }));
  CHECK_THAT(log.diverged().value_or(""), Catch::Contains("ends at offset 1") && Catch::Contains("up to offset 7"));
  CHECK_FALSE(log.at_end({7}));
}

TEST_CASE_METHOD(Fixture, "the batch at a position can be asked for, and where the log begins and ends") {
  append(log, "one");
  append(log, "two");
  CHECK(log.watermarks().high == Position{2});
  CHECK(log.entry_at({0})->batch == "one");
  CHECK(log.entry_at({1})->batch == "two");
  CHECK_FALSE(log.entry_at({2}));
  CHECK_FALSE(log.cluster_id().empty());
}

TEST_CASE_METHOD(Fixture, "two writers interleave, and both read the same order") {
  KafkaLog other(cluster.settings());
  for (int i = 0; i < 20; ++i) {
    append_until_done(log, "a" + std::to_string(i));
    append_until_done(other, "b" + std::to_string(i));
  }
  Position there;
  CHECK(all() == read_to_end(other, there));
  CHECK(at == there);
}

TEST_CASE("a log that is closed while a batch is on its way answers unknown") {
  MockCluster cluster;
  std::optional<Appended> outcome;
  {
    KafkaLog log(cluster.settings());
    rd_kafka_mock_broker_set_down(cluster.get(), 1);
    log.append("one", [&](Appended answer) { outcome = answer; });
  }
  CHECK(outcome == Appended::unknown);
}

TEST_CASE_METHOD(Fixture, "one append at a time") {
  rd_kafka_mock_broker_set_down(cluster.get(), 1);
  log.append("one", [](Appended) {});
  CHECK_THROWS_AS(log.append("two", [](Appended) {}), std::logic_error);
}
