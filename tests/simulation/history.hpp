#pragma once
// What the clients saw, kept outside every node: the measure of what was promised.
#include <map>
#include <string>
#include <vector>

#include "src/ledger/answer.hpp"

namespace aidledger::simulation {

struct Invocation {
  std::string principal, action_id;
  Bytes canonical;
  std::vector<ledger::Answer> answers;  ///< of this request and its retries
  bool gave_up = false;
};

/// By principal and action id; one entry per distinct request body.
using History = std::vector<Invocation>;

}  // namespace aidledger::simulation
