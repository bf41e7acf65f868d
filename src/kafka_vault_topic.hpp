#pragma once
// The topic that a ledger's nodes keep their vault in, on Kafka: the table of src/log behind the port of src/vault.
#include "src/log/kafka_table.hpp"
#include "src/vault/topic_vault.hpp"

namespace aidledger {

class KafkaVaultTopic : public vault::KeyedTopic {
 public:
  /// `cluster`: how it is reached; its topic is not looked at. Throws log::LogFailure, as put and read_to_end do.
  KafkaVaultTopic(log::KafkaSettings cluster, const std::string& ledger)
      : table_(vault_of(std::move(cluster), ledger)) {}

  void put(Entries entries) override { table_.put(entries); }
  void read_to_end(const Visit& visit) override {
    try {
      table_.read_to_end(visit);
    } catch (const log::TableReplaced& replaced) {
      throw vault::TopicReplaced(replaced.what());
    }
  }
  /// The brokers' time: of an entry without meaning that is put for it. nullopt: the topic has the writers' times.
  std::optional<Instant> brokers_time() { return table_.put({{vault::silence_breaker, std::nullopt}}); }

 private:
  static log::KafkaSettings vault_of(log::KafkaSettings cluster, const std::string& ledger) {
    cluster.topic = log::vault_topic(ledger);
    return cluster;
  }
  log::KafkaTable table_;
};

}  // namespace aidledger
