#pragma once
// A record that was accepted and cannot be decoded (POISON) is passed over where two people's word on it stands first
// in a batch behind its own. Between the two there may only be batches that begin with another poison, or with the
// word on another. Every reader looks at the same batches, so all pass it over or none.
#include "src/ledger/folding.hpp"
#include "src/ledger/judge.hpp"

namespace aidledger::ledger {

struct Poisoned {
  Seq batch = 0;  ///< its batch begins with this record
  Seq seq = 0;
  Hash hash{};
  Head after;                  ///< of the last batch between: what the word on it continues, and where to look for it
  std::vector<Hash> hashes;    ///< of the records from this one on, as far as `after`
  std::optional<bool> passed;  ///< what stands behind it says, once something says yes or no
};

/// Looks at the next batch of the log behind it; true when that decides whether it is passed over. `next`: where to
/// read on after the batch.
bool look_at(Poisoned& poisoned, BytesView batch, log::Position next, const Bench& bench);
/// Reads on behind it in the log, once: what was looked at is not looked at again. `read` (may be empty) is told of
/// each entry.
void look_behind(Poisoned& poisoned, log::SharedLog& log, const Bench& bench,
                 const std::function<void(const log::Entry& entry)>& read = {});

/// Folds the records of an accepted frame, but those for which `passed` says yes. Throws Poison for any other that
/// cannot be decoded. `next`: where to read on after the frame.
void fold_passing(log::Frame frame, log::Position next, Folding& folding, Head& head,
                  const std::function<void(Record&&, const Hash&)>& seen,
                  const std::function<bool(Poisoned& poisoned)>& passed);

}  // namespace aidledger::ledger
