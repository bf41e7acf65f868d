#pragma once
// What clients ask for: actions as trees, valid and not, from the names that a seed makes up. A retry says the same
// again; an altered body says something else.
#include <string>
#include <vector>

#include "events/values/tree.hpp"
#include "src/access/principal.hpp"
#include "tests/simulation/random.hpp"

namespace aidledger::simulation {

struct Wish {
  std::string action;
  Tree data;
  Principal principal;
  std::string action_id;
};

class Clients {
 public:
  explicit Clients(Random& random) : random_(random) {}
  /// Another action of somebody.
  Wish next();
  /// What must be there before the others: undertakers of the imported cases.
  static std::vector<Role> all_roles();

 private:
  Tree adopt_policy();
  Tree import_undertaker();
  Tree open_hold();
  Tree close_hold();
  Tree adopt_eligibility();
  Tree propose_erasure();
  Tree confirm_erasure();
  Tree enrol();
  Tree record_step();
  std::string some(const char* kind, std::uint64_t of) {
    return std::string(kind) + "-" + std::to_string(random_.below(of));
  }

  Random& random_;
  int asked_ = 0;
};

}  // namespace aidledger::simulation
