#include "src/retracing.hpp"

#include "events/governance.hpp"
#include "events/record.hpp"
#include "events/values/decode_error.hpp"
#include "src/ledger/framing.hpp"
#include "src/world/digest.hpp"

namespace aidledger {
namespace {

Hash hash_of(const log::LedgerFiles& files, Seq seq) {
  const auto bytes = files.record(seq);
  return bytes ? world::sha256(*bytes) : Hash{};
}

std::string name_of(const log::KeyId& id) { return to_hex({reinterpret_cast<const char*>(id.data()), id.size()}); }

std::vector<Event> events_of(BytesView record) {
  try {
    return decode_record(record).body.events;
  } catch (const DecodeError&) {
    return {};  // a poison: it enrols nobody
  }
}

Bytes as_it_came(Seq seq, const HeldLedger& held) {
  Bytes found;
  if (const auto at = held.files.position_of(seq))
    held.files.scan(*at, [&](BytesView batch, log::Position) {
      const auto frame = log::parse(batch);
      if (frame && frame->first_seq == seq && !frame->signature.empty()) found = Bytes(batch);
      return false;
    });
  return found;
}

}  // namespace

Retracing::Retracing(const HeldLedger& held) : held_(held) {
  bench_.ledger = held.ledger;
  bench_.signed_batches = true;
  bench_.enrolled = [this](const log::KeyId& id) { return enrolled(id); };
  bench_.hash_at = [this](Seq seq) { return hash_at(seq); };
}

Hash Retracing::hash_at(Seq seq) const {
  const Seq held = held_.files.head().next_seq;
  return seq < held ? hash_of(held_.files, seq) : beyond_.at(seq - held);
}

std::optional<Bytes> Retracing::enrolled(const log::KeyId& id) const {
  if (met_ == 0) return held_.first_public_key;
  const auto known = keys_.find(name_of(id));
  return known == keys_.end() || known->second.revoked ? std::nullopt : std::optional(known->second.public_key);
}

void Retracing::read(BytesView batch) {
  ledger::Head head;
  head.next_seq = met_;
  if (met_ > 0) head.hash = hash_at(met_ - 1);
  const auto verdict = ledger::judge(head, batch, bench_);
  if (verdict.judgement == ledger::Judgement::halt) throw OtherHistory("in the log lies " + verdict.why);
  if (verdict.judgement == ledger::Judgement::accepted)
    for (const auto record : verdict.frame.records) meet(record);
  if (met_ == 0)
    throw OtherHistory(
        "the log begins with something else than record 0 of this ledger, signed by kafka.first_key: look "
        "whether that is the ledger's; if it is, move the topic aside");
}

void Retracing::meet(BytesView record) {
  if (met_ >= held_.files.head().next_seq)
    beyond_.push_back(world::sha256(record));
  else if (world::sha256(record) != hash_of(held_.files, met_))
    throw OtherHistory("record " + std::to_string(met_) +
                       " of the log is not the one that is held here: these files cannot complete it");
  ++met_;
  for (const auto& event : events_of(record)) {
    if (const auto* e = event.as<LedgerOpened>()) keys_[e->writer_key_id] = {from_hex(e->writer_public_key)};
    if (const auto* e = event.as<WriterKeyEnrolled>()) keys_[e->key_id] = {from_hex(e->public_key)};
    if (const auto* e = event.as<WriterKeyRevoked>()) keys_[e->key_id].revoked = true;
  }
}

Bytes batch_from(Seq seq, const HeldLedger& held) {
  if (Bytes found = as_it_came(seq, held); !found.empty()) return found;
  std::vector<Bytes> records;
  std::size_t bytes = 0;
  for (auto record = held.files.record(seq);
       record && records.size() < log::max_records_per_batch &&
       log::frame_bytes(records.size() + 1, bytes + record->size()) <= log::max_batch_bytes;
       record = held.files.record(seq + records.size())) {
    bytes += record->size();
    records.push_back(std::move(*record));
  }
  const Hash prev = seq == 0 ? Hash{} : hash_of(held.files, seq - 1);
  log::Frame frame = ledger::frame_behind(seq, prev, held.ledger, held.key.id());
  frame.records.assign(records.begin(), records.end());
  const Bytes encoded = log::encode(frame);
  return log::with_signature(encoded, held.key.sign(log::signed_part(encoded).part));
}

}  // namespace aidledger
