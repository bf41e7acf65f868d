#include "src/node.hpp"

#include <chrono>
#include <future>
#include <thread>

#include "events/values/decode_error.hpp"
#include "src/embedded_place.hpp"
#include "src/file_records.hpp"
#include "src/ledger/may_ask.hpp"
#include "src/log/frame.hpp"
#include "src/rules/governance.hpp"
#include "src/settings/ledgers.hpp"
#include "src/store/rocks_row_store.hpp"
#include "src/vault/directory_vault.hpp"
#include "src/vault/sealing.hpp"
#include "src/vault/writer_key.hpp"

namespace aidledger {

namespace {

std::string log_folder(const NodeSettings& settings) { return settings.data + "/log"; }
std::string rows_folder(const NodeSettings& settings) { return settings.data + "/rows"; }

void check_apart(const NodeSettings& settings) {
  for (const auto& folder : {log_folder(settings), rows_folder(settings)})
    if (vault::folders_overlap(settings.vault, folder))
      throw CannotStart("the vault (" + settings.vault + ") must lie neither in nor around the ledger's folder " +
                        folder + ": they are backed up apart; choose another --vault");
}

constexpr const char* writer_key_name = "node";

[[noreturn]] void throw_wrong_vault(const NodeSettings& settings, const std::string& ledger) {
  throw CannotStart("the vault (" + settings.vault + ") does not hold the keys of the ledger " + ledger +
                    "; restore the vault's backup, or name the right --vault");
}

}  // namespace

Node::Node(const NodeSettings& settings, const NodeProgress& progress, const std::string& new_ledger)
    : progress_(progress), settings_(settings) {
  disk_ = world::real_disk();
  clock_ = world::system_clock();
  random_ = world::system_random();
  check_apart(settings);
  open_files();
  own_vault_ = std::make_unique<vault::DirectoryVault>(*disk_, settings.vault);
  const bool has_key = vault::WriterKey::exists(*own_vault_, writer_key_name);
  if (!has_key && !settings.kafka && files_->head().next_seq > 0)
    throw_wrong_vault(settings, ledger::opening_of(*files_->record(0)).ledger);
  key_ = std::make_unique<vault::WriterKey>(*own_vault_, *random_, writer_key_name);
  open_place(settings.ledger.empty() ? new_ledger : settings.ledger);
  check_vault();
  if (!settings.ledger.empty() && settings.ledger != opened_.ledger)
    throw CannotStart("the folder " + settings.data + " holds the ledger " + opened_.ledger + ", not " +
                      settings.ledger);
  sealer_ = std::make_unique<vault::Sealer>(place_->vault(), *random_, opened_.ledger);
  open_rows();
  make_ledger();
}

Node::~Node() {
  if (ledger_ && strand_) {
    std::promise<void> stopped;
    ledger_->stop([&] { stopped.set_value(); });
    stopped.get_future().wait();  // from here on nothing is appended, and nothing read
    try {
      rows_->flush();
    } catch (const store::Failed&) {  // the next start folds again what is not durable
    }
    place_->stop();
    strand_.reset();
  }
}

NodeKey Node::named_key() const {
  return {settings_.kafka ? settings_.kafka->node : std::string(), key_->id_text(), to_hex(key_->public_key())};
}

/// Opens the log where it lies; makes the ledger, or fetches its beginning, where these files hold nothing yet.
void Node::open_place(const std::string& name) {
  const bool empty = files_->head().next_seq == 0;
  Bytes record_0 = empty ? Bytes() : *files_->record(0);
  if (settings_.kafka) {
    const Arrival arrival = !empty ? Arrival::goes_on : settings_.kafka->begins ? Arrival::begins : Arrival::joins;
    if (arrival == Arrival::joins && settings_.kafka->first_public_key.empty()) throw CannotStart(no_first_key);
    auto place = wait_for_kafka(name, arrival);
    kafka_ = place.get();
    place_ = std::move(place);
    if (empty) record_0 = fetch_record_0();
  } else {
    if (empty) {
      create_embedded(name);
      record_0 = *files_->record(0);
    }
    place_ = std::make_unique<EmbeddedPlace>(*files_, *own_vault_);
  }
  opened_ = ledger::opening_of(record_0);
}

/// Without the vault nothing is sealed and nobody is known: the brokers are waited for.
std::unique_ptr<KafkaPlace> Node::wait_for_kafka(const std::string& name, Arrival arrival) {
  for (;;) {
    try {
      return std::make_unique<KafkaPlace>(*settings_.kafka, name, KafkaPlace::World{*disk_, *clock_, *random_}, *files_,
                                          settings_.data + "/log-note", arrival);
    } catch (const log::LogFailure& failure) {
      wait_out(failure);
    } catch (const world::DiskError&) {
      throw;
    } catch (const std::runtime_error& error) {
      throw CannotStart(error.what());
    }
  }
}

void Node::wait_out(const log::LogFailure& failure) const {
  const bool may_help =
      failure.remedy == log::Remedy::retry || (failure.remedy == log::Remedy::mend && settings_.patient);
  if (!may_help) throw CannotStart(failure.what());
  wait_for(std::string("Kafka: ") + failure.what());
  std::this_thread::sleep_for(std::chrono::seconds(1));
}

void Node::wait_for(const std::string& what) const {
  if (progress_.waiting && !progress_.waiting(what)) throw CannotStart("waiting for " + what + " was given up");
}

Bytes Node::fetch_record_0() {
  for (;;) {
    try {
      if (auto found = kafka_->record_0()) return *found;
      if (!settings_.kafka->begins) throw not_begun(settings_.ledger);
      kafka_->open_with(first_frame(settings_.ledger, "kafka:" + kafka_->kafka().cluster_id()));
      created_ = true;
    } catch (const log::LogFailure& failure) {
      wait_out(failure);
    }
  }
}

void Node::open_files() {
  if (const auto others = settings::ledgers_below(settings_.data);
      !others.empty() && !settings::holds_one_ledger(settings_.data))
    throw CannotStart("the folder " + settings_.data +
                      " is of several ledgers, each in a folder of its own: name one that is there (" + others.front() +
                      "), or add this one to the setting `ledger`");
  log::LedgerFilesOptions options;
  options.segment_bytes = settings_.segment_bytes;
  if (progress_.step) progress_.step("opening the ledger files");
  if (!settings_.create && !disk_->exists(log_folder(settings_)))
    throw NoLedger("there is no ledger in " + settings_.data + "; make one with: aidledger serve --data " +
                   settings_.data + " --ledger ID");
  files_ = log::LedgerFiles::open(*disk_, log_folder(settings_), options);
  records_ = std::make_unique<FileRecords>(*files_);
}

/// An empty vault, or another ledger's, would open nothing and make new keys without a word.
void Node::check_vault() {
  if (!settings_.kafka && opened_.log_place == "embedded" && key_->id_text() != opened_.writer_key_id)
    throw_wrong_vault(settings_, opened_.ledger);
}

/// The frame of record 0, signed: an embedded log takes no notice of it.
Bytes Node::first_frame(const std::string& name, const std::string& place) {
  const ledger::Opening opening{
      name, settings_.zone, place, key_->id_text(), to_hex(key_->public_key()), settings_.purpose};
  Bytes frame =
      ledger::opening_frame(opening, key_->id(), settings_.first_recorded_at.value_or(clock_->now()), *random_);
  if (place == "embedded") return frame;
  const Bytes signature = key_->sign(log::signed_part(frame).part);
  return log::with_signature(std::move(frame), signature);
}

void Node::create_embedded(const std::string& name) {
  if (!settings_.create || name.empty())
    throw CannotStart("the folder " + settings_.data + " holds no ledger yet; name it with --ledger ID");
  if (!is_id(name) || name.size() > max_ledger_id_length)
    throw CannotStart("a ledger id is 1 to 32 of A-Z a-z 0-9 . _ -");
  files_->append(first_frame(name, "embedded"));
  files_->sync();
  files_->write_mark();
  created_ = true;
}

/// Where the log went: what is written here would be in nobody's ledger.
void Node::check_moved() {
  const auto row = ledger_->view().rows().get<rules::LedgerRow>("");
  if (!settings_.kafka && row && row->log_place != "embedded")
    throw CannotStart("the ledger " + opened_.ledger + " has moved to " + row->log_place + ": " + settings_.data +
                      " is not written any more; start with --log-place kafka");
}

void Node::open_rows() {
  const auto open = [&] { rows_ = store::open_rocks_row_store(rows_folder(settings_)); };
  try {
    open();
  } catch (const store::Damaged& damaged) {
    if (progress_.step)
      progress_.step(std::string("the rows are damaged (") + damaged.what() +
                     "): building them anew from the ledger files");
    store::erase_rocks_rows(rows_folder(settings_));
    open();
  }
  const auto head = ledger::decode_head(rows_->position());
  const Seq reach = head ? head->next_seq : 0, held = files_->head().next_seq;
  if (head && reach <= held) return;
  if (!head || !settings_.kafka)
    throw CannotStart("the rows reach record " + std::to_string(reach) + " but the ledger files end before record " +
                      std::to_string(held) +
                      ": the ledger files are older than the rows; restore the newest backup of " + settings_.data +
                      "/log, or, if these files are right, run: aidledger rebuild --data " + settings_.data);
  rows_.reset();  // a power cut: Kafka has the rest
  store::erase_rocks_rows(rows_folder(settings_));
  open();
}

void Node::make_ledger() {
  strand_ = world::thread_tasks();
  ledger::LedgerPorts ports{place_->log(),
                            *rows_,
                            *records_,
                            *clock_,
                            *random_,
                            *strand_,
                            *sealer_,
                            ledger::may_ask_in(opened_.ledger),
                            place_->copy(),
                            [this] { return place_->failing(); },
                            [this] { return place_->diverged(); }};
  ledger::LedgerSettings to;
  to.ledger = opened_.ledger;
  to.zone = world::load_zone(opened_.zone);
  to.key = key_->id();
  to.timekeeper = settings_.timekeeper;
  to.demonstration = opened_.purpose == LedgerPurpose::demonstration;
  if (settings_.kafka) {
    to.sign = [this](BytesView part) { return key_->sign(part); };
    to.first_public_key = settings_.kafka->first_public_key;
  }
  ledger_ = std::make_unique<ledger::Ledger>(std::move(ports), std::move(to));
}

void Node::start() {
  if (progress_.step) progress_.step("folding records");
  ledger_->catch_up(progress_.records);
  check_moved();
  ledger_->start(progress_.records);
  place_->watch(*ledger_);
  if (kafka_ != nullptr) kafka_->follow_vault([this](const auto& names) { sealer_->erase_late(names); });
}

void Node::wait_for_end() {
  wait_for_halt();
  const auto health = ledger_->health();
  if (health.halt != ledger::Halt::none)
    throw CannotStart(std::string(ledger::code_of(health.halt)) + ": " + health.why);
}

void Node::wait_for_halt() {
  for (std::string told;; std::this_thread::sleep_for(std::chrono::milliseconds(50))) {
    const auto health = ledger_->health();
    if (health.halt != ledger::Halt::none || health.at_end) return;
    if (const auto why = place_->failing(); why != std::exchange(told, why) && !why.empty())
      wait_for("the log: " + why);
    if (progress_.records) progress_.records(health.folded_to);
  }
}

void Node::forget_rows(const NodeSettings& settings) { store::erase_rocks_rows(rows_folder(settings)); }

}  // namespace aidledger
