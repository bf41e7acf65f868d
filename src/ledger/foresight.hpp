#pragma once
// What a batch on its way will change: judged and folded while the log has not shown it yet, on the very state that it
// extends. Once it is read back only the commit is left; anything else that comes makes it worth nothing. Nobody
// decides, answers or reads by it.
#include "src/ledger/accepted_batch.hpp"
#include "src/ledger/folding.hpp"
#include "src/ledger/judge.hpp"

namespace aidledger::ledger {

class Foresight {
 public:
  /// Nothing for a batch that would not be accepted, or that holds what cannot be decoded.
  static std::optional<Foresight> of(BytesView frame, const Head& head, const Rows& rows, const Bench& bench);

  /// Whether this is the batch, read while the rows are those that it was folded on: the head's hash says which.
  bool comes_true(BytesView read, const Head& at) const;

  Head head;  ///< behind the batch; where to read on is not known yet
  AcceptedBatch batch;
  std::vector<store::RowChange> changes;

 private:
  Foresight(BytesView frame, const Head& before) : head(before), frame_(frame), extends_(before.hash) {}

  Bytes frame_;
  Hash extends_{};  ///< the hash of the record before
};

}  // namespace aidledger::ledger
