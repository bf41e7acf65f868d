// What the settings of a node on Kafka have to look like, before any broker is asked.
#include "tests/service/process.hpp"

using namespace aidledger;

namespace {

KafkaPlaceSettings with(const std::string& brokers, const std::string& first_key = "", test::Flags flags = {}) {
  flags["log.place"] = "kafka";
  flags["kafka.brokers"] = brokers;
  flags["kafka.first_key"] = "north=" + first_key + ",south=";
  return kafka_settings(settings::settings_of(test::settings_in("/nowhere", flags), "north"));
}

}  // namespace

TEST_CASE("brokers are named by host and port") {
  for (const std::string brokers : {"b1", "b1:9092", "b1:1,b2:65535", "10.0.0.1:9092", "[::1]:9092", "::1"})
    CHECK(with(brokers).kafka.brokers == brokers);
  for (const std::string wrong : {"b2:", "b2:0", "b2:65536", "b2:99999999999", "b2:9092x", "b2:-1", ":9092", ""}) {
    const std::string sentence = "kafka.brokers is HOST:PORT,...: in 'b1:9092," + wrong + "', '" + wrong + "' is none";
    CHECK_THROWS_WITH(with("b1:9092," + wrong), sentence);
  }
}

TEST_CASE("the pinned key is one, or none") {
  const std::string key = "b2942f91e3495371d1f9d1966c43abbdf030234d23a2f8907428118cb8a4e0dc";
  CHECK(to_hex(with("b1", key).first_public_key) == key);
  CHECK(with("b1").first_public_key.empty());
  for (const auto& wrong : {key.substr(2), key + "00", key.substr(1), "z" + key.substr(1)})
    CHECK_THROWS_WITH(with("b1", wrong), Catch::StartsWith("kafka.first_key is 64 hexadecimal digits, ") &&
                                             Catch::EndsWith("'" + wrong + "' is not"));
}

TEST_CASE("a certificate comes with its key") {
  const test::Flags certificate{{"kafka.certificate_file", "c.pem"}}, key{{"kafka.key_file", "c.key"}};
  for (const auto& one : {certificate, key})
    CHECK_THROWS_WITH(with("b1", "", one), Catch::Contains("kafka.certificate_file and kafka.key_file"));
  CHECK(with("b1", "", {{"kafka.certificate_file", "c.pem"}, {"kafka.key_file", "c.key"}}).kafka.security.key_file ==
        "c.key");
}
