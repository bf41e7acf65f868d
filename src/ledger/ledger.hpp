#pragma once
// One ledger as its doors see it: ask, read, wait. Joins writer, follower and timekeeper on one strand; may be used
// from any thread.
#include <map>
#include <memory>

#include "events/governance_nodes.hpp"
#include "src/ledger/lag.hpp"
#include "src/ledger/timekeeper.hpp"
#include "src/log/log_identity.hpp"

namespace aidledger::ledger {

struct LedgerPorts {
  log::SharedLog& log;
  store::RowStore& store;
  const RecordSource& records;
  world::Clock& clock;
  world::Random& random;
  world::Tasks& strand;
  vault::Sealer& sealer;
  MayAsk may_ask;
  AcceptedCopy* copy = nullptr;  ///< where the log lies elsewhere
  /// Why the log can be neither read nor appended to now; empty while it can.
  std::function<std::string()> log_failing = [] { return std::string(); };
  /// A sentence once the log was found to be another one than was read so far.
  std::function<std::optional<std::string>()> log_diverged = [] { return std::optional<std::string>(); };
};

struct LedgerSettings {
  std::string ledger;
  Zone zone;
  log::KeyId key{};
  bool demonstration = false;
  std::int64_t timekeeper_interval_us = 1'000'000;
  std::function<Bytes(BytesView part)> sign;  ///< of batches; empty on an embedded ledger, whose batches carry none
  Bytes first_public_key;                     ///< with `sign`: pinned by configuration, who may write record 0
  bool timekeeper = true;  ///< false while a demonstration's year is told: its clocks are judged on its own days
};

/// Rows as of one moment: true up to `next_seq` - 1.
class View {
 public:
  View(std::shared_ptr<const store::RowReader> reader, std::optional<Seq> known_at);
  const Rows& rows() const { return *rows_; }
  Seq next_seq() const { return next_seq_; }
  const store::RowReader& reader() const { return *reader_; }
  /// The same moment, from which views of earlier ones are made.
  const std::shared_ptr<const store::RowReader>& shared_reader() const { return reader_; }

 private:
  std::shared_ptr<const store::RowReader> reader_;
  std::unique_ptr<Rows> rows_;
  Seq next_seq_ = 0;
};

struct Health {
  Halt halt = Halt::none;
  std::string why;
  Seq next_seq = 0;
  std::size_t waiting = 0;
  Voids voids;
  std::uint64_t own_batches = 0, other_batches = 0;  ///< accepted since the start
  std::string blocked;                               ///< why what was read cannot be kept; empty when all is well
  Seq folded_to = 0;                                 ///< beyond next_seq while the node is far behind
  bool clock_trusted = true;
  bool at_end = false;                          ///< the log has been read to its end
  bool caught_up = false;                       ///< it has been once, since the start
  log::Position read_to, log_end;               ///< up to where the log was read, and is known to go
  std::optional<std::int64_t> behind_since_us;  ///< monotonic: the log has held since then what is not read yet
};

class Ledger {
 public:
  Ledger(LedgerPorts ports, LedgerSettings settings);
  ~Ledger();

  /// Folds up to the end of the log, or of the local copy (progress in seqs): then rows can be looked at.
  void catch_up(const std::function<void(Seq)>& progress);
  /// Catches up, destroys keys whose erasure is recorded, then starts to take actions.
  void start(const std::function<void(Seq)>& progress);
  /// No more actions; everything that waits is answered. Runs on the strand; `done` is called there.
  void stop(std::function<void()> done);

  /// The log may be read: its identity and its settings were found right. A log that lies elsewhere is not before.
  void open_log();
  /// Halts (from any thread): the log was found unfit, or another one.
  void halt(Halt halt, std::string why);
  /// Where it stands when halted by POISON.
  std::optional<Poisoned> poisoned() const;
  /// Two people pass over the record that halts the ledger (POISON): appends their word behind it, once the clock that
  /// dates it has been compared with the broker's. `done` is told why not, a sentence, or nothing when it was appended.
  void pass_poison(PoisonPassed pass, std::function<void(const std::string& why_not)> done);
  /// LOG_UNFIT is over.
  void go_on();

  void ask(Asked asked);
  /// An operator accepts a suspect clock; recorded as any action. From anybody else it is refused as any action.
  void accept_clock(Asked asked);
  /// Calls `then` (on the strand, or at once) when record `seq` can be read.
  void when_readable(Seq seq, std::function<void()> then);

  View view(std::optional<Seq> known_at = std::nullopt) const { return View(ports_.store.snapshot(), known_at); }
  std::optional<Record> record(Seq seq) const;
  /// The last record at or before a time; nullopt before record 0.
  std::optional<Seq> last_at(Instant time) const;
  Health health() const;
  const LedgerSettings& settings() const { return settings_; }
  rules::TextParsers parsers() const;

 private:
  void look_at_clocks();
  bool timekeeper_turn() const;
  void wake();
  void pump_soon();
  void look_at_end();
  void accepted(const AcceptedBatch& batch);
  void caught_up();
  void release_readers();
  std::string cannot_pass(const PoisonPassed& pass);
  void pass_when_dated();
  void append_pass(const PoisonPassed& pass, const Head& after);
  void publish_health();
  void publish_reading();
  void erase_what_is_recorded();

  LedgerPorts ports_;
  LedgerSettings settings_;
  std::unique_ptr<Follower> follower_;
  std::unique_ptr<SealingStep> sealing_;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<Timekeeper> timekeeper_;
  std::multimap<Seq, std::function<void()>> waiting_;
  bool about_to_wake_ = false;  ///< for actions that arrived
  bool about_to_pump_ = false;  ///< after a batch of its own
  bool stopping_ = false;
  bool log_open_ = true;
  log::CutDoubt cut_;
  Lag lag_;
  std::uint64_t own_batches_ = 0, other_batches_ = 0;
  struct AskedPass {
    PoisonPassed pass;
    std::function<void(const std::string& why_not)> done;
  };
  std::optional<AskedPass> pass_;  ///< asked for, not appended yet
  mutable std::mutex health_mutex_;
  Health health_;
  std::optional<Poisoned> poisoned_;  ///< as health_
};

}  // namespace aidledger::ledger
