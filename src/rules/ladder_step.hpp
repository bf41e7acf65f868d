#pragma once
// The ladder's consequences: each reads like the rule that it is.
#include "src/rules/ladder.hpp"

namespace aidledger::rules {

void when_grade_final_then_check_ladder(const Event& event, const Context& context, Happened& then);
void when_grade_redetermined_then_step_ladder_back(const Event& event, const Context& context, Happened& then);
/// An objection suspends a grade: the ladder is looked at, and stays where it is.
void when_grade_objected_then_leave_ladder(const Event& event, const Context& context, Happened& then);
void when_first_step_reached_then_require_comments(const Event& event, const Context& context, Happened& then);
/// A sanction is reversed when neither the grades it was decided on nor those counted now are enough for it.
void when_ladder_steps_back_then_reverse_sanctions(const Event& event, const Context& context, Happened& then);
void when_appeal_succeeds_then_reverse_sanction(const Event& event, const Context& context, Happened& then);

}  // namespace aidledger::rules
