// The follower's part while it is far behind, at a start or in the middle: rows stay in memory and are written sorted,
// at checkpoints, rather than one batch at a time.
#include <utility>

#include "src/ledger/follower.hpp"

namespace aidledger::ledger {
namespace {

/// Rows gathered before a catch-up writes them: about 1 GiB at 500 bytes a row.
constexpr std::size_t checkpoint_rows = 2'000'000;

}  // namespace

/// Far behind: rows stay in memory until the end is in sight, or until there are too many.
void Follower::take_many(const std::vector<log::Entry>& entries) {
  if (!behind_) behind_ = std::make_unique<Behind>(rows_, head_);
  for (const auto& entry : entries) {
    take(entry, behind_->folding, behind_->head, nullptr);
    if (halt_ != Halt::none) return;
  }
  if (copy_ != nullptr) copy_->settle();
  const bool was_dry = std::exchange(behind_->dry, entries.empty());
  const bool reached = (was_dry && entries.empty()) || log_.at_end(behind_->head.position);
  if (reached)
    checkpoint(behind_->folding, behind_->head);
  else
    checkpoint_if_many(behind_->folding, behind_->head);
  if (!reached) return;
  behind_.reset();
  if (events_.caught_up) events_.caught_up();
}

void Follower::checkpoint(Folding& folding, const Head& head) {
  store_.ingest([&](const store::RowSink& sink) { folding.take_changes(sink); }, encode_head(head));
  rows_.forget_all();
  head_ = head;
}

void Follower::checkpoint_if_many(Folding& folding, const Head& head) {
  if (folding.pending_rows() <= checkpoint_rows) return;
  checkpoint(folding, head);
  folding.begin_over(rows_);
}

/// What a catch-up folds over: nothing is looked for in a store that is empty.
const Rows& Follower::below() const { return head_.empty() ? no_rows() : rows_; }

void Follower::catch_up(const std::function<void(Seq)>& progress) {
  Folding folding(below());
  Head head = head_;
  try {
    for (auto entries = log_.read(head.position, read_at_once_bytes); !entries.empty() && halt_ == Halt::none;
         entries = log_.read(head.position, read_at_once_bytes)) {
      for (const auto& entry : entries) {
        take(entry, folding, head, nullptr);
        if (halt_ != Halt::none) break;
      }
      checkpoint_if_many(folding, head);
      if (progress) progress(head.next_seq);
    }
  } catch (const Poison& poison) {
    stop(Halt::poison, poison.what());
    return;  // the rows stay as of the last checkpoint: the records between it and the poison are folded by the next
             // start
  }
  if (head.position > head_.position) checkpoint(folding, head);
}

void Follower::catch_up_from_copy(const std::function<void(Seq)>& progress) {
  const auto resume = copy_->resume();
  met_ = resume.next_seq;
  from_copy_ = true;
  const bool signed_batches = bench_.signed_batches;
  bench_.signed_batches = signed_batches && !resume.judged;  // else judged when they were kept: the chain will do
  try {
    fold_copy(progress, INT64_MAX, resume);
  } catch (const Poison& poison) {
    fold_copy(progress, poisoned_->batch, resume);
    poisoned_->after.position = resume.position;
    stop(Halt::poison, poison.what());
  }
  bench_.signed_batches = signed_batches;
  from_copy_ = false;
}

/// What is held before record `end`, which begins a batch.
void Follower::fold_copy(const std::function<void(Seq)>& progress, Seq end, const AcceptedCopy::Resume& resume) {
  Folding folding(below());
  Head head = head_;
  copy_->scan(head.next_seq, [&](BytesView frame) {
    if (log::seqs_of(frame).first >= end) return false;
    if (!take({head.position, Bytes(frame), std::nullopt}, folding, head, nullptr) && halt_ == Halt::none)
      stop(Halt::log_diverged, "the ledger files hold, from record " + std::to_string(head.next_seq) +
                                   " on, what no key of this ledger has signed");
    checkpoint_if_many(folding, head);
    if (progress) progress(head.next_seq);
    return halt_ == Halt::none;
  });
  if (halt_ == Halt::none && head.next_seq >= resume.next_seq) head.position = resume.position;
  if (head.next_seq != head_.next_seq || head.position != head_.position) checkpoint(folding, head);
}

/// The word on it is judged by the rows, by the keys that were enrolled before it above all. Far behind, they are
/// folded up to its batch once more: half of that is in those that were in memory.
bool Follower::halt_by(const Poison& poison) {
  const auto behind = std::exchange(behind_, nullptr);
  try {
    if (behind && copy_ != nullptr) {
      from_copy_ = true;
      fold_copy({}, poisoned_->batch, {{behind->head.position.value - 1}, poisoned_->batch});
      from_copy_ = false;
    }
  } catch (const store::Full& error) {
    from_copy_ = false;
    return block(error);
  }
  stop(Halt::poison, poison.what());
  return true;
}

}  // namespace aidledger::ledger
