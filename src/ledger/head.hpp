#pragma once
// How far a node is: the last accepted record, its hash, and where to read on in the log. Committed with the rows, in
// one step.
#include <optional>

#include "events/values/bytes.hpp"
#include "events/values/time.hpp"
#include "src/log/shared_log.hpp"

namespace aidledger::ledger {

struct Head {
  Seq next_seq = 0;  ///< the seq that the next record will have; 0 = the ledger is empty
  Hash hash{};       ///< SHA-256 of the last record's bytes; zero before record 0
  Instant recorded_at{INT64_MIN};
  log::Position position;  ///< where to read on

  bool empty() const { return next_seq == 0; }
  Seq last() const { return next_seq - 1; }
};

Bytes encode_head(const Head& head);
/// An empty text is the head of an empty ledger. nullopt = damaged.
std::optional<Head> decode_head(BytesView bytes);

}  // namespace aidledger::ledger
