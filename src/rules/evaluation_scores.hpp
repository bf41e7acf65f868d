#pragma once
// From scores to a proposed grade.
#include "src/rules/evaluation.hpp"

namespace aidledger::rules {

/// What scores lead to: two or more that agree give the mean; where they part, one more and the median.
struct Verdict {
  Grade grade = Grade::unqualified;
  std::int32_t marks = 0;
  HardFail hard_fail = HardFail::none;
};
/// The middle of the scored seats, by grade, then marks; of two the mean, half up. At least one seat is scored.
Verdict verdict_of(std::vector<Seat> scored);

/// Nothing, or why the first scores need a third beside them.
std::optional<ThirdScoreRequired> parting(const std::vector<Seat>& scored, std::int32_t widest_gap);

/// A declared interest takes the evaluator off the case, as long as no grade rests on the score.
void when_conflict_declared_then_recuse(const Event& event, const Context& context, Happened& then);
/// As soon as enough scores are in: GradeProposed, or ThirdScoreRequired where they part.
void when_scores_are_in_then_propose_grade(const Event& event, const Context& context, Happened& then);

}  // namespace aidledger::rules
