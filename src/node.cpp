#include "src/node.hpp"

#include <future>

#include "events/values/decode_error.hpp"
#include "src/ledger/may_ask.hpp"
#include "src/store/rocks_row_store.hpp"
#include "src/vault/directory_vault.hpp"
#include "src/vault/sealing.hpp"
#include "src/vault/writer_key.hpp"

namespace aidledger {

class Node::FileRecords : public ledger::RecordSource {
 public:
  explicit FileRecords(const log::LedgerFiles& files) : files_(files) {}
  std::optional<Bytes> record(Seq seq) const override { return files_.record(seq); }

 private:
  const log::LedgerFiles& files_;
};

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

BytesView id_bytes(const log::KeyId& id) { return {reinterpret_cast<const char*>(id.data()), id.size()}; }

}  // namespace

Node::Node(const NodeSettings& settings, const NodeProgress& progress, const std::string& new_ledger)
    : progress_(progress) {
  disk_ = world::real_disk();
  clock_ = world::system_clock();
  random_ = world::system_random();
  check_apart(settings);
  open_files(settings);
  vault_ = std::make_unique<vault::DirectoryVault>(*disk_, settings.vault);
  if (files_->head().next_seq == 0) create_ledger(settings, settings.ledger.empty() ? new_ledger : settings.ledger);
  opened_ = ledger::opening_of(*files_->record(0));
  check_vault(settings);
  if (!settings.ledger.empty() && settings.ledger != opened_.ledger)
    throw CannotStart("the folder " + settings.data + " holds the ledger " + opened_.ledger + ", not " +
                      settings.ledger);
  sealer_ = std::make_unique<vault::Sealer>(*vault_, *random_, opened_.ledger);
  open_rows(settings, progress);
}

Node::~Node() {
  if (ledger_ && strand_) {
    std::promise<void> stopped;
    ledger_->stop([&] { stopped.set_value(); });
    stopped.get_future().wait();  // from here on nothing is appended
    commits_.reset();             // runs what was posted, which tells the strand
    strand_.reset();
    files_->write_mark();
    rows_->flush();
  }
}

void Node::open_files(const NodeSettings& settings) {
  log::LedgerFilesOptions options;
  options.segment_bytes = settings.segment_bytes;
  if (progress_.step) progress_.step("opening the ledger files");
  if (!settings.create && !disk_->exists(log_folder(settings)))
    throw CannotStart("there is no ledger in " + settings.data + "; make one with: aidledger serve --data " +
                      settings.data + " --ledger ID");
  files_ = log::LedgerFiles::open(*disk_, log_folder(settings), options);
  records_ = std::make_unique<FileRecords>(*files_);
}

/// An empty vault, or another ledger's, would open nothing and make new keys without a word.
void Node::check_vault(const NodeSettings& settings) {
  if (opened_.log_place != "embedded") return;
  if (!vault::WriterKey::exists(*vault_, writer_key_name) ||
      to_hex(id_bytes(vault::WriterKey(*vault_, *random_, writer_key_name).id())) != opened_.writer_key_id)
    throw CannotStart("the vault (" + settings.vault + ") does not hold the keys of the ledger " + opened_.ledger +
                      "; restore the vault's backup, or name the right --vault");
}

void Node::create_ledger(const NodeSettings& settings, const std::string& name) {
  if (!settings.create || name.empty())
    throw CannotStart("the folder " + settings.data + " holds no ledger yet; name it with --ledger ID");
  if (!is_id(name) || name.size() > max_ledger_id_length)
    throw CannotStart("a ledger id is 1 to 32 of A-Z a-z 0-9 . _ -");
  const vault::WriterKey key(*vault_, *random_, writer_key_name);
  const ledger::Opening opening{
      name, settings.zone, "embedded", to_hex(id_bytes(key.id())), to_hex(key.public_key()), settings.purpose};
  files_->append(
      ledger::opening_frame(opening, key.id(), settings.first_recorded_at.value_or(clock_->now()), *random_));
  files_->sync();
  files_->write_mark();
  created_ = true;
}

void Node::open_rows(const NodeSettings& settings, const NodeProgress& progress) {
  const auto open = [&] { rows_ = store::open_rocks_row_store(rows_folder(settings)); };
  try {
    open();
  } catch (const store::Damaged& damaged) {
    if (progress.step)
      progress.step(std::string("the rows are damaged (") + damaged.what() +
                    "): building them anew from the ledger files");
    store::erase_rocks_rows(rows_folder(settings));
    open();
  }
  const auto head = ledger::decode_head(rows_->position());
  if (!head || head->next_seq > files_->head().next_seq)
    throw CannotStart("the rows reach record " + std::to_string(head ? head->next_seq : 0) +
                      " but the ledger files end before record " + std::to_string(files_->head().next_seq) +
                      ": the ledger files are older than the rows; restore the newest backup of " + settings.data +
                      "/log, or, if these files are right, run: aidledger rebuild --data " + settings.data);
  commits_ = world::thread_tasks(log::look_for_batch_us);
  strand_ = world::thread_tasks();
  log_ = std::make_unique<log::EmbeddedLog>(*files_, *commits_);
  ledger::LedgerPorts ports{*log_,    *rows_,   *records_, *clock_,
                            *random_, *strand_, *sealer_,  ledger::may_ask_in(opened_.ledger)};
  ledger::LedgerSettings to;
  to.ledger = opened_.ledger;
  to.zone = world::load_zone(opened_.zone);
  to.key = vault::WriterKey(*vault_, *random_, writer_key_name).id();
  to.timekeeper = settings.timekeeper;
  to.demonstration = opened_.purpose == LedgerPurpose::demonstration;
  ledger_ = std::make_unique<ledger::Ledger>(std::move(ports), std::move(to));
}

void Node::start() { ledger_->start(progress_.records); }

void Node::forget_rows(const NodeSettings& settings) { store::erase_rocks_rows(rows_folder(settings)); }

}  // namespace aidledger
