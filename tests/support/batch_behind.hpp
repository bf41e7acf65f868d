#pragma once
// What another node of the ledger records.
#include "src/ledger/framing.hpp"
#include "src/world/digest.hpp"

namespace aidledger::test {

/// One record with this fact behind `last`, otherwise alike, in a batch of its own, unsigned.
template <class Fact>
Bytes batch_behind(const Bytes& last, const log::KeyId& writer, Fact fact) {
  Record record = decode_record(last);
  record.header.seq += 1;
  record.header.prev_hash = world::sha256(last);
  record.body.events = {make_event(std::move(fact), record.header.recorded_at)};
  const Bytes bytes = encode_record(record);
  auto frame = ledger::frame_behind(record.header.seq, record.header.prev_hash, record.header.ledger, writer);
  frame.records.push_back(bytes);
  return log::encode(frame);
}

}  // namespace aidledger::test
