// The read models of the house.
#include "projections/cases.hpp"
#include "projections/deadlines.hpp"
#include "projections/standing.hpp"
#include "projections/subsidy.hpp"
#include "projections/timeline.hpp"

namespace aidledger::projections {

const std::vector<Projection>& all_projections() {
  static const std::vector<Projection> all{{"standing", fold_standing},
                                           {"timeline", fold_timeline},
                                           {"cases", fold_cases},
                                           {"deadlines", fold_deadlines},
                                           {"subsidy", fold_subsidy}};
  return all;
}

void fold_record(Layer& rows, const Record& record) {
  for (std::size_t i = 0; i < record.body.events.size(); ++i) {
    const Fact fact{record.body.events[i], {record.header.seq, static_cast<std::uint32_t>(i)}, record};
    for (const auto& projection : all_projections()) projection.fold(rows, fact);
  }
}

}  // namespace aidledger::projections
