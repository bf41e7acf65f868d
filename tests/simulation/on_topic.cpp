#include "tests/simulation/on_topic.hpp"

#include "src/rules/governance.hpp"
#include "src/world/digest.hpp"

namespace aidledger::simulation {

namespace {

constexpr const char* note = "log-note";

}  // namespace

void OnTopic::open_files() { files_ = log::LedgerFiles::open(disk_, "log", options_); }

void OnTopic::close_files() {
  files_.reset();
  if (disk_.exists(note)) disk_.remove(note);
}

void OnTopic::start(const Process& process) {
  open_files();
  clock_ = &process.clock;
  fate_ = &process.fate;
  copy_ = std::make_unique<FileCopy>(*files_, disk_, process.clock, note);
  log_ = std::make_unique<TopicLog>(topic_, process.strand, process.fate);
  looks_ = std::make_unique<Strand>(process.schedule, process.node);
}

void OnTopic::crash(bool power) {
  publishing_.reset();
  looks_.reset();
  gate_.reset();
  log_.reset();
  copy_.reset();
  files_.reset();
  end(disk_, power);
}

void OnTopic::describe(ledger::LedgerPorts& ports, ledger::LedgerSettings& settings) {
  ports.copy = copy_.get();
  ports.log_failing = [this] { return failing(); };
  ports.log_diverged = [this] { return log_->diverged(); };
  settings.key = key_->id();
  settings.sign = [this](BytesView part) { return key_->sign(part); };
  settings.first_public_key = first_public_key_;
}

std::string OnTopic::failing() const {
  const std::string waiting = gate_ ? gate_->waiting_for() : std::string();
  return waiting.empty() ? log_->failing() : waiting;
}

void OnTopic::watch(ledger::Ledger& ledger) {
  gate_ = std::make_unique<LogGate>(
      GatePorts{*log_,
                *clock_,
                [this] { return log_->describe(); },
                {},
                [this, &ledger] { return held(ledger); },
                [&ledger] { ledger.open_log(); },
                [&ledger](ledger::Halt halt, const std::string& why) { ledger.halt(halt, why); },
                [&ledger] { ledger.go_on(); }});
  gate_->watch(*looks_);
  publishing_ = std::make_unique<Publishing>(
      Publishing::Ports{*feed_topics_, ledger, records(), *clock_, topic_.random(), *fate_, *looks_}, name_,
      name_of_key(key_->id()));
}

HeldLog OnTopic::held(const ledger::Ledger& ledger) const {
  HeldLog held;
  const auto view = ledger.view();
  if (const auto row = view.rows().get<rules::LedgerRow>("")) held.cluster_id = row->log_place.substr(6);
  if (const auto first = files_->record(0)) held.record_0 = world::sha256(*first);
  held.position = copy_->resume().position;
  if (const auto noted = copy_->noted()) held.last_batch = HeldLog::Batch{noted->at, noted->frame};
  return held;
}

void OnTopic::take_new_key() {
  key_ = std::make_unique<vault::WriterKey>(vault_, topic_.random(), name_ + "-" + std::to_string(++keys_));
}

}  // namespace aidledger::simulation
