#pragma once
// Who may get which case: checked when a case is assigned, in this order, and kept with the assignment.
#include "src/rules/case_state.hpp"
#include "src/rules/standing.hpp"
#include "src/rules/undertakers.hpp"

namespace aidledger::rules {

inline constexpr RefusalKind suspended{210, "suspended", "The undertaker is suspended."};
inline constexpr RefusalKind qualification_lapsed{211, "qualification-lapsed", "The undertaker's licence has lapsed."};
inline constexpr RefusalKind disqualified{212, "disqualified", "The undertaker is disqualified: no case is assigned."};
inline constexpr RefusalKind assignment_held{
    213, "assignment-held",
    "The undertaker has reached the step at which no case is assigned until the director has decided."};
inline constexpr RefusalKind had_the_case{
    214, "had-the-case", "The undertaker declined this case or was replaced in it and does not get it again."};
inline constexpr RefusalKind own_matter{215, "own-matter", "The undertaker is the recipient."};
inline constexpr RefusalKind ineligible{216, "ineligible",
                                        "The undertaker's category may not take a case of this type and stage."};
inline constexpr RefusalKind too_short_practice{
    217, "too-short-practice", "A case of life or death needs more years of practice than the undertaker has."};
inline constexpr RefusalKind opposing_side{218, "opposing-side",
                                           "The other side of the matter is aided through the same organisation."};

/// Why the undertaker may not get the case on the day of the context, or nothing.
std::optional<Refusal> why_not(const Context& context, const UndertakerId& id, const CaseRow& row);
/// What was seen of the undertaker.
EligibilityFacts facts_seen(const Context& context, const UndertakerId& id, const StandingRow& standing);
/// The candidates, each with what stood against it.
std::vector<CandidateSeen> look_at(const Context& context, const std::vector<UndertakerId>& candidates,
                                   const CaseRow& row);

}  // namespace aidledger::rules
