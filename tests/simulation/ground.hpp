#pragma once
// What a node stands on: its log, where records are read, its vault. Made by each start, gone with each crash but for
// what was durable.
#include "src/ledger/opening.hpp"
#include "src/vault/vault.hpp"
#include "tests/simulation/fate.hpp"
#include "tests/simulation/schedule.hpp"

namespace aidledger::simulation {

inline constexpr const char* ledger_id = "simulated";

inline Bytes opening_batch(Instant begin, Random& random) {
  return ledger::opening_frame({ledger_id, "Asia/Shanghai", "embedded", "00", "00", LedgerPurpose::production}, {},
                               begin, random);
}

class Ground {
 public:
  virtual ~Ground() = default;
  /// Throws what keeps a process from starting. False: the rows know more than the log, an operator has them rebuilt.
  virtual bool start(Strand& strand, Fate& fate) = 0;
  /// The process is gone, `power`: with it whatever the machine had not written.
  virtual void crash(bool power) = 0;
  virtual log::SharedLog& log() = 0;
  virtual const ledger::RecordSource& records() const = 0;
  virtual vault::Vault& vault() = 0;
};

}  // namespace aidledger::simulation
