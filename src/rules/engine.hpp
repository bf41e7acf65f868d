#pragma once
// The pure middle of the house: decide one action on the folded past, fold what happened, let consequences follow, all
// in one record.
#include "src/rules/action.hpp"

namespace aidledger::rules {

struct Decided {
  std::vector<Event> events;
  std::vector<PolicyRef> policies;
  std::optional<Refusal> recorded_refusal;  ///< the events are then one ActionRefused
};

/// Decides `request`, a request to become record `seq`. On success `state` (a layer over the past) has the events
/// folded in. On a refusal that leaves no record `state` is unchanged.
std::expected<Decided, Refusal> decide(const Request& request, Layer& state, const Books& books, const Zone& zone,
                                       Instant now, Seq seq);

/// Folds one accepted event into the state rows. `at` is its place.
void fold_event(Layer& state, const Event& event, EventRef at);
/// Folds a whole accepted record: its events, then the answer row by which a retry gets the first answer again.
void fold_record(Layer& state, const Record& record);

/// The first answer to (principal, action_id), if one was given.
struct AnswerRow {
  static constexpr std::uint8_t table = 0x01;
  static constexpr bool historic = false;
  Seq seq = 0;
  Hash digest{};
  static void fields(auto&& f) {
    f("seq", &AnswerRow::seq, "the record");
    f("digest", &AnswerRow::digest, "keyed digest of the request");
  }
};
std::string answer_key(std::string_view principal, std::string_view action_id);

/// A consequence: from one new event (already folded into the context's state) to further events of the same record.
using Consequence = void (*)(const Event& event, const Context& context, Happened& then);

/// What a family gives to the house. Listed in src/rules/families.cpp.
struct FamilyRules {
  std::vector<ActionType> actions;
  void (*fold)(Layer& state, const Event& event, EventRef at);
  std::vector<Consequence> consequences;
};
const std::vector<FamilyRules>& all_families();

}  // namespace aidledger::rules
