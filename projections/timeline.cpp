#include "projections/timeline.hpp"

#include "events/case_imports.hpp"
#include "events/row_codec.hpp"

namespace aidledger {
using projections::TimelineRow, projections::UnwatchedRow;
AIDLEDGER_ROW(TimelineRow)
AIDLEDGER_ROW(UnwatchedRow)
}  // namespace aidledger

namespace aidledger::projections {
namespace {

void tell_step(Layer& rows, const Event& event, std::string_view key, TimelineRow& row) {
  if (const auto* e = event.as<CaseStepRecorded>()) {
    row.step = e->step, row.performer = e->performer, row.supervisor = e->supervisor, row.on = e->on;
    if (e->unwatched()) rows.put(key, UnwatchedRow{});
  } else if (const auto* date = event.as<CaseDateRecorded>()) {
    row.step = date->what, row.on = date->on;
  }
}

}  // namespace

std::string timeline_key(std::string_view case_id, EventRef at) {
  return row_key({case_id, key_number(at.seq), key_number(at.index)});
}

bool known_by(std::string_view key, Seq next_seq) { return key_parts(key).at(1) < key_number(next_seq); }

void fold_timeline(Layer& rows, const Fact& fact) {
  const EventTag tag = fact.event.type->tag;
  for (const auto& object : fact.event.objects) {
    if (object.kind != CaseId::kind) continue;
    const std::string key = timeline_key(object.id, fact.at);
    TimelineRow row;
    row.at = fact.at;
    row.family = tag.family, row.event = tag.event, row.version = tag.version;
    row.occurred_at = fact.event.occurred_at, row.recorded_at = fact.record.header.recorded_at;
    row.by = fact.record.body.actor.person;
    if (tag.family == family_case_imports) tell_step(rows, fact.event, key, row);
    rows.put(key, row);
  }
}

}  // namespace aidledger::projections
