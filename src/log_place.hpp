#pragma once
// Where a node's log lies, and with it the vault that the ledger's secrets are in: on this machine, or in Kafka for all
// its nodes.
#include <memory>
#include <string>

#include "src/ledger/ledger.hpp"
#include "src/vault/vault.hpp"

namespace aidledger {

class LogPlace {
 public:
  virtual ~LogPlace() = default;
  virtual log::SharedLog& log() = 0;
  virtual vault::Vault& vault() = 0;
  /// nullptr where the ledger files are the log.
  virtual ledger::AcceptedCopy* copy() { return nullptr; }
  /// Why the log can be neither read nor appended to now; empty while it can.
  virtual std::string failing() const { return {}; }
  virtual std::optional<std::string> diverged() const { return std::nullopt; }
  /// Watches over the log on behalf of a ledger that has started; the place is gone before the ledger is.
  virtual void watch(ledger::Ledger&) {}
  /// No more of it: nothing is called back when it returns.
  virtual void stop() {}
};

}  // namespace aidledger
