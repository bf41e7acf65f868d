#pragma once
// What somebody asks for.
#include <string>
#include <vector>

#include "events/values/tree.hpp"
#include "src/access/principal.hpp"
#include "src/ledger/answer.hpp"
#include "tests/simulation/random.hpp"

namespace aidledger::simulation {

struct Wish {
  std::string action;
  Tree data;
  Principal principal;
  std::string action_id;
  int story = -1;       ///< of Casework; -1 = none
  int days_before = 0;  ///< pass before it is asked for
};

inline std::vector<Role> all_roles() {
  std::vector<Role> roles;
  for (std::size_t i = 0; i < count_of<Role>(); ++i) roles.push_back(static_cast<Role>(i));
  return roles;
}

inline Principal somebody(const std::string& person, std::vector<Role> roles = all_roles(),
                          const std::string& undertaker = {}) {
  return {"token-" + person, person, std::move(roles), "simulated", {}, {}, undertaker, {}};
}

}  // namespace aidledger::simulation
