#pragma once
// Records by seq, from wherever the local, verified copy of the ledger lies.
#include <optional>

#include "events/values/bytes.hpp"

namespace aidledger::ledger {

class RecordSource {
 public:
  virtual ~RecordSource() = default;
  /// The stored bytes; nullopt where the ledger is not that long. Any thread.
  virtual std::optional<Bytes> record(Seq seq) const = 0;
};

}  // namespace aidledger::ledger
