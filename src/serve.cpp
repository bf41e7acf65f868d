#include "src/serve.hpp"

#include <csignal>
#include <mutex>
#include <thread>
#include <vector>

#include "src/feeding.hpp"
#include "src/first_start.hpp"
#include "src/http/handler.hpp"
#include "src/http/metrics.hpp"
#include "src/http/server.hpp"
#include "src/service.hpp"

namespace aidledger {
namespace {

constexpr std::int64_t second_us = 1'000'000;

/// Blocked before any thread begins, so that every thread inherits it and wait_for_end gets them.
sigset_t end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

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

void add_figures(http::Metrics& metrics, KafkaPlace& kafka, world::Clock& clock) {
  metrics.counter("aidledger_kafka_producers_dropped_total", "Producers given up and made anew.",
                  [&] { return static_cast<double>(kafka.kafka().producers_dropped()); });
  metrics.gauge("aidledger_vault_unread_seconds", "For how long nobody else's change of the vault has been seen.",
                [&] { return static_cast<double>(clock.monotonic_us() - kafka.vault_state().read_at_us) / 1e6; });
  metrics.gauge("aidledger_vault_tombstones_owed", "Destroyed names that the brokers have not been told of yet.",
                [&] { return static_cast<double>(kafka.vault_state().owed); });
  metrics.counter("aidledger_vault_forged_entries_total", "Entries of the vault's topic that do not open: an alarm.",
                  [&] { return static_cast<double>(kafka.vault_state().forged); });
}

void add_figures(http::Metrics& metrics, Node& node) {
  auto& ledger = node.ledger();
  metrics.gauge("aidledger_next_seq", "The seq that the next record will have.",
                [&] { return static_cast<double>(ledger.health().next_seq); });
  metrics.gauge("aidledger_waiting_actions", "Actions that wait to be decided.",
                [&] { return static_cast<double>(ledger.health().waiting); });
  metrics.gauge("aidledger_halted", "1 when the ledger takes no actions.",
                [&] { return ledger.health().halt == ledger::Halt::none ? 0.0 : 1.0; });
  metrics.counter("aidledger_void_batches_total", "Signed batches that were void: another one came first.",
                  [&] { return static_cast<double>(ledger.health().voids.losers); });
  metrics.counter("aidledger_void_foreign_batches_total", "Batches that no enrolled writer signed: an alarm.",
                  [&] { return static_cast<double>(ledger.health().voids.foreign); });
  metrics.counter("aidledger_own_batches_total", "Batches of this node that were accepted.",
                  [&] { return static_cast<double>(ledger.health().own_batches); });
  metrics.counter("aidledger_other_batches_total", "Batches of other nodes that were accepted.",
                  [&] { return static_cast<double>(ledger.health().other_batches); });
  if (node.kafka() != nullptr) add_figures(metrics, *node.kafka(), node.clock());
}

}  // namespace

KafkaPlaceSettings kafka_settings(const settings::Settings& settings) {
  KafkaPlaceSettings to;
  to.kafka.brokers = settings.text("kafka.brokers");
  if (to.kafka.brokers.empty())
    throw CannotStart("log.place or feed.place is kafka, but kafka.brokers names no broker");
  to.kafka.security = {settings.text("kafka.protocol"),  settings.text("kafka.sasl_mechanism"),
                       settings.text("kafka.sasl_user"), settings.text("kafka.sasl_password_file"),
                       settings.text("kafka.ca_file"),   settings.text("kafka.certificate_file"),
                       settings.text("kafka.key_file")};
  to.node = settings.text("node");
  to.first_public_key = from_hex(settings.text("kafka.first_key"));
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
  NodeSettings to = node_settings(settings);
  to.create = wish.create;
  if (wish.demonstration) to.purpose = LedgerPurpose::demonstration;
  check_shipped_for(to);
  Node node(to, progress, settings.text("ledger"));
  node.start();
  if (node.kafka() == nullptr) finish_first_start(node);  // on Kafka, `ledger create` did
  if (ensure_operator_token(node, operator_token_path(settings)))
    says("the operator's token is in " + operator_token_path(settings) + " (readable by you alone)");

  NodeService service(node);
  const auto metrics = http::prometheus_metrics();
  add_figures(*metrics, node);
  const auto feed = publish_feed(node, settings);
  if (feed) add_feed_figures(*metrics, *feed);
  const auto readers = world::thread_tasks();
  std::mutex saying;
  http::HandlerPorts ports{service,
                           *metrics,
                           node.clock(),
                           node.random(),
                           [&](std::function<void()> task) { readers->post(std::move(task)); },
                           {},
                           [&](std::string_view id, std::string_view what) {
                             const std::lock_guard lock(saying);
                             says("request " + std::string(id) + " failed: " + std::string(what));
                           }};
  http::Handler handler(std::move(ports), handler_settings(settings));
  http::Server server(handler, node.clock(), server_settings(settings));
  server.start();
  says("serving ledger " + node.opened().ledger + " (" + std::to_string(node.ledger().health().next_seq) +
       " records) on http://" + settings.text("http.address") + ":" + std::to_string(server.port()));
  int signal = 0;
  sigwait(&signals, &signal);
  says("stopping");
  server.stop();
}

}  // namespace aidledger
