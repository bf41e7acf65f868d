#pragma once
// Reads the log, judges every batch, folds what is accepted, and commits rows, position and head in one step. The only
// code that makes rows. Lives on the ledger's strand.
#include <memory>
#include <set>

#include "src/ledger/accepted_copy.hpp"
#include "src/ledger/cached_rows.hpp"
#include "src/ledger/foresight.hpp"
#include "src/ledger/passing.hpp"
#include "src/ledger/record_source.hpp"

namespace aidledger::ledger {

/// Of the log.
inline constexpr std::size_t read_at_once_bytes = 4 << 20;

/// Told on the strand, after the commit: what is told can be read.
struct FollowerEvents {
  std::function<void(const AcceptedBatch& batch)> accepted;
  /// Before it is judged; not of many at once.
  std::function<void(const log::Entry& entry)> read;
  std::function<void(const Verdict& verdict)> voided;
  /// Many batches were folded at once, because the node was far behind: none of them was told.
  std::function<void()> caught_up;
  std::function<void(Halt halt, const std::string& why)> halted;
};

/// Batches by offset range that were void, without keeping any.
struct Voids {
  std::uint64_t losers = 0;   ///< signed, another batch came first
  std::uint64_t foreign = 0;  ///< not signed by an enrolled key, or another ledger's: an alarm
  log::Position first_foreign, last_foreign;
  std::string last_why;
};

class Follower {
 public:
  /// `copy`: where accepted batches are kept when the log lies elsewhere.
  Follower(log::SharedLog& log, store::RowStore& store, const RecordSource& records, Bench bench,
           AcceptedCopy* copy = nullptr);

  void tell(FollowerEvents events) { events_ = std::move(events); }
  /// Reads what is there now; true when something was read. Nothing more is read once halted, nor while blocked.
  bool step();
  /// Why what was read cannot be kept: the disk takes nothing more. Empty when all is well.
  const std::string& blocked() const { return blocked_; }
  /// Blocked or not, the next step tries.
  void try_again() { waits_ = false; }
  /// Looks ahead at what a batch will change that was just sent, and goes on from the head: the wait for it is used.
  void foresee(BytesView frame);
  /// Folds everything up to the end of the log, keeping layers in memory and writing sorted rows at checkpoints: for
  /// starts and rebuilds. `progress` gets the next seq after each batch.
  void catch_up(const std::function<void(Seq)>& progress);
  /// The same from the local copy, as far as it goes; what the log has beyond is for step().
  void catch_up_from_copy(const std::function<void(Seq)>& progress);
  /// Reads nothing more: the log was found to be unfit, or another one than was read so far.
  void stop(Halt halt, const std::string& why);
  /// The log is fit again: reads on, and may halt again.
  void go_on();
  /// While halted by POISON: looks at what has come behind it; true when that passes it over, and reading goes on.
  bool passed_by_now();
  /// Where it stands when halted by POISON.
  const std::optional<Poisoned>& poisoned() const { return poisoned_; }

  const Head& head() const { return head_; }
  /// How far it has folded, in memory or not.
  Seq folded_to() const { return behind_ ? behind_->head.next_seq : head_.next_seq; }
  /// Up to where it has read the log, and up to where the log is known to go.
  log::Position read_to() const { return behind_ ? behind_->head.position : head_.position; }
  log::Position log_end() const { return log_.known_end(); }
  /// Whether batches signed by this key count now.
  bool enrolled(const log::KeyId& key) const;
  Halt halt() const { return halt_; }
  const std::string& halted_why() const { return halted_why_; }
  bool at_end() { return reads_nothing_more() && !lacks(head_); }
  /// The log shows its end, and has not shown again all that is held here: it was cut, or it shows an old end.
  bool ends_too_early() { return lacks(head_) && reads_nothing_more(); }
  const Voids& voids() const { return voids_; }
  const Rows& rows() const { return rows_; }

 private:
  /// Rows in memory, because there is much to read: written at checkpoints.
  struct Behind {
    explicit Behind(const Rows& below, const Head& from) : folding(below), head(from) {}
    Folding folding;
    Head head;
    bool dry = false;  ///< nothing was there when the log was read last: twice, and no more is on its way
  };

  bool reads_nothing_more() { return halt_ == Halt::none && !behind_ && log_.at_end(head_.position); }
  /// Of what is held in the copy, the log has not shown everything again.
  bool lacks(const Head& held) const { return copy_ != nullptr && met_ < held.next_seq; }
  bool meets_again(const log::Entry& entry, const Rows& state, const Head& head);
  /// False when the batch was not accepted.
  bool take(const log::Entry& entry, Folding& folding, Head& head, AcceptedBatch* batch);
  bool passed_over(Poisoned& poisoned);
  void take_one(const log::Entry& entry);
  void keep(const log::Entry& entry, Seq next_seq, log::Position at);
  void commit(const std::vector<store::RowChange>& changes, const Head& head, const AcceptedBatch* accepted);
  void fold_copy(const std::function<void(Seq)>& progress, Seq end, const AcceptedCopy::Resume& resume);
  bool take_what_is_there();
  bool halt_by(const Poison& poison);
  bool block(const std::exception& error);
  void take_few(const std::vector<log::Entry>& entries);
  void take_many(const std::vector<log::Entry>& entries);
  void note_void(const Verdict& verdict, log::Position before);
  std::optional<Bytes> public_key(const log::KeyId& key, const Rows& state) const;
  void checkpoint(Folding& folding, const Head& head);
  void checkpoint_if_many(Folding& folding, const Head& head);
  const Rows& below() const;

  log::SharedLog& log_;
  store::RowStore& store_;
  CachedRows rows_;
  Bench bench_;
  AcceptedCopy* copy_;
  std::unique_ptr<Behind> behind_;
  std::optional<Foresight> foresight_;
  FollowerEvents events_;
  Head head_;
  Seq met_ = 0;  ///< with a copy: up to here the log has shown what is held
  Halt halt_ = Halt::none;
  std::string halted_why_;
  Voids voids_;
  log::Position voids_noted_;  ///< up to here: after a full disk what was read is read again
  std::optional<Poisoned> poisoned_;
  std::set<Hash> passed_;  ///< poisons that were found to be passed over
  std::string blocked_;
  bool waits_ = false;  ///< blocked, and not yet told to try again
  bool from_copy_ = false;
};

}  // namespace aidledger::ledger
