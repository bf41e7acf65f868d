#pragma once
// Record 0 of a simulated ledger.
#include "src/ledger/opening.hpp"
#include "src/vault/writer_key.hpp"
#include "tests/simulation/chain.hpp"
#include "tests/simulation/ground.hpp"

namespace aidledger::simulation {

/// With the key of the first node on the topic, or without one on ledger files.
inline Bytes opening_batch(const vault::WriterKey* key, Instant begin, Random& random) {
  ledger::Opening opening{ledger_id, "Asia/Shanghai", "embedded", "00", "00", LedgerPurpose::production};
  if (key == nullptr) return ledger::opening_frame(opening, {}, begin, random);
  opening.log_place = "kafka:simulated";
  opening.writer_key_id = name_of_key(key->id());
  opening.writer_public_key = to_hex(key->public_key());
  const Bytes frame = ledger::opening_frame(opening, key->id(), begin, random);
  return log::with_signature(frame, key->sign(log::signed_part(frame).part));
}

}  // namespace aidledger::simulation
