#include <algorithm>
#include <array>
#include <chrono>

#include "src/log/kafka_client.hpp"
#include "src/log/kafka_topics.hpp"

namespace aidledger::log {
namespace {

constexpr int wait_ms = 10'000;

template <typename T>
using Owned = std::unique_ptr<T, void (*)(T*)>;

using Metadata = struct rd_kafka_metadata;

/// One request of the admin interface, and its answer.
class Admin {
 public:
  Admin(const KafkaSettings& settings, const std::string& topic, rd_kafka_admin_op_t operation)
      : client(KafkaClient::Kind::asker, settings, ledger_consumer()),
        queue(rd_kafka_queue_new(client.handle()), rd_kafka_queue_destroy),
        options(rd_kafka_AdminOptions_new(client.handle(), operation), rd_kafka_AdminOptions_destroy),
        topic_(topic) {
    std::array<char, 128> why{};
    rd_kafka_AdminOptions_set_request_timeout(options.get(), wait_ms, why.data(), why.size());
  }

  /// Throws where the request as a whole was refused.
  Owned<rd_kafka_event_t> answer() {
    Owned<rd_kafka_event_t> event(rd_kafka_queue_poll(queue.get(), wait_ms + 1'000), rd_kafka_event_destroy);
    if (!event) throw client.failure(RD_KAFKA_RESP_ERR__TIMED_OUT, topic_);
    if (const auto error = rd_kafka_event_error(event.get())) throw client.failure(error, topic_);
    return event;
  }

  KafkaClient client;
  Owned<rd_kafka_queue_t> queue;
  Owned<rd_kafka_AdminOptions_t> options;

 private:
  std::string topic_;
};

std::map<std::string, std::string> configs_of(const KafkaSettings& settings, const std::string& topic) {
  Admin admin(settings, topic, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
  const Owned<rd_kafka_ConfigResource_t> asked(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()),
                                               rd_kafka_ConfigResource_destroy);
  std::array<rd_kafka_ConfigResource_t*, 1> list = {asked.get()};
  rd_kafka_DescribeConfigs(admin.client.handle(), list.data(), list.size(), admin.options.get(), admin.queue.get());
  const auto event = admin.answer();
  std::size_t count = 0;
  const auto* const* resources =
      rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event.get()), &count);
  std::map<std::string, std::string> configs;
  for (std::size_t i = 0; i < count; ++i) {
    if (const auto error = rd_kafka_ConfigResource_error(resources[i])) throw admin.client.failure(error, topic);
    std::size_t entries = 0;
    const auto* const* all = rd_kafka_ConfigResource_configs(resources[i], &entries);
    for (std::size_t k = 0; k < entries; ++k)
      if (const char* value = rd_kafka_ConfigEntry_value(all[k])) configs[rd_kafka_ConfigEntry_name(all[k])] = value;
  }
  return configs;
}

int smallest_copies(const rd_kafka_metadata_topic& topic) {
  int copies = topic.partition_cnt > 0 ? topic.partitions[0].replica_cnt : 0;
  for (int i = 1; i < topic.partition_cnt; ++i) copies = std::min(copies, topic.partitions[i].replica_cnt);
  return copies;
}

/// nullopt: there is no such topic.
std::optional<TopicState> shape_of(KafkaClient& client, const std::string& topic) {
  const Owned<rd_kafka_topic_t> named(rd_kafka_topic_new(client.handle(), topic.c_str(), nullptr),
                                      rd_kafka_topic_destroy);
  const Metadata* all = nullptr;
  if (const auto error = rd_kafka_metadata(client.handle(), 0, named.get(), &all, wait_ms))
    throw client.failure(error, topic);
  const std::unique_ptr<const Metadata, decltype(&rd_kafka_metadata_destroy)> owned(all, rd_kafka_metadata_destroy);
  const auto error = all->topic_cnt > 0 ? all->topics[0].err : RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
  if (error == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) return std::nullopt;
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw client.failure(error, topic);
  TopicState state;
  state.name = topic;
  state.partitions = all->topics[0].partition_cnt;
  state.replicas = smallest_copies(all->topics[0]);
  state.brokers = all->broker_cnt;
  return state;
}

std::vector<std::string> brokers_of(KafkaClient& client, const std::string& topic) {
  const Metadata* all = nullptr;
  if (const auto error = rd_kafka_metadata(client.handle(), 0, nullptr, &all, wait_ms))
    throw client.failure(error, topic);
  const std::unique_ptr<const Metadata, decltype(&rd_kafka_metadata_destroy)> owned(all, rd_kafka_metadata_destroy);
  std::vector<std::string> brokers;
  for (int i = 0; i < all->broker_cnt; ++i)
    brokers.push_back(std::string(all->brokers[i].host) + ":" + std::to_string(all->brokers[i].port));
  return brokers;
}

/// Made is not yet known everywhere: a new client may ask any broker.
void await_everywhere(KafkaClient& client, KafkaSettings settings, const std::string& topic) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms);
  for (const auto& broker : brokers_of(client, topic)) {
    settings.brokers = broker;
    for (bool known = false; !known;) {
      try {
        KafkaClient asker(KafkaClient::Kind::asker, settings, ledger_consumer());
        asker.watermarks(topic, 500);
        known = true;
      } catch (const LogFailure&) {
        if (std::chrono::steady_clock::now() > until) throw;
      }
    }
  }
}

}  // namespace

std::optional<TopicState> describe_topic(const KafkaSettings& settings, const std::string& topic) {
  KafkaClient client(KafkaClient::Kind::asker, settings, ledger_consumer());
  auto state = shape_of(client, topic);
  if (!state) return std::nullopt;
  state->cluster_id = client.cluster_id(wait_ms);
  state->configs = configs_of(settings, topic);
  const auto marks = client.watermarks(topic, wait_ms);
  state->low = marks.low.value;
  state->high = marks.high.value;
  return state;
}

int brokers_up(const KafkaSettings& settings) {
  KafkaClient client(KafkaClient::Kind::asker, settings, ledger_consumer());
  return static_cast<int>(brokers_of(client, settings.topic).size());
}

void create_topic(const KafkaSettings& settings, const std::string& topic, const TopicExpectation& expected) {
  Admin admin(settings, topic, RD_KAFKA_ADMIN_OP_CREATETOPICS);
  std::array<char, 512> why{};
  const int copies = expected.accept_single_copy ? 1 : 3;
  const Owned<rd_kafka_NewTopic_t> wanted(rd_kafka_NewTopic_new(topic.c_str(), 1, copies, why.data(), why.size()),
                                          rd_kafka_NewTopic_destroy);
  if (!wanted) throw LogFailure(Remedy::give_up, "topic " + topic + " cannot be made: " + why.data());
  for (const auto& [name, value] : topic_configs(expected))
    rd_kafka_NewTopic_set_config(wanted.get(), name.c_str(), value.c_str());
  std::array<rd_kafka_NewTopic_t*, 1> list = {wanted.get()};
  rd_kafka_AdminOptions_set_operation_timeout(admin.options.get(), wait_ms, why.data(), why.size());
  rd_kafka_CreateTopics(admin.client.handle(), list.data(), list.size(), admin.options.get(), admin.queue.get());
  const auto event = admin.answer();
  std::size_t count = 0;
  const auto* const* results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
  for (std::size_t i = 0; i < count; ++i)
    if (const auto error = rd_kafka_topic_result_error(results[i])) throw admin.client.failure(error, topic);
  await_everywhere(admin.client, settings, topic);
}

}  // namespace aidledger::log
