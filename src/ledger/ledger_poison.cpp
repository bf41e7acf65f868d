// A ledger that holds a record which cannot be decoded: how it is passed over, and what it says of time.
#include "src/ledger/ledger.hpp"
#include "src/ledger/opening.hpp"
#include "src/world/digest.hpp"

namespace aidledger::ledger {
namespace {

/// Whether `seq` was recorded at or before `time`. One that cannot be decoded says nothing of time: the one before
/// does.
bool recorded_by(Instant time, Seq seq, const RecordSource& records) {
  auto bytes = records.record(seq);
  while (bytes) {
    auto before = seq == 0 ? std::nullopt : records.record(seq - 1);
    try {
      return decode_next(*bytes, {seq, before ? world::sha256(*before) : Hash{}}).header.recorded_at <= time;
    } catch (const Poison&) {
      bytes = std::move(before);
      --seq;
    }
  }
  return false;
}

}  // namespace

void Ledger::pass_poison(PoisonPassed pass, std::function<void(const std::string&)> done) {
  ports_.strand.post([this, pass = std::move(pass), done = std::move(done)] {
    pass_ = {pass, done};
    wake();
  });
}

std::string Ledger::cannot_pass(const PoisonPassed& pass) {
  const auto& poisoned = follower_->poisoned();
  if (!poisoned || poisoned->seq != pass.seq || to_hex(view_of(poisoned->hash)) != pass.hash)
    return "another record halts the ledger now, or none: look again";
  if (poisoned->passed) return "what stands behind it already is sound, and no word of two people";
  if (settings_.sign && !follower_->enrolled(settings_.key))
    return "this node's key is not enrolled: take a node whose key is";
  return {};
}

void Ledger::pass_when_dated() {
  if (!pass_) return;
  std::string why_not = cannot_pass(pass_->pass);
  if (why_not.empty() && !writer_->clock_compared()) return;
  if (why_not.empty() && !writer_->clock_guard().trusted())
    why_not = "CLOCK_SUSPECT: " + writer_->clock_guard().finding() + "; set the clock right, then run this again";
  const AskedPass asked = *std::exchange(pass_, std::nullopt);
  if (why_not.empty()) append_pass(asked.pass, follower_->poisoned()->after);
  asked.done(why_not);
}

std::optional<Poisoned> Ledger::poisoned() const {
  const std::lock_guard lock(health_mutex_);
  return poisoned_;
}

void Ledger::append_pass(const PoisonPassed& pass, const Head& after) {
  Bytes frame = pass_frame(pass, after, settings_.ledger, settings_.key, ports_.clock.now(), ports_.random);
  if (settings_.sign) {
    const Bytes signature = settings_.sign(log::signed_part(frame).part);
    frame = log::with_signature(std::move(frame), signature);
  }
  writer_->append_aside(std::move(frame));
}

std::optional<Seq> Ledger::last_at(Instant time) const {
  Seq low = 0, high = health().next_seq;  // records before `low` are at or before `time`, those from `high` on are not
  while (low < high) {
    const Seq middle = low + (high - low) / 2;
    if (recorded_by(time, middle, ports_.records))
      low = middle + 1;
    else
      high = middle;
  }
  return low == 0 ? std::nullopt : std::optional(low - 1);
}

}  // namespace aidledger::ledger
