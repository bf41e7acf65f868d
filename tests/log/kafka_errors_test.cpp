#include "src/log/kafka_errors.hpp"

#include <catch2/catch.hpp>

#include "src/log/kafka_client.hpp"

using namespace aidledger::log;

namespace {

const KafkaSettings settings{"b1:9092", "aidledger.ledger.city.v1", {}};

std::string sentence(rd_kafka_resp_err_t error, const std::string& reason) {
  return kafka_sentence(error, settings, settings.topic, reason);
}

}  // namespace

TEST_CASE("one trouble is one sentence, however long it took and however often it came") {
  const auto after = [](const std::string& what) {
    return sentence(RD_KAFKA_RESP_ERR__TRANSPORT, "b1:9092/bootstrap: Connect to ipv4#10.0.0.1:9092 failed: " + what);
  };
  CHECK(after("Connection refused (after 3ms in state CONNECT)") ==
        after("Connection refused (after 0ms in state CONNECT, 1 identical error(s) suppressed)"));
  CHECK_THAT(after("Connection refused (after 3ms in state CONNECT)"),
             Catch::StartsWith("no Kafka broker answers at b1:9092: start one, or mend the address (") &&
                 Catch::EndsWith("Connection refused)"));
}

TEST_CASE("a port of another protocol is told apart from a broker that is away") {
  const std::string guess =
      "Disconnected: verify that security.protocol is correctly configured, broker might require SASL authentication";
  CHECK_THAT(sentence(RD_KAFKA_RESP_ERR__TRANSPORT, "b1:9092/bootstrap: " + guess),
             Catch::StartsWith("what answers at b1:9092 hangs up: set kafka.protocol, which is 'plaintext', to what"));
  CHECK_THAT(sentence(RD_KAFKA_RESP_ERR__TRANSPORT, "b1:9092/1: " + guess),
             Catch::StartsWith("no Kafka broker answers at b1:9092"));
  CHECK_THAT(sentence(RD_KAFKA_RESP_ERR__BAD_MSG, "b1:9092/bootstrap: Receive failed: Invalid response size"),
             Catch::Contains("b1:9092 does not speak as a Kafka broker does: mend the address"));
}

TEST_CASE("a certificate of ours that the broker does not take is told apart from a broker that is away") {
  CHECK_THAT(sentence(RD_KAFKA_RESP_ERR__TRANSPORT,
                      "ssl://b1:9092/bootstrap: Receive failed: error:0A000416:SSL routines::sslv3 alert certificate "
                      "unknown: SSL alert number 46 (after 3ms in state APIVERSION_QUERY)"),
             Catch::StartsWith("TLS with Kafka at b1:9092 was refused: check the authority's certificate, our own, ") &&
                 Catch::EndsWith("SSL alert number 46)"));
}

TEST_CASE("the trouble that says most stays: that nobody answers follows from every other") {
  constexpr auto nobody = RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, away = RD_KAFKA_RESP_ERR__TRANSPORT;
  constexpr auto refused = RD_KAFKA_RESP_ERR__SSL, no_right = RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED;
  CHECK(tells_more(away, nobody));
  CHECK_FALSE(tells_more(nobody, away));
  CHECK(tells_more(refused, away));
  CHECK_FALSE(tells_more(away, refused));
  CHECK_FALSE(tells_more(RD_KAFKA_RESP_ERR__TIMED_OUT, no_right));
  CHECK(tells_more(no_right, refused));  // of two that say as much, the later one
}

TEST_CASE("what another client has reached is reachable, and is not right for that") {
  KafkaClient client(KafkaClient::Kind::asker, {"127.0.0.1:1", "t", {}}, ledger_consumer());
  client.in_trouble(RD_KAFKA_RESP_ERR__TRANSPORT);
  CHECK_FALSE(client.trouble().empty());
  client.reachable();
  CHECK(client.trouble().empty());
  client.in_trouble(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
  client.reachable();
  CHECK_FALSE(client.trouble().empty());
  client.answered();
  CHECK(client.trouble().empty());
}
