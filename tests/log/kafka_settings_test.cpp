// What the library has in force, asked of the library, and what is refused before it is asked.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "src/log/kafka_client.hpp"
#include "tests/support/temp_folder.hpp"

using namespace aidledger;
using namespace aidledger::log;
using namespace aidledger::test;

namespace {

constexpr auto producer = KafkaClient::Kind::producer;
constexpr auto consumer = KafkaClient::Kind::consumer;

const KafkaSettings nowhere{"127.0.0.1:1", "aidledger.ledger.test.v1", {}};

struct Secured {
  TempFolder folder;
  KafkaSettings settings = nowhere;

  Secured() {
    settings.security = {"sasl_ssl", "SCRAM-SHA-512", "aidledger", file("password", "secret\nsecond line"), "", "", ""};
  }
  std::string file(const std::string& name, const std::string& text,
                   std::filesystem::perms perms = std::filesystem::perms(0600)) const {
    std::ofstream(folder / name) << text;
    std::filesystem::permissions(folder / name, perms);
    return folder / name;
  }
  std::string refusal() const {
    try {
      const KafkaClient client(consumer, settings, ledger_consumer());
    } catch (const LogFailure& failure) {
      CHECK(failure.remedy == Remedy::give_up);
      return failure.what();
    }
    return "";
  }
};

}  // namespace

TEST_CASE("the ledger's producer is durable, in order, and holds nothing back") {
  const KafkaClient client(producer, nowhere, ledger_producer());
  const auto expected = GENERATE(table<std::string, std::string>({
      {"acks", "-1"},  // all
      {"enable.idempotence", "true"},
      {"transactional.id", ""},
      {"message.timeout.ms", "10000"},
      {"linger.ms", "0"},
      {"socket.nagle.disable", "true"},
      {"compression.codec", "lz4"},
      {"queue.buffering.max.kbytes", "16384"},
  }));
  CHECK(client.property(std::get<0>(expected)) == std::get<1>(expected));
}

TEST_CASE("the ledger's consumer reads from its own position, and never jumps") {
  const KafkaClient client(consumer, nowhere, ledger_consumer());
  const auto expected = GENERATE(table<std::string, std::string>({
      {"isolation.level", "read_uncommitted"},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"auto.offset.reset", "error"},
      {"enable.partition.eof", "true"},
      {"check.crcs", "true"},
      {"allow.auto.create.topics", "false"},
      {"queued.max.messages.kbytes", "32768"},
      {"socket.nagle.disable", "true"},
  }));
  CHECK(client.property(std::get<0>(expected)) == std::get<1>(expected));
}

TEST_CASE("the feed's producer may be fenced, and gives up its messages before its transaction") {
  const KafkaClient client(producer, nowhere, feed_producer("aidledger.feed.test"));
  CHECK(client.property("transactional.id") == "aidledger.feed.test");
  CHECK(client.property("transaction.timeout.ms") == "15000");
  CHECK(std::stoi(client.property("message.timeout.ms")) < std::stoi(client.property("transaction.timeout.ms")));
  CHECK(KafkaClient(consumer, nowhere, feed_consumer()).property("isolation.level") == "read_committed");
}

TEST_CASE_METHOD(Secured, "TLS checks the broker's name and certificate; a password is the first line of its file") {
  const KafkaClient client(producer, settings, ledger_producer());
  CHECK(client.property("security.protocol") == "sasl_ssl");
  CHECK(client.property("enable.ssl.certificate.verification") == "true");
  CHECK(client.property("ssl.endpoint.identification.algorithm") == "https");
  CHECK(client.property("sasl.mechanism") == "SCRAM-SHA-512");
  CHECK(client.property("sasl.username") == "aidledger");
  CHECK(client.property("sasl.password") == "secret");
}

TEST_CASE_METHOD(Secured, "settings that cannot be right are refused in a sentence") {
  CHECK(refusal().empty());
  SECTION("no brokers") {
    settings.brokers = "";
    CHECK_THAT(refusal(), Catch::Contains("no Kafka brokers are given"));
  }
  SECTION("a protocol that is none") {
    settings.security.protocol = "tls";
    CHECK_THAT(refusal(), Catch::Contains("'tls'") && Catch::Contains("sasl_ssl"));
  }
  SECTION("a mechanism that is none") {
    settings.security.sasl_mechanism = "GSSAPI";
    CHECK_THAT(refusal(), Catch::Contains("'GSSAPI'") && Catch::Contains("SCRAM-SHA-512"));
  }
  SECTION("SASL without a password file") {
    settings.security.sasl_password_file = "";
    CHECK_THAT(refusal(), Catch::Contains("needs kafka.sasl_mechanism, kafka.sasl_user and kafka.sasl_password_file"));
  }
  SECTION("a password that others can read") {
    settings.security.sasl_password_file = file("open", "secret", std::filesystem::perms(0640));
    CHECK_THAT(refusal(), Catch::Contains("is open to others: chmod 600"));
  }
  SECTION("a key that others can read") {
    settings.security.key_file = file("open.key", "key", std::filesystem::perms(0604));
    CHECK_THAT(refusal(), Catch::Contains("is open to others"));
  }
  SECTION("an authority that is not there") {
    settings.security.ca_file = folder / "no.pem";
    CHECK_THAT(refusal(), Catch::Contains("no.pem cannot be read"));
  }
  SECTION("an authority that is no certificate") {
    settings.security.ca_file = file("ca.pem", "not a certificate");
    CHECK_THAT(refusal(), Catch::Contains("cannot be right"));
  }
}

TEST_CASE("a broker that is not there, and an address that is none, are told apart") {
  KafkaSettings settings = nowhere;
  std::string expected = "no Kafka broker answers at 127.0.0.1:1";
  SECTION("nobody listens") {}
  SECTION("no such host") {
    settings.brokers = "no-such-host.invalid:9092";
    expected = "cannot be resolved: mend the address in no-such-host.invalid:9092";
  }
  KafkaClient client(KafkaClient::Kind::asker, settings, ledger_consumer());
  try {
    client.watermarks(settings.topic, 3'000);
    FAIL("somebody answered");
  } catch (const LogFailure& failure) {
    CHECK(failure.remedy == Remedy::retry);
    CHECK_THAT(failure.what(), Catch::Contains(expected));
  }
}

TEST_CASE("a client that is broken for good takes nothing more, and lets go without waiting") {
  KafkaClient client(producer, nowhere, ledger_producer());
  CHECK_FALSE(client.fatal());
  rd_kafka_test_fatal_error(client.handle(), RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, "for a test");
  CHECK(client.fatal());
  CHECK(produce(client.handle(), {nowhere.topic, std::nullopt, "a batch"}) == RD_KAFKA_RESP_ERR__FATAL);
}
