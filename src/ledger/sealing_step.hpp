#pragma once
// Between the door and the rules: the keyed digest of the request, names for what the action left unnamed, personal
// data sealed. The keys of all persons in a batch of arrivals are durable before the first of them is used.
#include <deque>

#include "src/ledger/asked.hpp"
#include "src/vault/sealing.hpp"
#include "src/world/world.hpp"

namespace aidledger::ledger {

class SealingStep {
 public:
  SealingStep(vault::Sealer& sealer, world::Random& random, world::Clock& clock)
      : sealer_(sealer), random_(random), clock_(clock) {}

  /// The digest alone: enough to recognise a retry, which needs no sealing.
  void digest(Asked& asked);
  /// Whether the action holds personal data to seal.
  static bool seals(const Asked& asked);
  /// Names ids and seals, for all at once.
  void seal(const std::vector<Asked*>& all);
  vault::Sealer& sealer() { return sealer_; }

 private:
  void seal_one(Asked& asked, std::vector<vault::IndexEntry>& entries);

  vault::Sealer& sealer_;
  world::Random& random_;
  world::Clock& clock_;
};

}  // namespace aidledger::ledger
