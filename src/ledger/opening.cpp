#include "src/ledger/opening.hpp"

#include "events/values/decode_error.hpp"

namespace aidledger::ledger {

Bytes opening_frame(const Opening& opening, const log::KeyId& key, Instant now, world::Random& random) {
  Record record;
  record.header = {record_format, suite_sha256_ed25519, opening.ledger, 0, Hash{}, now};
  record.body.principal = "operator";
  record.body.action_id = "open-ledger";
  record.body.action = "open-ledger";
  record.body.actor.person = "operator";
  record.body.actor.roles = {Role::operator_};
  const Bytes salt = random.bytes(record.body.salt.size());
  std::copy(salt.begin(), salt.end(), record.body.salt.begin());
  record.body.events.push_back(
      make_event(LedgerOpened{opening.ledger, opening.zone_name, opening.log_place, opening.writer_key_id,
                              opening.writer_public_key, opening.purpose},
                 now));
  const Bytes bytes = encode_record(record);
  log::Frame frame;
  frame.catalogue = catalogue_version;
  frame.ledger = opening.ledger;
  frame.writer_key = key;
  frame.records.push_back(bytes);
  return log::encode(frame);
}

LedgerOpened opening_of(BytesView record_0) {
  const Record record = decode_record(record_0);
  const auto* opened = record.body.events.empty() ? nullptr : record.body.events.front().as<LedgerOpened>();
  if (opened == nullptr) throw DecodeError("record 0 does not open a ledger");
  return *opened;
}

}  // namespace aidledger::ledger
