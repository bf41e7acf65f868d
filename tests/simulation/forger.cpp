#include "tests/simulation/forger.hpp"

#include <algorithm>

#include "events/governance.hpp"
#include "src/ledger/framing.hpp"
#include "src/vault/memory_vault.hpp"
#include "src/world/digest.hpp"
#include "tests/simulation/ground.hpp"

namespace aidledger::simulation {
namespace {

vault::WriterKey key_of_nobody(Random& random) {
  vault::MemoryVault elsewhere;
  return {elsewhere, random, "forger"};
}

Bytes sign(Bytes frame, const vault::WriterKey& key) {
  const Bytes signature = key.sign(log::signed_part(frame).part);
  return log::with_signature(std::move(frame), signature);
}

}  // namespace

Forger::Forger(Topic& topic, const Chain& chain, Random& random)
    : topic_(topic), chain_(chain), random_(random), own_(key_of_nobody(random)) {}

void Forger::write_one() { topic_.land(forged()); }

Bytes Forger::forged() {
  const vault::WriterKey& node = random_.pick(stolen_);
  if (topic_.landed().empty()) return batch(ledger_id, node.id(), {});
  switch (random_.below(8)) {
    case 0: return batch(ledger_id, node.id(), chain_.head());              // not signed
    case 1: return sign(batch(ledger_id, own_.id(), chain_.head()), own_);  // by a key that nobody enrolled
    case 2: return sign(batch(ledger_id, node.id(), chain_.head()), own_);  // in the name of a node
    case 3:
      return sign(batch("elsewhere", node.id(), chain_.head()), node);  // of another ledger that the node writes, too
    case 4: return random_.pick(topic_.landed()).batch;                 // seen before
    case 5: {
      Bytes spoilt = topic_.landed().back().batch;
      spoilt[random_.below(spoilt.size())] ^= 1;
      return spoilt;
    }
    case 6: return random_.bytes(random_.below(400));
    default:
      if (const auto* key = revoked()) return sign(batch(ledger_id, key->id(), chain_.head()), *key);
      return batch(ledger_id, {}, chain_.head());
  }
}

const vault::WriterKey* Forger::revoked() const {
  const auto found = std::find_if(stolen_.begin(), stolen_.end(), [&](const vault::WriterKey& key) {
    return chain_.key(name_of_key(key.id())) == Chain::Key::revoked;
  });
  return found == stolen_.end() ? nullptr : &*found;
}

void Forger::write_another_ledger(std::uint64_t batches) {
  log::Head on;
  for (std::uint64_t i = 0; i < batches; ++i) {
    const Bytes next = sign(batch(ledger_id, own_.id(), on), own_);
    on = {on.next_seq + 1, world::sha256(log::parse(next)->records.front())};
    topic_.land(next);
  }
}

/// Extends `on`, with a record that would be folded.
Bytes Forger::batch(const std::string& ledger, const log::KeyId& key, const log::Head& on) {
  const Instant at = decode_header(chain_.records.back()).recorded_at;
  Record record;
  record.header = {record_format, suite_sha256_ed25519, ledger, on.next_seq, on.hash, at};
  record.body.principal = record.body.actor.person = "forger";
  record.body.action_id = "forged-" + std::to_string(++written_);
  record.body.action = "open-clock-hold";
  record.body.events.push_back(make_event(ClockHoldOpened{"forged"}, at));
  const Bytes bytes = encode_record(record);
  log::Frame frame = ledger::frame_behind(on.next_seq, on.hash, ledger, key);
  frame.records.push_back(bytes);
  return log::encode(frame);
}

}  // namespace aidledger::simulation
