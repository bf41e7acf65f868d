// A ledger's beginning in a real Kafka: by a clock that is right, and with the only vault that it will have.
#include "src/kafka_place.hpp"

#include <catch2/catch.hpp>

#include "src/ledger/opening.hpp"
#include "tests/log/kafka_broker.hpp"
#include "tests/log/kafka_mock.hpp"
#include "tests/support/memory_disk.hpp"
#include "tests/support/memory_world.hpp"

using namespace aidledger;
using test::Broker;

namespace {

constexpr std::int64_t hour_us = 3'600'000'000;

/// The topics of a ledger, empty, and the settings of a node that is to begin it.
struct Beginning {
  explicit Beginning(const Broker& broker) : Beginning(broker.settings("")) {
    make(log::vault_topic(ledger), log::TopicUse::vault);
    make(log::ledger_topic(ledger), log::TopicUse::ledger);
  }
  explicit Beginning(const test::MockCluster& brokers) : Beginning(brokers.settings()) {
    for (const auto& topic : {log::vault_topic(ledger), log::ledger_topic(ledger)})
      rd_kafka_mock_topic_create(brokers.get(), topic.c_str(), 1, 1);
  }
  explicit Beginning(const log::KafkaSettings& cluster) : ledger(Broker::unique("new")) {
    settings.kafka = cluster;
    settings.accept_single_copy = true;
    settings.kek_file = "kek";
    settings.first_public_key = key.public_key();
    vault::make_kek(disk, *random, settings.kek_file);
    clock.wall = world::system_clock()->now();
  }
  void make(const std::string& topic, log::TopicUse use) const {
    log::create_topic(settings.kafka, topic, {use, settings.accept_single_copy});
  }
  std::unique_ptr<KafkaPlace> open() {
    return std::make_unique<KafkaPlace>(settings, ledger, KafkaPlace::World{disk, clock, *random}, *files, "note",
                                        Arrival::begins);
  }
  Bytes record_0() {
    const Bytes frame = ledger::opening_frame({ledger, "Asia/Shanghai", "kafka:c", "", "", LedgerPurpose::production},
                                              key.id(), clock.now(), *random);
    return log::with_signature(frame, key.sign(log::signed_part(frame).part));
  }

  std::string ledger;
  test::MemoryDisk disk;
  test::ManualClock clock;
  std::unique_ptr<world::Random> random = world::system_random();
  vault::MemoryVault own;
  vault::WriterKey key{own, *random, "node"};
  std::unique_ptr<log::LedgerFiles> files = log::LedgerFiles::open(disk, "log", {.segment_bytes = 1 << 20});
  KafkaPlaceSettings settings;
};

}  // namespace

TEST_CASE("record 0 is not dated by a clock that is an hour from the brokers'", "[kafka]") {
  const Broker broker("a ledger's beginning");
  if (!broker) return;
  Beginning begins(broker);
  begins.clock.wall.us += GENERATE(-hour_us, hour_us);
  const auto place = begins.open();
  CHECK_THROWS_WITH(place->open_with(begins.record_0()), Catch::Contains("CLOCK_SUSPECT"));
  CHECK_FALSE(place->record_0());
}

TEST_CASE("a ledger whose vault was lost is not given another, whoever comes", "[kafka]") {
  const Broker broker("a ledger without its vault");
  if (!broker) return;
  Beginning begins(broker);
  begins.open()->open_with(begins.record_0());
  begins.open();
  auto vault = begins.settings.kafka;
  vault.topic = log::vault_topic(begins.ledger);
  test::make_anew(vault, log::TopicUse::vault);
  CHECK_THROWS_WITH(begins.open(), Catch::Contains("aidledger vault publish"));
}

TEST_CASE("whoever misses something in the vault waits a moment for a broker that is slow, not until it answers") {
  const test::MockCluster brokers;
  Beginning begins(brokers);
  const auto place = begins.open();
  place->follow_vault([](const auto&) {});
  rd_kafka_mock_broker_set_rtt(brokers.get(), 1, 2'000);
  CHECK_FALSE(place->vault().look_again());
  CHECK(place->vault_state().trouble.empty());
  rd_kafka_mock_broker_set_rtt(brokers.get(), 1, 0);
}
