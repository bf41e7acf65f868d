#pragma once
// Reads the log, judges every batch, folds what is accepted, and commits rows, position and head in one step. The only
// code that makes rows. Lives on the ledger's strand.
#include <memory>

#include "src/ledger/folding.hpp"
#include "src/ledger/judge.hpp"
#include "src/ledger/record_source.hpp"

namespace aidledger::ledger {

struct AcceptedRecord {
  Record record;
  Hash hash;
};

/// Told on the strand, after the commit: what is told can be read.
struct FollowerEvents {
  std::function<void(Seq first, const std::vector<AcceptedRecord>& records)> accepted;
  std::function<void(const std::string& why)> voided;
  std::function<void(Halt halt, const std::string& why)> halted;
};

class Follower {
 public:
  Follower(log::SharedLog& log, store::RowStore& store, const RecordSource& records, Bench bench);

  void tell(FollowerEvents events) { events_ = std::move(events); }
  /// Reads what is there now; true when something was read. Nothing more is read once halted.
  bool step();
  /// Folds everything up to the end of the log, keeping layers in memory and writing sorted rows at checkpoints: for
  /// starts and rebuilds. `progress` gets the next seq after each batch.
  void catch_up(const std::function<void(Seq)>& progress);

  const Head& head() const { return head_; }
  Halt halt() const { return halt_; }
  const std::string& halted_why() const { return halted_why_; }
  bool at_end() { return halt_ == Halt::none && log_.at_end(head_.position); }
  std::uint64_t voids() const { return voids_; }
  const StoredRows& rows() const { return rows_; }

 private:
  /// False when the batch was not accepted.
  bool take(const log::Entry& entry, Folding& folding, Head& head, std::vector<AcceptedRecord>* seen);
  void stop(Halt halt, const std::string& why);
  void checkpoint(Folding& folding, const Head& head);

  log::SharedLog& log_;
  store::RowStore& store_;
  StoredRows rows_;
  Bench bench_;
  FollowerEvents events_;
  Head head_;
  Halt halt_ = Halt::none;
  std::string halted_why_;
  std::uint64_t voids_ = 0;
};

}  // namespace aidledger::ledger
