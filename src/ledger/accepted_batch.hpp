#pragma once
// What the log has accepted, as it is told to those who wait for it.
#include "events/record.hpp"
#include "src/log/frame.hpp"

namespace aidledger::ledger {

struct AcceptedRecord {
  Record record;
  Hash hash;
};

struct AcceptedBatch {
  Seq first = 0;
  log::KeyId writer{};
  std::uint32_t waiting = 0;  ///< actions its writer still had
  std::vector<AcceptedRecord> records;
};

}  // namespace aidledger::ledger
