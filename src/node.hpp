#pragma once
// A running node: the concrete disk, ledger files, rows, vault and clock behind one ledger. Opening checks what must
// hold before anything is served.
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "src/enrolment.hpp"
#include "src/kafka_place.hpp"
#include "src/ledger/ledger.hpp"
#include "src/ledger/opening.hpp"
#include "src/ledger/queries.hpp"
#include "src/vault/vault.hpp"

namespace aidledger {

struct NodeSettings {
  std::string data;                    ///< folder: log/ (the ledger files), rows/
  std::string vault;                   ///< folder of the vault: neither in the ledger's folder nor around it
  std::string ledger;                  ///< its id; empty = whatever the folder holds
  std::string zone = "Asia/Shanghai";  ///< of a new ledger
  bool create = false;                 ///< make the ledger where the folder is empty; with Kafka, follow it
  LedgerPurpose purpose = LedgerPurpose::production;  ///< of a new ledger
  std::optional<Instant> first_recorded_at;           ///< of record 0 of a new demonstration ledger
  std::uint64_t segment_bytes = 64 << 20;
  bool timekeeper = true;
  bool patient = false;  ///< waits for what has to be mended at the brokers, as a service does
  ledger::ErasureBounds erasure = {};
  std::optional<KafkaPlaceSettings> kafka;  ///< absent: the ledger files are the log. `ledger` must be named with it
};

/// Why a node does not start, and what to do: a sentence each.
struct CannotStart : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The folder that is named holds no ledger.
struct NoLedger : CannotStart {
  using CannotStart::CannotStart;
};

struct NodeProgress {
  std::function<void(const std::string& step)> step;  ///< "folding records"
  std::function<void(Seq done)> records;
  /// About once a second while brokers are waited for, with what is waited for and why; false: wait no longer.
  std::function<bool(const std::string& for_what)> waiting;
  std::function<void(const std::string& line)> line;  ///< drawn again in its place; empty where there is no terminal
};

class Node {
 public:
  /// Opens (or makes) the ledger and folds what is not folded yet. Throws CannotStart, log::LogDamaged, world::Locked.
  /// `new_ledger` names a ledger that has to be made where settings.ledger does not.
  Node(const NodeSettings& settings, const NodeProgress& progress, const std::string& new_ledger = {});
  ~Node();

  ledger::Ledger& ledger() { return *ledger_; }
  vault::Vault& vault() { return place_->vault(); }
  /// The key that signs this node's batches; it never leaves the node's own vault.
  const vault::WriterKey& key() const { return *key_; }
  NodeKey named_key() const;
  /// Why the log can be neither read nor appended to now; empty while it can.
  std::string log_failing() const { return place_->failing(); }
  /// nullptr where the ledger files are the log.
  KafkaPlace* kafka() { return kafka_; }
  vault::Sealer& sealer() { return *sealer_; }
  log::LedgerFiles& files() { return *files_; }
  const ledger::RecordSource& records() const { return *records_; }
  world::Disk& disk() { return *disk_; }
  world::Clock& clock() { return *clock_; }
  world::Random& random() { return *random_; }
  bool created() const { return created_; }
  const NodeSettings& settings() const { return settings_; }
  const LedgerOpened& opened() const { return opened_; }
  /// Throws the rows away and folds them again from the ledger files. Before start().
  static void forget_rows(const NodeSettings& settings);
  void start();
  /// Returns when the log has been read to its end, or to a halt.
  void wait_for_halt();
  /// Returns when the log has been read to its end; throws CannotStart when it halts; tells `progress.waiting` what it
  /// waits for.
  void wait_for_end();
  /// While it is started: tells `progress.waiting` why brokers cannot be asked, and returns a second later; throws
  /// CannotStart where trying on cannot help.
  void wait_out(const log::LogFailure& failure) const;

 private:
  void wait_for(const std::string& what) const;
  void open_files();
  void open_place(const std::string& name);
  std::unique_ptr<KafkaPlace> wait_for_kafka(const std::string& name, Arrival arrival);
  Bytes first_frame(const std::string& name, const std::string& place);
  void create_embedded(const std::string& name);
  Bytes fetch_record_0();
  void check_vault();
  void check_moved();
  void open_rows();
  void make_ledger();

  std::unique_ptr<world::Disk> disk_;
  std::unique_ptr<world::Clock> clock_;
  std::unique_ptr<world::Random> random_;
  std::unique_ptr<vault::Vault> own_vault_;
  std::unique_ptr<vault::WriterKey> key_;
  std::unique_ptr<log::LedgerFiles> files_;
  std::unique_ptr<ledger::RecordSource> records_;
  std::unique_ptr<store::RowStore> rows_;
  std::unique_ptr<LogPlace> place_;
  KafkaPlace* kafka_ = nullptr;
  std::unique_ptr<vault::Sealer> sealer_;
  std::unique_ptr<ledger::Ledger> ledger_;
  std::unique_ptr<world::Tasks> strand_;
  LedgerOpened opened_;
  bool created_ = false;
  NodeProgress progress_;
  NodeSettings settings_;
};

}  // namespace aidledger
