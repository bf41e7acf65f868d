#pragma once
// Where actions are handed in: from a text to the service and, in time, to an answer. Knows nothing of responses.
#include "src/http/envelope.hpp"
#include "src/http/waits.hpp"

namespace aidledger::http {

using Decided = std::expected<Accepted, ProblemDetails>;

class Desk {
 public:
  Desk(Service& service, std::int64_t answer_wait_us) : service_(service), waits_(answer_wait_us) {}

  /// `then` is called exactly once, on any thread, perhaps at once. A caller who waits longer than the answer wait is
  /// told that the outcome is unknown. `found_id` gets the action's id before this returns.
  void hand_in(std::int64_t now_us, const Caller& caller, const std::string& ledger, std::string_view text,
               std::string_view key, std::string& found_id, std::function<void(Decided)> then);
  void sweep(std::int64_t now_us) { waits_.sweep(now_us); }

 private:
  Service& service_;
  Waits waits_;
};

/// 201, or 200 for the answer of an earlier request.
int status_of(const Decided& decided);
/// What an accepted action is answered with.
Tree body_of(const Accepted& accepted);

}  // namespace aidledger::http
