#pragma once
// A real broker that was brought up with `ops/kafka up --secure`; its folder has the certificates and passwords.
#include <filesystem>
#include <fstream>

#include "tests/log/kafka_broker.hpp"

namespace aidledger::test {

struct Secured {
  Broker plain{"TLS and SASL"};
  std::string folder;

  Secured() {
    const char* state = std::getenv("AIDLEDGER_KAFKA_DIR");
    if (!plain) return;
    if (state != nullptr && std::filesystem::exists(std::string(state) + "/secure/address"))
      folder = std::string(state) + "/secure/";
    else
      std::fprintf(stderr, "SKIPPED: 1 test of TLS and SASL (ops/kafka up --secure, and AIDLEDGER_KAFKA_DIR)\n");
  }
  explicit operator bool() const { return !folder.empty(); }

  std::string address() const {
    std::ifstream file(folder + "address");
    std::string line;
    std::getline(file, line);
    return line;
  }
  log::KafkaSettings as(const std::string& user, const std::string& topic) const {
    return {
        address(), topic, {"sasl_ssl", "SCRAM-SHA-512", user, folder + user + ".password", folder + "ca.pem", "", ""}};
  }
};

/// Lets a user do something with a topic, or all. As whoever may.
inline void allow(const log::KafkaSettings& topic, const std::string& user,
                  rd_kafka_AclOperation_t operation = RD_KAFKA_ACL_OPERATION_ALL) {
  const log::KafkaClient client(log::KafkaClient::Kind::asker, topic, log::ledger_consumer());
  auto* const queue = rd_kafka_queue_new(client.handle());
  std::array<char, 256> why{};
  std::array<rd_kafka_AclBinding_t*, 1> list = {rd_kafka_AclBinding_new(
      RD_KAFKA_RESOURCE_TOPIC, topic.topic.c_str(), RD_KAFKA_RESOURCE_PATTERN_LITERAL, ("User:" + user).c_str(), "*",
      operation, RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW, why.data(), why.size())};
  rd_kafka_CreateAcls(client.handle(), list.data(), list.size(), nullptr, queue);
  rd_kafka_event_destroy(rd_kafka_queue_poll(queue, 10'000));
  rd_kafka_AclBinding_destroy(list[0]);
  rd_kafka_queue_destroy(queue);
}

}  // namespace aidledger::test
