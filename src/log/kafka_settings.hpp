#pragma once
// How a Kafka cluster is reached. Secrets are in files; nothing here is one.
#include <string>

namespace aidledger::log {

struct KafkaSecurity {
  std::string protocol = "plaintext";  ///< plaintext, ssl, sasl_plaintext, sasl_ssl
  std::string sasl_mechanism;          ///< SCRAM-SHA-256, SCRAM-SHA-512, PLAIN
  std::string sasl_user;
  std::string sasl_password_file;  ///< its first line; readable by us alone
  std::string ca_file;             ///< PEM; empty: the system's
  std::string certificate_file;    ///< PEM; empty: no client certificate
  std::string key_file;            ///< PEM; readable by us alone
};

struct KafkaSettings {
  std::string brokers;  ///< "host:port", several separated by commas
  std::string topic;    ///< the ledger topic
  KafkaSecurity security;
};

inline std::string ledger_topic(const std::string& ledger) { return "aidledger.ledger." + ledger + ".v1"; }
inline std::string vault_topic(const std::string& ledger) { return "aidledger.vault." + ledger + ".v1"; }
inline std::string events_topic(const std::string& ledger) { return "aidledger.events." + ledger + ".v1"; }

}  // namespace aidledger::log
