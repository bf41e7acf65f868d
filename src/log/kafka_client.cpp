#include "src/log/kafka_client.hpp"

#include <algorithm>
#include <array>
#include <future>
#include <thread>
#include <tuple>

namespace aidledger::log {
namespace {

constexpr auto longest_goodbye = std::chrono::seconds(5);
constexpr int who_leads_ms = 1'000;

using Conf = std::unique_ptr<rd_kafka_conf_t, decltype(&rd_kafka_conf_destroy)>;

void set(rd_kafka_conf_t* conf, const std::string& name, const std::string& value) {
  std::array<char, 512> why{};
  if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), why.data(), why.size()) != RD_KAFKA_CONF_OK)
    throw LogFailure(Remedy::give_up, "Kafka's setting " + name + " cannot be so: " + why.data());
}

/// What is fatal has an error behind it.
rd_kafka_resp_err_t cause_of(rd_kafka_t* handle, rd_kafka_resp_err_t error) {
  return error == RD_KAFKA_RESP_ERR__FATAL ? rd_kafka_fatal_error(handle, nullptr, 0) : error;
}

/// The library's own lines are dropped: what matters of them also comes as an error.
void no_line(const rd_kafka_t*, int, const char*, const char*) {}

}  // namespace

KafkaClient::KafkaClient(Kind kind, const KafkaSettings& settings, const Properties& properties, Delivered delivered)
    : kind_(kind), settings_(settings), delivered_(std::move(delivered)) {
  Conf conf(rd_kafka_conf_new(), rd_kafka_conf_destroy);
  for (const auto& [name, value] : connection_properties(settings)) set(conf.get(), name, value);
  for (const auto& [name, value] : properties) set(conf.get(), name, value);
  rd_kafka_conf_set_opaque(conf.get(), this);
  rd_kafka_conf_set_error_cb(conf.get(), on_error);
  rd_kafka_conf_set_log_cb(conf.get(), no_line);
  if (delivered_) rd_kafka_conf_set_dr_msg_cb(conf.get(), on_delivery);
  std::array<char, 512> why{};
  const auto type = kind == Kind::producer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER;
  handle_ = rd_kafka_new(type, conf.get(), why.data(), why.size());
  if (handle_ == nullptr)
    throw LogFailure(Remedy::give_up, "Kafka's settings cannot be right: " + std::string(why.data()));
  std::ignore = conf.release();  // the handle's now
  if (kind == Kind::consumer) rd_kafka_poll_set_consumer(handle_);
}

/// The library waits for the partition of a topic that was deleted, for ever: such a handle is left to its thread. (It
/// calls nobody back: only whoever polls is called.)
KafkaClient::~KafkaClient() {
  rd_kafka_purge(handle_, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT | RD_KAFKA_PURGE_F_NON_BLOCKING);
  auto destroyed = std::make_shared<std::promise<void>>();
  auto done = destroyed->get_future();
  std::thread goodbye([handle = handle_, destroyed = std::move(destroyed)] {
    rd_kafka_destroy_flags(handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
    destroyed->set_value();
  });
  if (done.wait_for(longest_goodbye) == std::future_status::ready)
    goodbye.join();  // a command that ends now does not end under it
  else
    goodbye.detach();
}

std::string KafkaClient::property(const std::string& name) const {
  std::array<char, 1024> value{};
  std::size_t size = value.size();
  if (rd_kafka_conf_get(rd_kafka_conf(handle_), name.c_str(), value.data(), &size) != RD_KAFKA_CONF_OK) return {};
  return value.data();
}

std::string KafkaClient::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_ == RD_KAFKA_RESP_ERR_NO_ERROR ? "" : kafka_sentence(trouble_, settings_, settings_.topic, reason_);
}

void KafkaClient::in_trouble(rd_kafka_resp_err_t error, const std::string& reason) {
  const std::lock_guard lock(mutex_);
  if (!tells_more(error, trouble_)) return;
  trouble_ = error;
  reason_ = reason;
}

void KafkaClient::answered() {
  const std::lock_guard lock(mutex_);
  trouble_ = RD_KAFKA_RESP_ERR_NO_ERROR;
}

void KafkaClient::reachable() {
  const std::lock_guard lock(mutex_);
  if (trouble_ < RD_KAFKA_RESP_ERR_NO_ERROR) trouble_ = RD_KAFKA_RESP_ERR_NO_ERROR;  // the library's own: connections
}

LogFailure KafkaClient::failure(rd_kafka_resp_err_t error, const std::string& topic) {
  error = cause_of(handle_, error);
  if (kind_ != Kind::consumer) rd_kafka_poll(handle_, 0);  // troubles that wait to be told
  const std::lock_guard lock(mutex_);
  const bool seen_says_more = trouble_ != RD_KAFKA_RESP_ERR_NO_ERROR && tells_more(trouble_, error);
  return seen_says_more ? kafka_failure(trouble_, settings_, topic, reason_) : kafka_failure(error, settings_, topic);
}

bool KafkaClient::fatal() const { return rd_kafka_fatal_error(handle_, nullptr, 0) != RD_KAFKA_RESP_ERR_NO_ERROR; }

std::string KafkaClient::cluster_id(int timeout_ms) {
  const std::unique_ptr<char, void (*)(char*)> id(rd_kafka_clusterid(handle_, timeout_ms),
                                                  [](char* text) { rd_kafka_mem_free(nullptr, text); });
  if (!id) throw failure(RD_KAFKA_RESP_ERR__TIMED_OUT, settings_.topic);
  return id.get();
}

