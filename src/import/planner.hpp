#pragma once
// From a source's case to what this ledger is asked to record. Pure: the same case and mapping give the same plan, and
// every id in it. The plan says what happened and which of the mapping's clocks that starts or meets; due dates and
// pairing are for the rules.
#include <optional>
#include <string>
#include <vector>

#include "events/values/time.hpp"
#include "events/values/tree.hpp"
#include "src/import/mapping.hpp"
#include "src/import/source_case.hpp"

namespace aidledger::import {

/// A step's texts in bytes; a longer one is rejected, not cut.
inline constexpr std::size_t max_step_name = 200;
inline constexpr std::size_t max_detail = 1000;
inline constexpr std::size_t max_case_key = 200;
/// Below it a name could be found by trying all names.
inline constexpr std::size_t shortest_people_secret = 16;
/// One action carries at most so much of a case, so that it stays far below the limits of a record.
inline constexpr std::size_t max_items_of_part = 100;
inline constexpr std::size_t max_bytes_of_part = 64 * 1024;

/// A clock that an item starts: either some days from its local date, or a last date that the source gives.
struct PlannedStart {
  std::string clock;
  std::int32_t days = 0;
  DayUnit unit = DayUnit::natural;
  std::optional<Date> due;
  bool operator==(const PlannedStart&) const = default;
};

/// One fact of the case: a step, or (with `is_date`) the value of a column that gives a date to a clock.
struct PlannedItem {
  std::string identity;
  std::string name;  ///< the activity, or the column
  bool is_date = false;
  Instant at;
  Date on;                            ///< its local date in the mapping's zone
  std::string performer, supervisor;  ///< ids; empty where the source names nobody
  std::vector<Attribute> details;
  std::vector<PlannedStart> starts;
  std::vector<std::string> meets;  ///< clocks
  std::size_t event = 0;           ///< its place in SourceCase::events, for reports
};

/// A case, or a bounded part of one. The ledger adds what it does not hold yet and passes over the rest.
struct PlannedPart {
  std::string action_id;
  std::string case_id;
  std::string case_key;
  std::string type;
  std::string undertaker;
  Instant opened_at;
  std::vector<PlannedItem> items;
};

/// An activity that the mapping turns into another action of this ledger.
struct PlannedAction {
  std::string action_id;
  std::string action;
  Instant at;
  Tree data;  ///< its fields, the case among them
  std::size_t event = 0;
};

struct PlannedUndertaker {
  std::string action_id;
  std::string id;
  Instant seen_at;  ///< the first event of the case in which it was found
};

struct CasePlan {
  std::optional<PlannedUndertaker> undertaker;
  std::vector<PlannedPart> parts;
  std::vector<PlannedAction> actions;
  std::vector<Rejected> rejected;
};

struct PlanSettings {
  Mapping mapping;
  Zone zone;
  Instant now;          ///< what is said to have happened later is rejected
  Bytes people_secret;  ///< needed where the mapping says that people are called by name; see shortest_people_secret
};

/// `source` keeps its events; the rejected ones are copied into the plan.
CasePlan plan_case(const SourceCase& source, const PlanSettings& settings);

/// The action id of a part with these contents. Another content is another id: the ledger then takes what is new in it.
std::string action_id_of(const PlannedPart& part, const Mapping& mapping);

}  // namespace aidledger::import
