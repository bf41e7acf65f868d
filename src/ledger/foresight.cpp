#include "src/ledger/foresight.hpp"

namespace aidledger::ledger {

std::optional<Foresight> Foresight::of(BytesView frame, const Head& head, const Rows& rows, const Bench& bench) {
  const Verdict verdict = judge(head, frame, bench);
  if (verdict.judgement != Judgement::accepted) return std::nullopt;
  Foresight seen(frame, head);
  seen.batch = {verdict.frame.first_seq, verdict.frame.writer_key, verdict.frame.waiting, {}};
  Folding folding(rows);
  try {
    folding.fold(verdict.frame, seen.head,
                 [&](Record&& record, const Hash& hash) { seen.batch.records.push_back({std::move(record), hash}); });
  } catch (const Poison&) {
    return std::nullopt;
  }
  seen.changes = folding.take_changes();
  return seen;
}

bool Foresight::comes_true(BytesView read, const Head& at) const { return at.hash == extends_ && read == frame_; }

}  // namespace aidledger::ledger
