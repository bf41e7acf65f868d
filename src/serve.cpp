#include "src/serve.hpp"

#include <unistd.h>

#include <charconv>
#include <csignal>
#include <mutex>
#include <ranges>

#include "src/goodbye.hpp"
#include "src/http/handler.hpp"
#include "src/http/server.hpp"
#include "src/ledgers.hpp"

namespace aidledger {
namespace {

constexpr std::int64_t second_us = 1'000'000;
/// For handles of Kafka, and for who asks it: where brokers answer they take a tenth of that.
constexpr auto longest_goodbye = std::chrono::seconds(2);

/// Blocked before any thread begins, so that every thread inherits it and wait_for_end gets them.
sigset_t end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

/// As if it had been told to.
void end_this_process() { ::kill(::getpid(), SIGTERM); }

http::HandlerSettings handler_settings(const settings::Settings& settings) {
  http::HandlerSettings to;
  to.body_limit = static_cast<std::size_t>(settings.integer("http.body_limit_bytes"));
  to.stream_limit = static_cast<std::size_t>(settings.integer("http.stream_limit_bytes"));
  to.answer_wait_us = settings.integer("http.answer_timeout_seconds") * second_us;
  to.min_seq_wait_us = settings.integer("http.min_seq_wait_ms") * 1'000;
  return to;
}

http::ServerSettings server_settings(const settings::Settings& settings) {
  http::ServerSettings to;
  to.address = settings.text("http.address");
  to.port = static_cast<std::uint16_t>(settings.integer("http.port"));
  to.head_limit = static_cast<std::uint32_t>(settings.integer("http.header_limit_bytes"));
  to.connections = to.per_address = static_cast<std::size_t>(settings.integer("http.connections"));
  to.body_wait_us = settings.integer("http.read_timeout_seconds") * second_us;
  to.idle_wait_us = settings.integer("http.idle_timeout_seconds") * second_us;
  return to;
}

bool uses_kafka(const settings::Settings& settings) {
  return settings.text("log.place") == "kafka" || settings.text("feed.place") == "kafka";
}

/// HOST or HOST:PORT. librdkafka takes any text, and asks some port for it.
bool names_broker(std::string_view text) {
  const auto colon = text.rfind(':');
  const bool bare_ipv6 = colon != std::string_view::npos && text.find(':') != colon && !text.contains("]:");
  if (colon == std::string_view::npos || bare_ipv6) return !text.empty();
  std::uint32_t port = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data() + colon + 1, end, port);
  return colon > 0 && error == std::errc() && stopped == end && port >= 1 && port <= 65'535;
}

void check_brokers(const std::string& brokers) {
  if (brokers.empty())
    throw CannotStart(
        "what is to be in Kafka needs kafka.brokers: name one or more with --kafka-brokers HOST:PORT,...");
  for (const auto& part : std::views::split(brokers, ','))
    if (const std::string_view broker(part.begin(), part.end()); !names_broker(broker))
      throw CannotStart("kafka.brokers is HOST:PORT,...: in '" + brokers + "', '" + std::string(broker) + "' is none");
}

void check_certificate(const std::string& certificate, const std::string& key) {
  if (certificate.empty() != key.empty())
    throw CannotStart("a certificate of this client's own is two files: kafka.certificate_file and kafka.key_file");
}

/// The bytes of the pinned key; empty where none is given.
Bytes first_key_in(const std::string& text) {
  const Bytes key = from_hex(text);
  if (text.empty() || key.size() == 32) return key;
  throw CannotStart(
      "kafka.first_key is 64 hexadecimal digits, as `aidledger ledger create` and `ledger move` print it; '" + text +
      "' is not");
}

/// Several threads speak, one at a time.
Telling one_at_a_time(const NodeProgress& progress, const std::function<void(const std::string&)>& says) {
  const auto mutex = std::make_shared<std::mutex>();
  const auto guarded = [mutex]<class What>(const std::function<void(What)>& tell) -> std::function<void(What)> {
    if (!tell) return {};
    return [mutex, tell](What what) {
      const std::lock_guard lock(*mutex);
      tell(what);
    };
  };
  return {guarded(says), {guarded(progress.step), guarded(progress.records), {}, guarded(progress.line)}};
}

}  // namespace

KafkaPlaceSettings kafka_settings(const settings::Settings& settings) {
  KafkaPlaceSettings to;
  to.kafka.brokers = settings.text("kafka.brokers");
  check_brokers(to.kafka.brokers);
  check_certificate(settings.text("kafka.certificate_file"), settings.text("kafka.key_file"));
  to.kafka.security = {settings.text("kafka.protocol"),  settings.text("kafka.sasl_mechanism"),
                       settings.text("kafka.sasl_user"), settings.text("kafka.sasl_password_file"),
                       settings.text("kafka.ca_file"),   settings.text("kafka.certificate_file"),
                       settings.text("kafka.key_file")};
  to.node = settings.text("node");
  to.first_public_key = first_key_in(settings.text("kafka.first_key"));
  to.kek_file = settings.text("kek_file");
  if (const auto& older = settings.text("older_kek_file"); !older.empty()) to.older_keks.push_back(older);
  to.accept_single_copy = settings.text("kafka.copies") == "single";
  return to;
}

NodeSettings node_settings(const settings::Settings& settings) {
  NodeSettings to;
  to.data = settings.text("data");
  to.vault = settings.vault_folder();
  to.ledger = settings.is_default("ledger") ? "" : settings.text("ledger");
  to.zone = settings.text("zone");
  to.segment_bytes = static_cast<std::uint64_t>(settings.integer("log.segment_mib")) << 20;
  to.erasure.backup_days = static_cast<int>(settings.integer("erasure.backup_days"));
  if (settings.text("log.place") == "kafka") {
    to.erasure.broker_days = static_cast<int>(settings.integer("erasure.broker_days"));
    to.ledger = settings.text("ledger");
    to.kafka = kafka_settings(settings);
  }
  return to;
}

std::string operator_token_path(const settings::Settings& settings) {
  return settings.text("data") + "/operator.token";
}

void serve(const settings::Settings& settings, const ServeWish& wish, const NodeProgress& progress,
           const std::function<void(const std::string&)>& says) {
  const sigset_t signals = end_signals();
  const Telling telling = one_at_a_time(progress, says);
  const auto metrics = http::prometheus_metrics();
  const auto clock = world::system_clock();
  const auto random = world::system_random();
  Goodbye goodbye;  // outlives what it would not wait for
  Ledgers ledgers(follow(settings, wish, telling, *metrics));
  http::HandlerPorts ports{
      ledgers,
      *metrics,
      *clock,
      *random,
      [&](std::string_view ledger, std::function<void()> task) { ledgers.read(ledger, std::move(task)); },
      {},
      [&](std::string_view id, std::string_view what) {
        telling.says("request " + std::string(id) + " failed: " + std::string(what));
      }};
  http::Handler handler(std::move(ports), handler_settings(settings));
  http::Server server(handler, *clock, server_settings(settings));
  server.start();
  ledgers.open("http://" + settings.text("http.address") + ":" + std::to_string(server.port()), telling.says,
               end_this_process);
  int signal = 0;
  sigwait(&signals, &signal);
  if (const auto failure = ledgers.failure()) {
    server.stop();
    std::rethrow_exception(failure);
  }
  telling.says("stopping");
  server.stop();
  if (uses_kafka(settings)) goodbye.begin(longest_goodbye);
}

}  // namespace aidledger
