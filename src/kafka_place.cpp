#include "src/kafka_place.hpp"

#include <future>

#include "src/copied_files.hpp"
#include "src/ledger/clock_guard.hpp"
#include "src/log/frame.hpp"
#include "src/rules/governance.hpp"
#include "src/vault/sealing.hpp"
#include "src/world/digest.hpp"

namespace aidledger {
namespace {

log::KafkaSettings with_topic(log::KafkaSettings settings, const std::string& topic) {
  settings.topic = topic;
  return settings;
}

/// Whether the vault's topic may be empty. Records without a vault mean that the vault was lost, not that the ledger is
/// new; and whoever begins a ledger makes its vault before its records.
bool vault_may_be_new(const log::KafkaSettings& cluster, const std::string& ledger, Arrival arrival) {
  if (arrival == Arrival::goes_on) return false;
  log::KafkaLog log(with_topic(cluster, log::ledger_topic(ledger)));
  if (log.entry_at(log.watermarks().low)) return false;
  if (arrival == Arrival::joins) throw not_begun(ledger);
  return true;
}

}  // namespace

vault::KekRing read_keks(world::Disk& disk, const KafkaPlaceSettings& settings) {
  if (settings.kek_file.empty())
    throw std::runtime_error(
        "the vault in Kafka needs a key-encryption key: name its file with kek_file; for a new "
        "ledger make it with: aidledger vault make-kek FILE");
  vault::KekRing ring{vault::read_kek(disk, settings.kek_file), {}};
  for (const auto& file : settings.older_keks) ring.older.push_back(vault::read_kek(disk, file));
  return ring;
}

log::LogFailure not_begun(const std::string& ledger) {
  return {log::Remedy::mend, "the topic " + log::ledger_topic(ledger) +
                                 " is empty: `aidledger ledger create` makes its beginning; for one that was lost see "
                                 "the runbook"};
}

KafkaPlace::KafkaPlace(const KafkaPlaceSettings& settings, const std::string& ledger, const World& world,
                       log::LedgerFiles& files, const std::string& note, Arrival arrival)
    : settings_(settings),
      ledger_(ledger),
      clock_(world.clock),
      random_(world.random),
      files_(files),
      vault_topic_(settings.kafka, ledger),
      vault_(std::make_unique<vault::TopicVault>(
          vault_topic_, world.random, world.clock,
          vault::TopicVaultSettings{ledger, read_keks(world.disk, settings),
                                    vault_may_be_new(settings.kafka, ledger, arrival)})),
      copy_(files, world.disk, world.clock, note),
      log_(std::make_unique<log::KafkaLog>(with_topic(settings.kafka, log::ledger_topic(ledger)))) {
  look_for_copy();
}

KafkaPlace::~KafkaPlace() { stop(); }

/// Files without a note are another node's, or were repaired. A log that cannot be asked is read from its beginning.
void KafkaPlace::look_for_copy() {
  if (files_.head().next_seq == 0 || copy_.noted()) return;
  try {
    if (const auto at = place_of_last_batch(*log_, files_)) copy_.came_from_elsewhere(*at);
  } catch (const log::LogFailure&) {
    return;  // the gate waits for it
  }
}

std::string KafkaPlace::failing() const {
  const std::string waiting = gate_ ? gate_->waiting_for() : std::string();
  return waiting.empty() && log_ ? log_->failing() : waiting;
}

HeldLog KafkaPlace::held(const ledger::Ledger& ledger) const {
  HeldLog held;
  const auto view = ledger.view();
  if (const auto row = view.rows().get<rules::LedgerRow>(""); row && row->log_place.starts_with("kafka:"))
    held.cluster_id = row->log_place.substr(6);
  if (const auto first = files_.record(0)) held.record_0 = world::sha256(*first);
  held.position = copy_.resume().position;
  if (const auto noted = copy_.noted()) held.last_batch = HeldLog::Batch{noted->at, noted->frame};
  return held;
}

/// A topic that is not there is the vault's own trouble, which has a way out of its own.
std::vector<std::string> KafkaPlace::vault_findings() const {
  const auto topic = log::describe_topic(settings_.kafka, log::vault_topic(ledger_));
  if (!topic) return {};
  return log::findings(*topic, {log::TopicUse::vault, settings_.accept_single_copy});
}

void KafkaPlace::watch(ledger::Ledger& ledger) {
  const auto topic = with_topic(settings_.kafka, log::ledger_topic(ledger_));
  gate_ = std::make_unique<LogGate>(
      GatePorts{*log_,
                clock_,
                [topic] { return log::describe_topic(topic, topic.topic); },
                {log::TopicUse::ledger, settings_.accept_single_copy},
                [this, &ledger] { return held(ledger); },
                [&ledger] { ledger.open_log(); },
                [&ledger](ledger::Halt halt, const std::string& why) { ledger.halt(halt, why); },
                [&ledger] { ledger.go_on(); },
                [this] { return vault_findings(); }});
  looks_ = world::thread_tasks();
  gate_->watch(*looks_);
}

void KafkaPlace::follow_vault(std::function<void(const std::vector<std::string>& names)> came) {
  vault_looks_ = world::thread_tasks();
  vault_asks_ = world::thread_tasks();
  vault_->look_apart(*vault_asks_);
  vault_->follow(*vault_looks_, std::move(came));
}

/// What is on this disk first: brokers that are away keep the rest waiting. What a full disk does not take is read
/// again from the log.
void KafkaPlace::stop() {
  try {
    copy_.settle_now();
    files_.write_mark();
  } catch (const world::DiskError&) {
  }
  looks_.reset();
  vault_looks_.reset();
  vault_asks_.reset();
  log_.reset();  // answers what is in flight
}

std::optional<Bytes> KafkaPlace::record_0() {
  const auto entry = log_->entry_at(log_->watermarks().low);
  if (!entry) return std::nullopt;
  const auto frame = log::parse(entry->batch);
  const auto parts = frame ? log::signed_part(entry->batch) : log::Signed{};
  if (!frame || frame->ledger != ledger_ || frame->first_seq != 0 ||
      !vault::signed_by(settings_.first_public_key, parts.part, parts.signature))
    throw log::LogFailure(
        log::Remedy::give_up,
        "the topic " + log::ledger_topic(ledger_) +
            " does not begin with a record 0 that the pinned key signed: look whether kafka.first_key "
            "is what `aidledger ledger create` or `ledger move` has printed, and the brokers the right ones");
  return Bytes(frame->records.front());
}

void KafkaPlace::check_clock() {
  ledger::ClockGuard guard(clock_);
  const Instant sent = clock_.now();
  if (const auto appended_at = vault_topic_.brokers_time()) guard.check_broker(*appended_at, sent);
  if (!guard.finding().empty())
    throw log::LogFailure(log::Remedy::give_up,
                          "CLOCK_SUSPECT: " + guard.finding() + "; set the clock right, then run this again");
}

void KafkaPlace::open_with(const Bytes& frame) {
  check_clock();
  const vault::Sealer makes_secrets(*vault_, random_, ledger_);
  while (!log_->entry_at(log_->watermarks().low)) {
    std::promise<log::Appended> answered;
    log_->append(frame, [&](log::Appended outcome) { answered.set_value(outcome); });
    if (answered.get_future().get() == log::Appended::unknown && !log_->failing().empty())
      throw log::LogFailure(log::Remedy::retry, log_->failing());
  }
}

}  // namespace aidledger
