#pragma once
// Who may be what: the roles of the domain (domain vocabulary, "Rules for every event"). A principal may hold several.
#include "events/values/enum_names.hpp"

namespace aidledger {

enum class Role : std::uint8_t {
  intake,
  assigner,
  supervisor,
  undertaker,
  recipient,
  evaluator,
  evaluation_lead,
  centre_director,
  finance_maker,
  finance_checker,
  bureau,
  budget_authority,
  trainer,
  clock,
  auditor,
  operator_,
};

constexpr auto names_of(Role) {
  return std::array{"intake"sv,        "assigner"sv,        "supervisor"sv,      "undertaker"sv,
                    "recipient"sv,     "evaluator"sv,       "evaluation-lead"sv, "centre-director"sv,
                    "finance-maker"sv, "finance-checker"sv, "bureau"sv,          "budget-authority"sv,
                    "trainer"sv,       "clock"sv,           "auditor"sv,         "operator"sv};
}

}  // namespace aidledger