Watermarks KafkaClient::watermarks(const std::string& topic, int timeout_ms) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
  const auto low = offset_of(RD_KAFKA_OFFSET_BEGINNING, topic, until);
  return {low, offset_of(RD_KAFKA_OFFSET_END, topic, until)};
}

/// The library's own question for watermarks (2.0.2) never returns while the leader that it remembers is down, for it
/// asks that one again whenever a connection comes or goes. This one ends in time; who leads now is asked by whoever
/// meets an error, for nobody else asks on behalf of such a handle.
Position KafkaClient::offset_of(std::int64_t end, const std::string& topic,
                                std::chrono::steady_clock::time_point until) {
  const std::unique_ptr<rd_kafka_topic_partition_list_t, decltype(&rd_kafka_topic_partition_list_destroy)> list(
      rd_kafka_topic_partition_list_new(1), rd_kafka_topic_partition_list_destroy);
  auto& asked = *rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), 0);
  asked.offset = end;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
  auto error = rd_kafka_offsets_for_times(handle_, list.get(), std::max(1, static_cast<int>(left.count())));
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) error = asked.err;
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return {static_cast<std::uint64_t>(asked.offset)};
  partitions(topic, who_leads_ms);  // throws where we may not see the topic: to the call above it is not there
  throw failure(error, topic);
}

int KafkaClient::partitions(const std::string& topic, int timeout_ms) {
  const std::unique_ptr<rd_kafka_topic_t, decltype(&rd_kafka_topic_destroy)> named(
      rd_kafka_topic_new(handle_, topic.c_str(), nullptr), rd_kafka_topic_destroy);
  const struct rd_kafka_metadata* all = nullptr;
  const auto error = rd_kafka_metadata(handle_, 0, named.get(), &all, timeout_ms);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw failure(error, topic);
  const std::unique_ptr<const struct rd_kafka_metadata, decltype(&rd_kafka_metadata_destroy)> owned(
      all, rd_kafka_metadata_destroy);
  if (all->topic_cnt == 0 || all->topics[0].err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) return 0;
  if (all->topics[0].err != RD_KAFKA_RESP_ERR_NO_ERROR) throw failure(all->topics[0].err, topic);
  return all->topics[0].partition_cnt;
}

void KafkaClient::on_error(rd_kafka_t* handle, int error, const char* reason, void* client) {
  static_cast<KafkaClient*>(client)->in_trouble(cause_of(handle, static_cast<rd_kafka_resp_err_t>(error)), reason);
}

void KafkaClient::on_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void* client) {
  static_cast<KafkaClient*>(client)->delivered_(*message);
}

rd_kafka_resp_err_t produce(rd_kafka_t* producer, const Outgoing& message) {
  const auto headers_count = message.headers.size();
  std::unique_ptr<rd_kafka_headers_t, decltype(&rd_kafka_headers_destroy)> headers(rd_kafka_headers_new(headers_count),
                                                                                   rd_kafka_headers_destroy);
  for (const auto& [name, value] : message.headers)
    rd_kafka_header_add(headers.get(), name.c_str(), -1, value.data(), static_cast<ssize_t>(value.size()));
  const BytesView key = message.key.value_or(BytesView());
  const BytesView value = message.value.value_or(BytesView());
  const auto error = rd_kafka_producev(
      producer, RD_KAFKA_VTYPE_TOPIC, message.topic.c_str(), RD_KAFKA_VTYPE_PARTITION, 0, RD_KAFKA_VTYPE_MSGFLAGS,
      RD_KAFKA_MSG_F_COPY, RD_KAFKA_VTYPE_KEY, message.key ? key.data() : nullptr, key.size(), RD_KAFKA_VTYPE_VALUE,
      message.value ? const_cast<char*>(value.data()) : nullptr, value.size(), RD_KAFKA_VTYPE_HEADERS, headers.get(),
      RD_KAFKA_VTYPE_OPAQUE, message.tag, RD_KAFKA_VTYPE_END);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) std::ignore = headers.release();  // the library's now
  return error;
}

MessagePtr poll(rd_kafka_t* consumer, int timeout_ms) {
  return {rd_kafka_consumer_poll(consumer, timeout_ms), rd_kafka_message_destroy};
}

void assign(rd_kafka_t* consumer, const std::string& topic, std::uint64_t offset) {
  const std::unique_ptr<rd_kafka_topic_partition_list_t, decltype(&rd_kafka_topic_partition_list_destroy)> list(
      rd_kafka_topic_partition_list_new(1), rd_kafka_topic_partition_list_destroy);
  rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), 0)->offset = static_cast<std::int64_t>(offset);
  rd_kafka_assign(consumer, list.get());
}

BytesView value_of(const rd_kafka_message_t& message) {
  return {static_cast<const char*>(message.payload), message.len};
}

BytesView key_of(const rd_kafka_message_t& message) { return {static_cast<const char*>(message.key), message.key_len}; }

std::optional<Instant> appended_at(const rd_kafka_message_t& message) {
  rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
  const auto ms = rd_kafka_message_timestamp(&message, &type);
  if (type != RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME || ms < 0) return std::nullopt;
  return Instant{ms * 1000};
}

}  // namespace aidledger::log
