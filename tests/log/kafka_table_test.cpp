#include "src/log/kafka_table.hpp"

#include <catch2/catch.hpp>

#include "tests/log/kafka_broker.hpp"
#include "tests/log/kafka_mock.hpp"

using namespace aidledger;
using namespace aidledger::log;
using namespace aidledger::test;

namespace {

using Named = std::pair<std::string, std::optional<Bytes>>;

/// All that comes to the end, in order; "(none)" for a tombstone.
std::vector<std::pair<std::string, std::string>> read(KafkaTable& table) {
  std::vector<std::pair<std::string, std::string>> seen;
  table.read_to_end([&seen](std::string_view name, std::optional<BytesView> value) {
    seen.emplace_back(name, value.value_or("(none)"));
  });
  return seen;
}

using Seen = std::vector<std::pair<std::string, std::string>>;

}  // namespace

TEST_CASE("what one node puts, the other reads, in order and once") {
  const MockCluster cluster;
  KafkaTable here(cluster.settings());
  KafkaTable there(cluster.settings());
  CHECK(read(there).empty());
  here.put({{"person/1", "key 1"}, {"person/2", "key 2"}});
  here.put({{"person/1", std::nullopt}});
  CHECK(read(there) == Seen{{"person/1", "key 1"}, {"person/2", "key 2"}, {"person/1", "(none)"}});
  CHECK(read(there).empty());
  there.put({{"person/3", "key 3"}});
  CHECK(read(there) == Seen{{"person/3", "key 3"}});
  CHECK(read(here).size() == 4);
}

TEST_CASE("a visit that fails is made again") {
  const MockCluster cluster;
  KafkaTable table(cluster.settings());
  table.put({{"a", "1"}, {"b", "2"}, {"c", "3"}});
  int visits = 0;
  CHECK_THROWS_WITH(table.read_to_end([&](auto, auto) {
    if (++visits == 2) throw std::runtime_error("no room");
  }),
                    "no room");
  CHECK(read(table) == Seen{{"b", "2"}, {"c", "3"}});
}

TEST_CASE("a put that fails throws a sentence, and the next one goes through") {
  const MockCluster cluster;
  KafkaTable table(cluster.settings());
  table.put({{"a", "1"}});
  cluster.refuse(produce_request, {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED});
  CHECK_THROWS_WITH(table.put({{"b", "2"}}), Catch::Contains("has no right to topic"));
  table.put({{"b", "2"}});
  CHECK(read(table).back() == std::pair<std::string, std::string>("b", "2"));
}

TEST_CASE("a compacted topic on a real broker keeps what was put", "[kafka]") {
  const Broker broker("a table");
  if (!broker) return;
  const auto settings = broker.topic(TopicUse::vault);
  CHECK(findings(*describe_topic(settings, settings.topic), {TopicUse::vault, true}).empty());
  KafkaTable here(settings);
  std::vector<Named> many;
  for (int i = 0; i < 1000; ++i)
    many.emplace_back("person/" + std::to_string(i), Bytes(100, static_cast<char>('a' + i % 26)));
  here.put(many);
  here.put({{"person/7", std::nullopt}});
  KafkaTable there(settings);
  const auto seen = read(there);
  REQUIRE(seen.size() == 1001);
  CHECK(seen[7].second == many[7].second);
  CHECK(seen.back() == std::pair<std::string, std::string>("person/7", "(none)"));
}
