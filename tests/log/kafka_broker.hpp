#pragma once
// A real broker, where AIDLEDGER_KAFKA names one (ops/check does); else the test says SKIPPED. Topics of its own for
// each test.
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>

#include "src/log/kafka_client.hpp"
#include "src/log/kafka_topics.hpp"

namespace aidledger::test {

class Broker {
 public:
  explicit Broker(const std::string& what) : address_(named()) {
    if (address_.empty())
      std::fprintf(stderr, "SKIPPED: 1 test of %s (set AIDLEDGER_KAFKA to a broker's address)\n", what.c_str());
  }
  explicit operator bool() const { return !address_.empty(); }

  /// A name that no other test, and no other run, has.
  static std::string unique(const std::string& name) {
    static int number = 0;
    return name + "-" + std::to_string(std::time(nullptr)) + "-" + std::to_string(::getpid()) + "-" +
           std::to_string(++number);
  }
  log::KafkaSettings settings(const std::string& topic) const { return {address_, topic, {}}; }
  /// A new topic, one copy.
  log::KafkaSettings topic(log::TopicUse use = log::TopicUse::ledger) const {
    auto made = settings(unique("aidledger.test"));
    create_topic(made, made.topic, {use, true});
    return made;
  }

 private:
  static std::string named() {
    const char* address = std::getenv("AIDLEDGER_KAFKA");
    return address == nullptr ? "" : address;
  }

  std::string address_;
};

/// Deletes the topic, which goes a moment later.
inline void lose(const log::KafkaSettings& settings) {
  const log::KafkaClient client(log::KafkaClient::Kind::asker, settings, log::ledger_consumer());
  auto* const queue = rd_kafka_queue_new(client.handle());
  std::array<rd_kafka_DeleteTopic_t*, 1> list = {rd_kafka_DeleteTopic_new(settings.topic.c_str())};
  rd_kafka_DeleteTopics(client.handle(), list.data(), list.size(), nullptr, queue);
  rd_kafka_event_destroy(rd_kafka_queue_poll(queue, 10'000));
  rd_kafka_DeleteTopic_destroy(list[0]);
  rd_kafka_queue_destroy(queue);
}

/// Deletes the topic and makes it anew, empty.
inline void make_anew(const log::KafkaSettings& settings, log::TopicUse use = log::TopicUse::ledger) {
  lose(settings);
  for (bool made = false; !made;) {
    try {
      create_topic(settings, settings.topic, {use, true});
      made = true;
    } catch (const log::LogFailure&) {
      // It is still being deleted.
    }
  }
}

/// Sets these of the topic's settings, and the others to their defaults.
inline void set_configs(const log::KafkaSettings& topic, const std::map<std::string, std::string>& configs) {
  const log::KafkaClient client(log::KafkaClient::Kind::asker, topic, log::ledger_consumer());
  auto* const queue = rd_kafka_queue_new(client.handle());
  std::array<rd_kafka_ConfigResource_t*, 1> list = {
      rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.topic.c_str())};
  for (const auto& [name, value] : configs) rd_kafka_ConfigResource_set_config(list[0], name.c_str(), value.c_str());
  rd_kafka_AlterConfigs(client.handle(), list.data(), list.size(), nullptr, queue);
  rd_kafka_event_destroy(rd_kafka_queue_poll(queue, 10'000));
  rd_kafka_ConfigResource_destroy(list[0]);
  rd_kafka_queue_destroy(queue);
}

/// From now on the broker refuses batches over so many bytes.
inline void limit_messages(const log::KafkaSettings& topic, int bytes) {
  set_configs(topic, {{"max.message.bytes", std::to_string(bytes)}});
}

}  // namespace aidledger::test
