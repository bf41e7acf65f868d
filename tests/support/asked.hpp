#pragma once
// An action that needs nothing but an operator: for tests of what happens to actions, whatever they ask.
#include "src/ledger/asked.hpp"
#include "src/rules/governance.hpp"

namespace aidledger::test {

inline ledger::Asked asked_by_operator(const std::string& action_id, Instant now, ledger::AnswerTo answer) {
  ledger::Asked asked;
  asked.principal = {"t-1", "p-1", {Role::operator_}, "chengbei", {}, {}, {}, {}};
  asked.request.type = rules::find_action("accept-clock");
  asked.request.action = std::make_shared<rules::AcceptClock>(rules::AcceptClock{"n", "fine"});
  asked.request.principal = "t-1";
  asked.request.action_id = action_id;
  asked.request.occurred_at = now;
  asked.request.actor = {"p-1", {Role::operator_}, {}, {}, {}};
  asked.canonical = action_id;
  asked.answer = std::move(answer);
  return asked;
}

}  // namespace aidledger::test
