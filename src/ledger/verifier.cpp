#include "src/ledger/verifier.hpp"

#include <algorithm>

namespace aidledger::ledger {
namespace {

constexpr std::size_t read_bytes = 4 << 20;
constexpr std::size_t most_findings = 100;

void note(Verified& out, Seq seq, std::string what) {
  if (out.findings.size() < most_findings) out.findings.push_back({seq, std::move(what)});
}

bool fold_all(log::SharedLog& log, const Bench& bench, Folding& folding, std::vector<Hash>& hashes, Verified& out,
              const std::function<void(Seq)>& progress) {
  Head head;
  const auto passed = [&](Poisoned& poisoned) {
    look_behind(poisoned, log, bench);
    hashes.push_back(poisoned.hash);
    return poisoned.passed.value_or(false);
  };
  for (auto entries = log.read(head.position, read_bytes); !entries.empty();
       entries = log.read(head.position, read_bytes)) {
    for (const auto& entry : entries) {
      const Verdict verdict = judge(head, entry.batch, bench);
      if (verdict.judgement == Judgement::halt)
        return note(out, head.next_seq, std::string(code_of(verdict.halt)) + ": " + verdict.why), false;
      head.position = entry.next;
      if (verdict.judgement == Judgement::void_)
        ++out.voids;
      else
        fold_passing(
            verdict.frame, entry.next, folding, head, [&](const Record&, const Hash& hash) { hashes.push_back(hash); },
            passed);
    }
    out.records = head.next_seq;
    out.head = head.hash;
    if (progress) progress(head.next_seq);
  }
  return true;
}

std::string name_of_key(BytesView key) { return "row " + to_hex(key.substr(0, std::min<std::size_t>(key.size(), 48))); }

/// Both in key order: what is missing, what is too much, what differs.
void compare(const std::vector<store::RowChange>& wanted, const store::RowReader& rows, Verified& out) {
  auto next = wanted.begin();
  rows.scan({}, {}, [&](BytesView key, BytesView value) {
    for (; next != wanted.end() && next->key < key; ++next)
      note(out, out.records, name_of_key(next->key) + " is missing; run: aidledger rebuild");
    if (next == wanted.end() || next->key != key)
      note(out, out.records, name_of_key(key) + " follows from no record; run: aidledger rebuild");
    else if (*next++->value != value)
      note(out, out.records, name_of_key(key) + " is not what the records give; run: aidledger rebuild");
    ++out.rows_compared;
    return out.findings.size() < most_findings;
  });
  for (; next != wanted.end(); ++next)
    note(out, out.records, name_of_key(next->key) + " is missing; run: aidledger rebuild");
}

}  // namespace

Verified verify(log::SharedLog& log, const std::string& ledger, const store::RowReader* rows,
                const std::function<void(Seq)>& progress) {
  Verified out;
  Folding folding(no_rows());
  Bench bench;
  bench.ledger = ledger;
  std::vector<Hash> hashes;  // for judging losers
  bench.hash_at = [&](Seq seq) { return seq < hashes.size() ? hashes[seq] : Hash{}; };
  try {
    if (!fold_all(log, bench, folding, hashes, out, progress)) return out;
  } catch (const Poison& poison) {
    note(out, poison.seq, std::string("POISON: ") + poison.what());
    return out;
  }
  if (rows == nullptr) return out;
  auto wanted = folding.take_changes();
  std::erase_if(wanted, [](const store::RowChange& change) { return !change.value; });
  compare(wanted, *rows, out);
  return out;
}

}  // namespace aidledger::ledger
