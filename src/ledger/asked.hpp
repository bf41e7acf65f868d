#pragma once
// An action on its way: what was asked, by whom, and where the answer goes.
#include "src/access/principal.hpp"
#include "src/ledger/answer.hpp"
#include "src/rules/action.hpp"

namespace aidledger::ledger {

struct Asked {
  rules::Request request;
  Principal principal;
  AnswerTo answer;
  Bytes canonical;                       ///< RFC 8785 form of the action without its id, for the digest
  std::optional<Instant> simulated_now;  ///< demonstration ledgers only
  bool ready = false;                    ///< digest computed, ids named, personal data sealed
};

}  // namespace aidledger::ledger
