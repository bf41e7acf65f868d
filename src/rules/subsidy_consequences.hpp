#pragma once
// What sets a reckoning off.
#include "src/rules/context.hpp"

namespace aidledger::rules {

void when_file_archived_then_calculate_subsidy(const Event& event, const Context& context, Happened& then);
void when_aid_terminated_then_calculate_subsidy(const Event& event, const Context& context, Happened& then);
void when_grade_final_then_calculate_subsidy(const Event& event, const Context& context, Happened& then);
void when_grade_redetermined_then_adjust_subsidy(const Event& event, const Context& context, Happened& then);
void when_costs_vouched_then_adjust_subsidy(const Event& event, const Context& context, Happened& then);

}  // namespace aidledger::rules
