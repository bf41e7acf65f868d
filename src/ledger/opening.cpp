#include "src/ledger/opening.hpp"

#include "events/values/decode_error.hpp"
#include "src/ledger/framing.hpp"

namespace aidledger::ledger {

namespace {

/// A frame with one record of the operator's that no rule decides.
Bytes undecided(const std::string& action, const std::string& action_id, Event event, const Head& after,
                const std::string& ledger, const log::KeyId& key, world::Random& random) {
  Record record;
  record.header = {record_format, suite_sha256_ed25519, ledger, after.next_seq, after.hash, event.occurred_at};
  record.body.principal = "operator";
  record.body.action_id = action_id;
  record.body.action = action;
  record.body.actor.person = "operator";
  record.body.actor.roles = {Role::operator_};
  const Bytes salt = random.bytes(record.body.salt.size());
  std::copy(salt.begin(), salt.end(), record.body.salt.begin());
  record.body.events.push_back(std::move(event));
  const Bytes bytes = encode_record(record);
  log::Frame frame = frame_behind(after.next_seq, after.hash, ledger, key);
  frame.records.push_back(bytes);
  return log::encode(frame);
}

}  // namespace

Bytes opening_frame(const Opening& opening, const log::KeyId& key, Instant now, world::Random& random) {
  const LedgerOpened opened{opening.ledger,        opening.zone_name,         opening.log_place,
                            opening.writer_key_id, opening.writer_public_key, opening.purpose};
  return undecided("open-ledger", "open-ledger", make_event(opened, now), {}, opening.ledger, key, random);
}

Bytes pass_frame(const PoisonPassed& pass, const Head& after, const std::string& ledger, const log::KeyId& key,
                 Instant now, world::Random& random) {
  return undecided("pass-poison", "pass-poison-" + std::to_string(pass.seq),
                   make_event(pass, std::max(now, after.recorded_at)), after, ledger, key, random);
}

LedgerOpened opening_of(BytesView record_0) {
  const Record record = decode_record(record_0);
  const auto* opened = record.body.events.empty() ? nullptr : record.body.events.front().as<LedgerOpened>();
  if (opened == nullptr) throw DecodeError("record 0 does not open a ledger");
  return *opened;
}

}  // namespace aidledger::ledger
