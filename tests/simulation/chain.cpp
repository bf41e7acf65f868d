#include "tests/simulation/chain.hpp"

#include <sodium.h>

#include "events/governance.hpp"
#include "src/world/digest.hpp"
#include "tests/simulation/ground.hpp"

namespace aidledger::simulation {
namespace {

const unsigned char* raw(BytesView bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

bool verifies(BytesView batch, BytesView signature, BytesView public_key) {
  const BytesView part = batch.substr(0, batch.size() - 1 - signature.size());
  return signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(raw(signature), raw(part), part.size(), raw(public_key)) == 0;
}

}  // namespace

std::string name_of_key(const log::KeyId& id) { return to_hex({reinterpret_cast<const char*>(id.data()), id.size()}); }

void Chain::pin(const std::string& key_id, Bytes public_key) {
  signed_ = true;
  keys_[key_id] = {std::move(public_key)};
}

void Chain::take(BytesView batch) {
  const auto frame = log::parse(batch);
  if (!frame || !counts(*frame, batch)) return;
  last_batch_ = records.size();
  for (const auto bytes : frame->records) {
    records.emplace_back(bytes);
    hashes.push_back(world::sha256(bytes));
    if (signed_) learn_keys(decode_record(bytes));
  }
}

bool Chain::counts(const log::Frame& frame, BytesView batch) const {
  if (frame.ledger != ledger_id || frame.first_seq != records.size() || frame.prev_hash != head().hash) return false;
  if (!signed_) return true;
  const auto known = keys_.find(name_of_key(frame.writer_key));
  return known != keys_.end() && !known->second.revoked && verifies(batch, frame.signature, known->second.public_key);
}

void Chain::learn_keys(const Record& record) {
  for (const auto& event : record.body.events) {
    if (const auto* e = event.as<WriterKeyEnrolled>()) keys_[e->key_id] = {from_hex(e->public_key)};
    if (const auto* e = event.as<WriterKeyRevoked>()) keys_[e->key_id].revoked = true;
  }
}

Chain::Key Chain::key(const std::string& key_id) const {
  const auto known = keys_.find(key_id);
  return known == keys_.end() ? Key::unknown : known->second.revoked ? Key::revoked : Key::enrolled;
}

void Chain::cut(Seq seq) {
  records.resize(seq);
  hashes.resize(seq);
}

}  // namespace aidledger::simulation
