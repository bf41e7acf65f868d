#include "src/ledger/follower.hpp"

#include <algorithm>

#include "src/world/digest.hpp"
#include "src/world/sabotage.hpp"

namespace aidledger::ledger {
namespace {

constexpr std::size_t read_bytes = 4 << 20;
/// Rows gathered before a catch-up writes them: about 1 GiB at 500 bytes a row.
constexpr std::size_t checkpoint_rows = 2'000'000;

Hash hash_from(const RecordSource& records, Seq seq) {
  const auto bytes = records.record(seq);
  return bytes ? world::sha256(*bytes) : Hash{};
}

}  // namespace

Follower::Follower(log::SharedLog& log, store::RowStore& store, const RecordSource& records, Bench bench)
    : log_(log), store_(store), rows_(store), bench_(std::move(bench)) {
  const auto head = decode_head(store.position());
  if (!head) throw store::Damaged("the rows' position cannot be read");
  head_ = *head;
  bench_.hash_at = [&records](Seq seq) { return hash_from(records, seq); };
}

void Follower::stop(Halt halt, const std::string& why) {
  halt_ = halt;
  halted_why_ = why;
  if (events_.halted) events_.halted(halt, why);
}

bool Follower::take(const log::Entry& entry, Folding& folding, Head& head, std::vector<AcceptedRecord>* seen) {
  const Verdict verdict = judge(head, entry.batch, bench_);
  if (verdict.judgement == Judgement::halt) {
    stop(verdict.halt, verdict.why);
    return false;
  }
  head.position = entry.next;
  if (verdict.judgement == Judgement::void_) {
    ++voids_;
    if (events_.voided) events_.voided(verdict.why);
    return false;
  }
  folding.fold(verdict.frame, head, [&](const Record& record, const Hash& hash) {
    if (seen != nullptr) seen->push_back({record, hash});
  });
  return true;
}

bool Follower::step() {
  if (halt_ != Halt::none) return false;
  const auto entries = log_.read(head_.position, read_bytes);
  for (const auto& entry : entries) {
    std::vector<AcceptedRecord> seen;
    Folding folding(rows_);
    Head head = head_;
    try {
      const bool accepted = take(entry, folding, head, &seen);
      if (halt_ != Halt::none) return true;
      if (world::sabotaged(world::Sabotage::answer_before_fold) && accepted && events_.accepted)
        events_.accepted(head_.next_seq, seen);
      const auto changes = folding.take_changes();
      if (world::sabotaged(world::Sabotage::position_outside_batch)) {
        store_.commit({}, encode_head(head));
        store_.commit(changes, encode_head(head));
      } else {
        store_.commit(changes, encode_head(head));
      }
      const Seq first = head_.next_seq;
      head_ = head;
      if (accepted && events_.accepted && !world::sabotaged(world::Sabotage::answer_before_fold))
        events_.accepted(first, seen);
    } catch (const Poison& poison) {
      stop(Halt::poison, poison.what());
      return true;
    }
  }
  return !entries.empty();
}

void Follower::checkpoint(Folding& folding, const Head& head) {
  auto changes = folding.take_changes();
  std::sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  store_.ingest(changes, encode_head(head));
  head_ = head;
}

void Follower::catch_up(const std::function<void(Seq)>& progress) {
  Folding folding(rows_);
  Head head = head_;
  try {
    for (auto entries = log_.read(head.position, read_bytes); !entries.empty() && halt_ == Halt::none;
         entries = log_.read(head.position, read_bytes)) {
      for (const auto& entry : entries) {
        take(entry, folding, head, nullptr);
        if (halt_ != Halt::none) break;
      }
      if (folding.pending_rows() > checkpoint_rows) checkpoint(folding, head);
      if (progress) progress(head.next_seq);
    }
  } catch (const Poison& poison) {
    stop(Halt::poison, poison.what());
    return;  // the rows stay as of the last checkpoint: the records between it and the poison are folded by the next
             // start
  }
  if (head.position > head_.position) checkpoint(folding, head);
}

}  // namespace aidledger::ledger
