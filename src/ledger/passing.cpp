#include "src/ledger/passing.hpp"

#include <algorithm>

#include "events/governance_nodes.hpp"
#include "src/world/digest.hpp"

namespace aidledger::ledger {
namespace {

constexpr std::size_t read_bytes = 4 << 20;

std::optional<Record> decoded(BytesView bytes, const Head& before) {
  try {
    return decode_next(bytes, before);
  } catch (const Poison&) {
    return std::nullopt;
  }
}

/// Over a batch that is not folded here.
void step_over(Poisoned& poisoned, const std::vector<BytesView>& records, log::Position next) {
  Head& after = poisoned.after;
  for (const BytesView bytes : records) {
    if (const auto record = decoded(bytes, after))
      after.recorded_at = std::max(after.recorded_at, record->header.recorded_at);
    after.hash = world::sha256(bytes);
    after.next_seq += 1;
    poisoned.hashes.push_back(after.hash);
  }
  after.position = next;
}

enum class Says { passed, something_else, nothing };

Says said_of(const Poisoned& poisoned, BytesView first) {
  const auto record = decoded(first, poisoned.after);
  if (!record) return Says::nothing;
  const auto& events = record->body.events;
  const auto* pass = events.empty() ? nullptr : events.front().as<PoisonPassed>();
  if (pass == nullptr) return Says::something_else;
  const bool meant = pass->seq == poisoned.seq && pass->hash == to_hex(view_of(poisoned.hash));
  return meant ? Says::passed : Says::nothing;
}

}  // namespace

bool look_at(Poisoned& poisoned, BytesView batch, log::Position next, const Bench& bench) {
  Bench behind = bench;
  behind.hash_at = [&](Seq seq) {
    return seq < poisoned.seq ? bench.hash_at(seq) : poisoned.hashes.at(seq - poisoned.seq);
  };
  const Verdict verdict = judge(poisoned.after, batch, behind);
  poisoned.after.position = next;
  if (verdict.judgement == Judgement::void_) return false;
  const bool continues = verdict.judgement == Judgement::accepted;
  const Says says = continues ? said_of(poisoned, verdict.frame.records.front()) : Says::something_else;
  if (says == Says::nothing) return step_over(poisoned, verdict.frame.records, next), false;
  poisoned.passed = says == Says::passed;
  return true;
}

void look_behind(Poisoned& poisoned, log::SharedLog& log, const Bench& bench,
                 const std::function<void(const log::Entry& entry)>& read) {
  while (!poisoned.passed) {
    const auto entries = log.read(poisoned.after.position, read_bytes);
    if (entries.empty()) return;
    for (const auto& entry : entries) {
      if (read) read(entry);
      if (look_at(poisoned, entry.batch, entry.next, bench)) return;
    }
  }
}

void fold_passing(log::Frame frame, log::Position next, Folding& folding, Head& head,
                  const std::function<void(Record&&, const Hash&)>& seen,
                  const std::function<bool(Poisoned& poisoned)>& passed) {
  const Seq first = frame.first_seq;
  for (;;) try {
      return folding.fold(frame, head, seen);
    } catch (const Poison& poison) {
      const auto at = frame.records.begin() + static_cast<std::ptrdiff_t>(poison.seq - frame.first_seq);
      frame.records.erase(frame.records.begin(), at);
      Poisoned poisoned{first, poison.seq, world::sha256(frame.records.front()), head, {}, {}};
      step_over(poisoned, frame.records, next);
      if (!passed(poisoned)) throw;
      head.next_seq = poison.seq + 1;
      head.hash = poisoned.hash;
      frame.records.erase(frame.records.begin());
      frame.first_seq = head.next_seq;
    }
}

}  // namespace aidledger::ledger
