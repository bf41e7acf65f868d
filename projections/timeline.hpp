#pragma once
// What happened to a case, and who touched it: one row per event that names the case. What the event says stays in its
// record (sealed fields are copied nowhere); the row leads there.
#include "projections/projection.hpp"
#include "projections/provenance.hpp"

namespace aidledger::projections {

/// Key = case, seq, index (both as key_number): a case's rows in the order of the ledger.
struct TimelineRow {
  static constexpr std::uint8_t table = 0x88;
  static constexpr bool historic = false;  ///< written once: its key tells since when it is known
  std::optional<EventRef> at;
  std::uint16_t family = 0, event = 0;
  std::uint8_t version = 1;
  Instant occurred_at, recorded_at;
  std::string by;
  std::string step, performer, supervisor;
  std::optional<Date> on;
  static void fields(auto&& f) {
    using R = TimelineRow;
    f("at", &R::at, "the event");
    f("family", &R::family, "its tag: family");
    f("event", &R::event, "its tag: event");
    f("version", &R::version, "its tag: version");
    f("occurred_at", &R::occurred_at, "when it happened in the world");
    f("recorded_at", &R::recorded_at, "when it was recorded");
    f("by", &R::by, "who had it recorded");
    f("step", &R::step, "imported: the step, as its source calls it");
    f("performer", &R::performer, "imported: who did the step");
    f("supervisor", &R::supervisor, "imported: who watched it");
    f("on", &R::on, "imported: the local date, in the zone of the case");
  }
  EventTag tag() const { return {family, event, version}; }
};

/// Steps that were watched by whoever did them: key = that of their timeline row.
struct UnwatchedRow {
  static constexpr std::uint8_t table = 0x89;
  static constexpr bool historic = false;
  static void fields(auto&&) {}
};

std::string timeline_key(std::string_view case_id, EventRef at);

/// Whether a row of that key was there before record `next_seq`.
bool known_by(std::string_view key, Seq next_seq);

void fold_timeline(Layer& rows, const Fact& fact);

}  // namespace aidledger::projections
