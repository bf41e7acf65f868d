#include "src/followed.hpp"

#include "src/feeding.hpp"
#include "src/first_start.hpp"

namespace aidledger {
namespace {

void add_figures(http::Metrics& metrics, KafkaPlace& kafka, world::Clock& clock, const std::string& ledger) {
  metrics.counter({"aidledger_kafka_producers_dropped_total", "Producers given up and made anew.", ledger},
                  [&] { return static_cast<double>(kafka.kafka().producers_dropped()); });
  metrics.gauge(
      {"aidledger_vault_unread_seconds", "For how long nobody else's change of the vault has been seen.", ledger},
      [&] { return static_cast<double>(clock.monotonic_us() - kafka.vault_state().read_at_us) / 1e6; });
  metrics.gauge(
      {"aidledger_vault_tombstones_owed", "Destroyed names that the brokers have not been told of yet.", ledger},
      [&] { return static_cast<double>(kafka.vault_state().owed); });
  metrics.counter(
      {"aidledger_vault_forged_entries_total", "Entries of the vault's topic that do not open: an alarm.", ledger},
      [&] { return static_cast<double>(kafka.vault_state().forged); });
}

void add_figures(http::Metrics& metrics, Node& node) {
  auto& ledger = node.ledger();
  const std::string& of = node.opened().ledger;
  metrics.gauge({"aidledger_next_seq", "The seq that the next record will have.", of},
                [&] { return static_cast<double>(ledger.health().next_seq); });
  metrics.gauge({"aidledger_waiting_actions", "Actions that wait to be decided.", of},
                [&] { return static_cast<double>(ledger.health().waiting); });
  metrics.gauge({"aidledger_halted", "1 when the ledger takes no actions.", of},
                [&] { return ledger.health().halt == ledger::Halt::none ? 0.0 : 1.0; });
  metrics.counter({"aidledger_void_batches_total", "Signed batches that were void: another one came first.", of},
                  [&] { return static_cast<double>(ledger.health().voids.losers); });
  metrics.counter({"aidledger_void_foreign_batches_total", "Batches that no enrolled writer signed: an alarm.", of},
                  [&] { return static_cast<double>(ledger.health().voids.foreign); });
  metrics.counter({"aidledger_own_batches_total", "Batches of this node that were accepted.", of},
                  [&] { return static_cast<double>(ledger.health().own_batches); });
  metrics.counter({"aidledger_other_batches_total", "Batches of other nodes that were accepted.", of},
                  [&] { return static_cast<double>(ledger.health().other_batches); });
  if (node.kafka() != nullptr) add_figures(metrics, *node.kafka(), node.clock(), of);
}

std::string sentence_of(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace

Followed::Followed(settings::Settings settings, ServeWish wish, Telling telling, http::Metrics& metrics)
    : settings_(std::move(settings)),
      wish_(wish),
      telling_(std::move(telling)),
      metrics_(metrics),
      away_("is being opened") {}

Followed::~Followed() {
  give_up();
  join();
  readers_.reset();
  close();
}

void Followed::join() {
  if (thread_.joinable()) thread_.join();
}

void Followed::open(std::string where, std::function<void()> failed) {
  thread_ = std::thread([this, where = std::move(where), failed = std::move(failed)] {
    try {
      open_node(where);
    } catch (const std::exception&) {
      close();
      {
        const std::lock_guard lock(mutex_);
        failure_ = std::current_exception();
        folded_ = 0;
        away_ = "could not be opened: " + sentence_of(failure_);
        away_code_ = not_opened;
      }
      if (!stopping_) failed();
    }
  });
}

void Followed::open_node(const std::string& where) {
  NodeSettings to = node_settings(settings_);
  to.create = wish_.create;
  to.patient = true;
  if (wish_.demonstration) to.purpose = LedgerPurpose::demonstration;
  check_shipped_for(to);
  node_ = std::make_unique<Node>(to, progress(), settings_.text("ledger"));
  node_->start();
  if (node_->kafka() == nullptr) finish_first_start(*node_);  // on Kafka, `ledger create` did
  make_operator_token();
  service_ = std::make_unique<NodeService>(*node_);
  feed_ = publish_feed(*node_, settings_);
  add_figures(metrics_, *node_);
  if (feed_) add_feed_figures(metrics_, *feed_, node_->opened().ledger);
  watching_ = std::make_unique<Watching>(*node_, telling_.says, telling_.progress.line);
  service_now_ = service_.get();
  telling_.says("serving ledger " + ledger() + " (" + std::to_string(node_->ledger().health().next_seq) +
                " records) on " + where);
}

/// Without one nobody can ask for anything; with Kafka it lies in the vault's topic.
void Followed::make_operator_token() {
  for (;;) try {
      if (ensure_operator_token(*node_, operator_token_path(settings_)))
        telling_.says("the operator's token is in " + operator_token_path(settings_) + " (readable by you alone)");
      return;
    } catch (const log::LogFailure& failure) {
      node_->wait_out(failure);
    }
}

void Followed::close() {
  watching_.reset();
  feed_.reset();
  service_.reset();
  node_.reset();
}

/// Says it once for each change of the reason.
bool Followed::waits(const std::string& what) {
  const std::string now = "waits for " + what;
  {
    const std::lock_guard lock(mutex_);
    away_code_ = log_unreachable;
    if (stopping_ || std::exchange(away_, now) == now) return !stopping_;
  }
  folded_ = 0;
  telling_.says("ledger " + ledger() + " " + now);
  return true;
}

void Followed::steps(const std::string& what) {
  {
    const std::lock_guard lock(mutex_);
    away_ = "is being opened: " + what;
    away_code_ = catching_up;
  }
  folded_ = 0;
  if (telling_.progress.step) telling_.progress.step(what);
}

void Followed::folds(Seq done) {
  folded_ = done;
  if (telling_.progress.records) telling_.progress.records(done);
}

NodeProgress Followed::progress() {
  return {[this](const std::string& what) { steps(what); }, [this](Seq done) { folds(done); },
          [this](const std::string& what) { return waits(what); }, telling_.progress.line};
}

std::string Followed::ledger() const {
  return service() != nullptr ? node_->opened().ledger : settings_.text("ledger");
}

std::string Followed::away() const {
  if (service() != nullptr) return {};
  const Seq folded = folded_;
  const std::lock_guard lock(mutex_);
  return "the ledger " + ledger() + " " + away_ + (folded > 0 ? ", " + std::to_string(folded) + " records" : "");
}

std::string Followed::away_code() const {
  if (service() != nullptr) return {};
  const std::lock_guard lock(mutex_);
  return std::string(away_code_);
}

std::exception_ptr Followed::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

}  // namespace aidledger
