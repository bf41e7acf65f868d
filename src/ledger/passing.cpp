#include "src/ledger/passing.hpp"

#include "events/governance_nodes.hpp"
#include "events/values/decode_error.hpp"
#include "src/world/digest.hpp"

namespace aidledger::ledger {
namespace {

constexpr std::size_t read_bytes = 4 << 20;

bool passes(BytesView record, const Poisoned& poisoned) {
  try {
    const Record decoded = decode_record(record);
    const auto* pass = decoded.body.events.empty() ? nullptr : decoded.body.events.front().as<PoisonPassed>();
    return pass != nullptr && pass->seq == poisoned.seq && pass->hash == to_hex(view_of(poisoned.hash));
  } catch (const DecodeError&) {
    return false;
  }
}

}  // namespace

bool look_at(Poisoned& poisoned, BytesView batch, const Bench& bench) {
  const Verdict verdict = judge(poisoned.after, batch, bench);
  if (verdict.judgement == Judgement::void_) return false;
  poisoned.passed = verdict.judgement == Judgement::accepted && passes(verdict.frame.records.front(), poisoned);
  return true;
}

void look_behind(Poisoned& poisoned, log::SharedLog& log, const Bench& bench) {
  auto& at = poisoned.after.position;
  while (!poisoned.passed) {
    const auto entries = log.read(at, read_bytes);
    if (entries.empty()) return;
    for (const auto& entry : entries) {
      at = entry.next;
      if (look_at(poisoned, entry.batch, bench)) return;
    }
  }
}

void fold_passing(log::Frame frame, log::Position next, Folding& folding, Head& head,
                  const std::function<void(Record&&, const Hash&)>& seen,
                  const std::function<bool(Poisoned& poisoned)>& passed) {
  const Seq first = frame.first_seq, end = frame.next_seq();
  for (;;) try {
      return folding.fold(frame, head, seen);
    } catch (const Poison& poison) {
      const auto at = frame.records.begin() + static_cast<std::ptrdiff_t>(poison.seq - frame.first_seq);
      Poisoned poisoned{first,
                        poison.seq,
                        world::sha256(*at),
                        {end, world::sha256(frame.records.back()), head.recorded_at, next},
                        {}};
      if (!passed(poisoned)) throw;
      head.next_seq = poison.seq + 1;
      head.hash = poisoned.hash;
      frame.records.erase(frame.records.begin(), at + 1);
      frame.first_seq = head.next_seq;
    }
}

}  // namespace aidledger::ledger
