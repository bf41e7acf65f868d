#include "src/log/kafka_properties.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>

#include "src/log/log_identity.hpp"

namespace aidledger::log {
namespace {

LogFailure wrong(const std::string& sentence) { return {Remedy::give_up, sentence}; }

bool readable(const std::string& path) { return std::ifstream(path).good(); }

void must_be_readable(const std::string& path) {
  if (!readable(path)) throw wrong("the file " + path + " cannot be read: mend the Kafka settings");
}

void must_be_ours_alone(const std::string& path) {
  must_be_readable(path);
  struct stat status{};
  if (::stat(path.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    throw wrong("the file " + path + " is open to others: chmod 600 it");
}

std::string first_line(const std::string& path) {
  must_be_ours_alone(path);
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

void add_tls(const KafkaSecurity& security, Properties& all) {
  const auto add = [&all](const std::string& name, const std::string& path) {
    if (!path.empty()) all.emplace_back(name, path);
  };
  if (!security.ca_file.empty()) must_be_readable(security.ca_file);
  if (!security.certificate_file.empty()) must_be_readable(security.certificate_file);
  if (!security.key_file.empty()) must_be_ours_alone(security.key_file);
  add("ssl.ca.location", security.ca_file);
  add("ssl.certificate.location", security.certificate_file);
  add("ssl.key.location", security.key_file);
  all.emplace_back("enable.ssl.certificate.verification", "true");
  all.emplace_back("ssl.endpoint.identification.algorithm", "https");
}

void must_be_one_of(const std::string& what, const std::string& value, const std::vector<std::string>& allowed) {
  if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return;
  std::string list;
  for (const auto& one : allowed) list += (list.empty() ? "" : ", ") + one;
  throw wrong("'" + value + "' is no " + what + " that is known here: " + list);
}

void add_sasl(const KafkaSecurity& security, Properties& all) {
  if (security.sasl_mechanism.empty() || security.sasl_user.empty() || security.sasl_password_file.empty())
    throw wrong("Kafka's " + security.protocol +
                " needs kafka.sasl_mechanism, kafka.sasl_user and kafka.sasl_password_file");
  must_be_one_of("SASL mechanism", security.sasl_mechanism, {"SCRAM-SHA-256", "SCRAM-SHA-512", "PLAIN"});
  all.emplace_back("sasl.mechanism", security.sasl_mechanism);
  all.emplace_back("sasl.username", security.sasl_user);
  all.emplace_back("sasl.password", first_line(security.sasl_password_file));
}

}  // namespace

Properties connection_properties(const KafkaSettings& settings) {
  const auto& security = settings.security;
  must_be_one_of("Kafka security protocol", security.protocol, {"plaintext", "ssl", "sasl_plaintext", "sasl_ssl"});
  if (settings.brokers.empty()) throw wrong("no Kafka brokers are given");
  Properties all = {
      {"bootstrap.servers", settings.brokers},
      {"client.id", "aidledger"},
      {"security.protocol", security.protocol},
      {"socket.nagle.disable", "true"},  // left on by default until 2.10
      {"socket.timeout.ms", "10000"},
      {"socket.connection.setup.timeout.ms", "5000"},
      {"reconnect.backoff.ms", "50"},
      {"reconnect.backoff.max.ms", "1000"},
      {"topic.metadata.refresh.interval.ms", "5000"},
      {"topic.metadata.propagation.max.ms", "2000"},
      {"log_level", "3"},
  };
  if (security.protocol.ends_with("ssl")) add_tls(security, all);
  if (security.protocol.starts_with("sasl")) add_sasl(security, all);
  return all;
}

Properties ledger_producer() {
  return {
      {"acks", "all"},
      {"enable.idempotence", "true"},
      {"message.timeout.ms", std::to_string(message_timeout_ms)},
      {"request.timeout.ms", "5000"},
      {"linger.ms", "0"},
      {"compression.codec", "lz4"},
      {"queue.buffering.max.messages", "10000"},
      {"queue.buffering.max.kbytes", "16384"},
      {"retry.backoff.ms", "50"},
  };
}

Properties feed_producer(const std::string& transactional_id) {
  Properties all = ledger_producer();
  all.emplace_back("transactional.id", transactional_id);
  all.emplace_back("message.max.bytes", std::to_string(events_topic_message_bytes));
  all.emplace_back("transaction.timeout.ms", std::to_string(transaction_timeout_ms));
  return all;
}

Properties ledger_consumer() {
  return {
      {"group.id", "aidledger"},  // the library wants one; it is never joined, and nothing is committed
      {"isolation.level", "read_uncommitted"},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"auto.offset.reset", "error"},
      {"enable.partition.eof", "true"},
      {"check.crcs", "true"},
      {"allow.auto.create.topics", "false"},
      {"fetch.wait.max.ms", "100"},
      {"fetch.error.backoff.ms", "100"},
      {"queued.max.messages.kbytes", "32768"},
  };
}

Properties feed_consumer() {
  Properties all = ledger_consumer();
  all.emplace_back("isolation.level", "read_committed");
  return all;
}

}  // namespace aidledger::log
