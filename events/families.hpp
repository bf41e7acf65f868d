#pragma once
// The families, in the order of their numbers. Only who needs every declaration at once includes this: the catalogue,
// and what is generated from all of it.
#include "events/case_imports.hpp"
#include "events/cases.hpp"
#include "events/evaluation.hpp"
#include "events/file_review.hpp"
#include "events/governance.hpp"
#include "events/ladder.hpp"
#include "events/progress_calls.hpp"
#include "events/reports.hpp"
#include "events/rights_notice.hpp"
#include "events/subsidy.hpp"
#include "events/undertakers.hpp"

namespace aidledger {

/// Calls visit.operator()<Undertakers, Cases, ...>().
template <class V>
auto with_all_families(V&& visit) {
  return visit.template operator()<Undertakers,    //
                                   Cases,          //
                                   RightsNotice,   //
                                   ProgressCalls,  //
                                   Reports,        //
                                   FileReview,     //
                                   Evaluation,     //
                                   Ladder,         //
                                   Subsidy,        //
                                   CaseImports,    //
                                   Governance>();
}

}  // namespace aidledger
