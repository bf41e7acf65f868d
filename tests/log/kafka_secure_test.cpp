// TLS, SASL/SCRAM and rights on a real broker.
#include <catch2/catch.hpp>

#include "tests/log/kafka_mock.hpp"
#include "tests/log/kafka_secured.hpp"

using namespace aidledger;
using namespace aidledger::log;
using namespace aidledger::test;

namespace {

std::string refusal(const KafkaSettings& settings) {
  KafkaClient client(KafkaClient::Kind::asker, settings, ledger_consumer());
  try {
    client.watermarks(settings.topic, 5'000);
  } catch (const LogFailure& failure) {
    return failure.what();
  }
  return "";
}

}  // namespace

TEST_CASE_METHOD(Secured, "a user who is let in over TLS appends and reads", "[kafka]") {
  if (!*this) return;
  const auto settings = as("aidledger", Broker::unique("aidledger.test"));
  create_topic(settings, settings.topic, {TopicUse::ledger, true});
  KafkaLog log(settings);
  CHECK(append(log, "one") == Appended::done);
  Position at;
  CHECK(read_to_end(log, at) == std::vector<Bytes>{"one"});
  CHECK(log.failing().empty());
}

TEST_CASE_METHOD(Secured, "who is not let in hears why", "[kafka]") {
  if (!*this) return;
  auto settings = as("aidledger", plain.topic().topic);
  std::string expected;
  CHECK(refusal(settings).empty());
  SECTION("another password") {
    settings.security.sasl_password_file = folder + "stranger.password";
    expected = "does not let the user 'aidledger' in";
  }
  SECTION("an authority that did not sign the broker's certificate") {
    settings.security.ca_file = folder + "other-ca.pem";
    expected = "TLS with Kafka at localhost";
  }
  SECTION("another name than the certificate's") {
    settings.brokers.replace(0, settings.brokers.find(':'), "127.0.0.1");
    expected = "TLS with Kafka at 127.0.0.1";
  }
  SECTION("TLS at a port that does not speak it") {
    settings.brokers = plain.settings("").brokers;
    expected = "TLS with Kafka at 127.0.0.1";
  }
  SECTION("no TLS at a port that wants it") {
    settings.security = {};
    expected = "hangs up: set kafka.protocol, which is 'plaintext', to what that port speaks";
  }
  CHECK_THAT(refusal(settings), Catch::Contains(expected));
}

TEST_CASE_METHOD(Secured, "who has no rights hears which", "[kafka]") {
  if (!*this) return;
  const auto settings = as("stranger", plain.topic().topic);
  CHECK_THAT(refusal(settings), Catch::Contains("the user 'stranger' has no right to topic '" + settings.topic + "'"));
  KafkaLog log(settings);
  CHECK(append(log, "one") == Appended::unknown);
  CHECK_THAT(log.failing(), Catch::Contains("the user 'stranger' has no right"));
  CHECK_THROWS_WITH(create_topic(settings, Broker::unique("aidledger.test"), {TopicUse::ledger, true}),
                    Catch::Contains("the user 'stranger' has no right"));
}
