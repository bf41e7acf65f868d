#include "src/ledger/follower.hpp"

#include <algorithm>
#include <utility>

#include "src/rules/governance_nodes.hpp"
#include "src/vault/writer_key.hpp"
#include "src/world/digest.hpp"
#include "src/world/disk.hpp"
#include "src/world/sabotage.hpp"

namespace aidledger::ledger {
namespace {

/// So many batches in one read, or so much, are folded together: one by one their rows would take longer than the
/// reading.
constexpr std::size_t many_entries = 200, many_bytes = read_at_once_bytes - log::max_batch_bytes;

bool many(const std::vector<log::Entry>& entries) {
  std::size_t bytes = 0;
  for (const auto& entry : entries) bytes += entry.batch.size();
  return entries.size() >= many_entries || bytes >= many_bytes;
}

Hash hash_from(const RecordSource& records, Seq seq) {
  const auto bytes = records.record(seq);
  return bytes ? world::sha256(*bytes) : Hash{};
}

BytesView view_of_key(const log::KeyId& key) { return {reinterpret_cast<const char*>(key.data()), key.size()}; }

}  // namespace

Follower::Follower(log::SharedLog& log, store::RowStore& store, const RecordSource& records, Bench bench,
                   AcceptedCopy* copy)
    : log_(log), store_(store), rows_(store), bench_(std::move(bench)), copy_(copy) {
  const auto head = decode_head(store.position());
  if (!head) throw store::Damaged("the rows' position cannot be read");
  head_ = *head;
  bench_.hash_at = [&records](Seq seq) { return hash_from(records, seq); };
}

void Follower::stop(Halt halt, const std::string& why) {
  if (halt_ == Halt::none && behind_) try {
      checkpoint(behind_->folding, behind_->head);
    } catch (const store::Full&) {  // the rows stay as of the last checkpoint
    }
  behind_.reset();
  halt_ = halt;
  halted_why_ = why;
  if (events_.halted) events_.halted(halt, why);
}

void Follower::go_on() {
  halt_ = Halt::none;
  poisoned_.reset();
  halted_why_.clear();
}

bool Follower::passed_by_now() {
  if (!poisoned_) return false;
  bench_.enrolled = [this](const log::KeyId& key) { return public_key(key, rows_); };
  look_behind(*poisoned_, log_, bench_, events_.read);
  if (!poisoned_->passed.value_or(false)) return false;
  passed_.insert(poisoned_->hash);
  go_on();
  return true;
}

std::optional<Bytes> Follower::public_key(const log::KeyId& key, const Rows& state) const {
  const auto row = state.get<rules::WriterKeyRow>(to_hex(view_of_key(key)));
  const bool counts = row && (!row->revoked || world::sabotaged(world::Sabotage::accept_revoked_key));
  return counts ? std::optional(from_hex(row->public_key)) : std::nullopt;
}

bool Follower::enrolled(const log::KeyId& key) const { return public_key(key, rows_).has_value(); }

/// Whether a batch is one that is held: record for record, and signed by a key that counted once.
bool Follower::meets_again(const log::Entry& entry, const Rows& state, const Head& head) {
  const auto frame = log::parse(entry.batch);
  if (!frame || frame->ledger != bench_.ledger || frame->first_seq > met_ || frame->next_seq() > head.next_seq)
    return false;
  if (bench_.hash_at(frame->next_seq() - 1) != world::sha256(frame->records.back())) return false;
  const auto key = state.get<rules::WriterKeyRow>(to_hex(view_of_key(frame->writer_key)));
  const auto parts = log::signed_part(entry.batch);
  if (!key || !vault::signed_by(from_hex(key->public_key), parts.part, parts.signature)) return false;
  if (frame->next_seq() > met_) copy_->met(entry.batch, head.position);  // what goes on behind it lies behind it
  met_ = std::max(met_, frame->next_seq());
  return true;
}

bool Follower::take(const log::Entry& entry, Folding& folding, Head& head, AcceptedBatch* batch) {
  if (!from_copy_ && lacks(head) && meets_again(entry, folding.state(), head)) {
    head.position = entry.next;
    return false;
  }
  bench_.enrolled = [&](const log::KeyId& key) {
    return head.empty() ? std::optional(bench_.first_public_key) : public_key(key, folding.state());
  };
  const Verdict verdict = judge(head, entry.batch, bench_);
  if (verdict.judgement == Judgement::halt) {
    stop(verdict.halt, verdict.why);
    return false;
  }
  const log::Position at = head.position;
  if (verdict.judgement == Judgement::void_) {
    head.position = entry.next;
    note_void(verdict, at);
    return false;
  }
  if (!from_copy_ && lacks(head)) {
    stop(Halt::log_diverged, "the log goes on with record " + std::to_string(head.next_seq) +
                                 " and lacks those from record " + std::to_string(met_) + " on, which are held here");
    return false;
  }
  keep(entry, verdict.frame.next_seq(), at);
  head.position = entry.next;
  if (batch != nullptr) *batch = {verdict.frame.first_seq, verdict.frame.writer_key, verdict.frame.waiting, {}};
  const auto seen = [&](Record&& record, const Hash& hash) {
    if (batch != nullptr) batch->records.push_back({std::move(record), hash});
  };
  fold_passing(verdict.frame, entry.next, folding, head, seen,
               [this](Poisoned& poisoned) { return passed_over(poisoned); });
  return true;
}

/// Of an accepted batch that lies there, up to this record.
void Follower::keep(const log::Entry& entry, Seq next_seq, log::Position at) {
  if (copy_ != nullptr) copy_->keep(entry.batch, at);
  if (!from_copy_) met_ = std::max(met_, next_seq);
}

bool Follower::passed_over(Poisoned& poisoned) {
  if (passed_.contains(poisoned.hash)) return true;
  if (from_copy_)
    copy_->scan(poisoned.after.next_seq, [&](BytesView batch) { return !look_at(poisoned, batch, {}, bench_); });
  else
    look_behind(poisoned, log_, bench_);
  const bool passed = poisoned.passed.value_or(false);
  if (passed)
    passed_.insert(poisoned.hash);
  else
    poisoned_ = poisoned;
  return passed;
}

void Follower::note_void(const Verdict& verdict, log::Position before) {
  if (verdict.held_already || before < voids_noted_) return;
  voids_noted_ = {before.value + 1};
  voids_.last_why = verdict.why;
  if (verdict.honest) {
    ++voids_.losers;
  } else {
    if (voids_.foreign++ == 0) voids_.first_foreign = before;
    voids_.last_foreign = before;
  }
  if (events_.voided) events_.voided(verdict);
}

bool Follower::step() {
  if (waits_) return false;
  try {
    if (halt_ == Halt::none) return take_what_is_there();
    if (copy_ != nullptr) copy_->settle();  // what is held here may have to put the log right
    blocked_.clear();
    return false;
  } catch (const Poison& poison) {
    return halt_by(poison);
  } catch (const store::Full& error) {
    behind_.reset();  // what was to be written of it is folded again
    return block(error);
  } catch (const world::DiskError& error) {
    return block(error);
  }
}

bool Follower::block(const std::exception& error) {
  blocked_ = error.what();
  waits_ = true;
  return false;
}

bool Follower::take_what_is_there() {
  if (!blocked_.empty()) store_.commit({}, encode_head(head_)), store_.flush();  // room, before much is folded for it
  const auto entries = log_.read(behind_ ? behind_->head.position : head_.position, read_at_once_bytes);
  behind_ || many(entries) ? take_many(entries) : take_few(entries);
  if (!entries.empty() || reads_nothing_more()) blocked_.clear();
  return !entries.empty();
}

void Follower::take_few(const std::vector<log::Entry>& entries) {
  for (const auto& entry : entries) {
    take_one(entry);
    if (halt_ != Halt::none) return;
  }
  if (copy_ != nullptr) copy_->settle();
}

void Follower::foresee(BytesView frame) {
  foresight_.reset();
  if (halt_ != Halt::none || behind_ || lacks(head_)) return;
  bench_.enrolled = [this](const log::KeyId& key) { return public_key(key, rows_); };
  foresight_ = Foresight::of(frame, head_, rows_, bench_);
}

void Follower::take_one(const log::Entry& entry) {
  if (events_.read) events_.read(entry);
  Head head = head_;
  if (const auto seen = std::exchange(foresight_, std::nullopt); seen && seen->comes_true(entry.batch, head_)) {
    keep(entry, seen->head.next_seq, head_.position);
    head = seen->head;
    head.position = entry.next;
    return commit(seen->changes, head, &seen->batch);
  }
  AcceptedBatch batch;
  Folding folding(rows_);
  const bool accepted = take(entry, folding, head, &batch);
  if (halt_ == Halt::none) commit(folding.take_changes(), head, accepted ? &batch : nullptr);
}

void Follower::commit(const std::vector<store::RowChange>& changes, const Head& head, const AcceptedBatch* accepted) {
  const auto tell = [&] {
    if (accepted != nullptr && events_.accepted) events_.accepted(*accepted);
  };
  const bool too_early = world::sabotaged(world::Sabotage::answer_before_fold);
  if (too_early) tell();
  if (world::sabotaged(world::Sabotage::position_outside_batch)) store_.commit({}, encode_head(head));
  store_.commit(changes, encode_head(head));
  rows_.forget(changes);
  head_ = head;
  if (!too_early) tell();
}

}  // namespace aidledger::ledger
