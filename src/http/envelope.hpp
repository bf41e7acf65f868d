#pragma once
// One action as it is asked: {"action_id", "type", "occurred_at", "data"}, checked for form down to its last field.
#include "src/http/problem.hpp"

namespace aidledger::http {

struct Envelope {
  static constexpr std::string_view action_id = "action_id", type = "type", occurred_at = "occurred_at", data = "data",
                                    recorded_at = "recorded_at";
};

/// `key` is the Idempotency-Key of the request (bare or in quotes; empty = none): it is the action_id where the body
/// has none. `found_id` gets the action's id as soon as it is known, also of actions that cannot be taken.
std::expected<ActionInput, ProblemDetails> read_action(std::string_view text, const std::string& ledger,
                                                       std::string_view key, std::string& found_id);

/// JSON Schema of one action's envelope, for the API document.
Tree envelope_schema(const rules::ActionType& type);

}  // namespace aidledger::http
