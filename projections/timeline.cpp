#include "projections/timeline.hpp"

#include "events/row_codec.hpp"

namespace aidledger {
using projections::TimelineRow;
AIDLEDGER_ROW(TimelineRow)
}  // namespace aidledger

namespace aidledger::projections {

std::string timeline_key(std::string_view case_id, EventRef at) {
  return row_key({case_id, key_number(at.seq), key_number(at.index)});
}

void fold_timeline(Layer& rows, const Fact& fact) {
  for (const auto& object : fact.event.objects) {
    if (object.kind != CaseId::kind) continue;
    auto& row = rows.edit<TimelineRow>(timeline_key(object.id, fact.at));
    const auto tag = fact.event.type->tag;
    row = {fact.at,
           tag.family,
           tag.event,
           tag.version,
           fact.event.occurred_at,
           fact.record.header.recorded_at,
           fact.record.body.actor.person};
  }
}

}  // namespace aidledger::projections
