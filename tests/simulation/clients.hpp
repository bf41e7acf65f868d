#pragma once
// What clients ask for: actions as trees, valid and not, from the names that a seed makes up. A retry says the same
// again; an altered body says something else.
#include "tests/simulation/casework.hpp"

namespace aidledger::simulation {

class Clients {
 public:
  explicit Clients(Random& random) : casework(random), random_(random) {}
  /// Another action of somebody.
  Wish next();
  Casework casework;

 private:
  Tree adopt_policy();
  Tree import_undertaker();
  Tree open_hold();
  Tree close_hold();
  Tree propose_erasure();
  Tree confirm_erasure();
  Tree enrol();
  Tree record_step();
  Tree decline();
  Tree replace();
  Tree terminate();
  Tree waive();
  Tree extend();
  Tree clock();
  std::string story_undertaker() { return "u-s" + std::to_string(random_.below(2)); }
  std::string some(const char* kind, std::uint64_t of) {
    return std::string(kind) + "-" + std::to_string(random_.below(of));
  }

  Random& random_;
  int asked_ = 0;
};

}  // namespace aidledger::simulation
