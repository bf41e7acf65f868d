#pragma once
// A record that was accepted and cannot be decoded (POISON) is passed over where the batch that continues its own
// begins with two people's word. Every reader looks at the same two batches, so all pass it over or none.
#include "src/ledger/folding.hpp"
#include "src/ledger/judge.hpp"

namespace aidledger::ledger {

struct Poisoned {
  Seq batch = 0;  ///< its batch begins with this record
  Seq seq = 0;
  Hash hash{};
  Head after;  ///< of the batch that holds it: what the batch that passes it over continues, and where to look for it
  std::optional<bool> passed;  ///< what the batch that continues it says, once there is one
};

/// Notes what `batch` says of it; false for a batch that continues something else.
bool look_at(Poisoned& poisoned, BytesView batch, const Bench& bench);
/// Reads on behind it in the log, once: what is void is not looked at again.
void look_behind(Poisoned& poisoned, log::SharedLog& log, const Bench& bench);

/// Folds the records of an accepted frame, but those for which `passed` says yes. Throws Poison for any other that
/// cannot be decoded. `next`: where to read on after the frame.
void fold_passing(log::Frame frame, log::Position next, Folding& folding, Head& head,
                  const std::function<void(Record&&, const Hash&)>& seen,
                  const std::function<bool(Poisoned& poisoned)>& passed);

}  // namespace aidledger::ledger
