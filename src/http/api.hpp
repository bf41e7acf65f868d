#pragma once
// What the HTTP door asks of the house behind it: one port, spoken in trees and refusals, without sockets or status
// codes. The door checks the form of a request; the service checks who may do it, decides and answers.
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "events/values/enum_names.hpp"
#include "src/access/principal.hpp"
#include "src/rules/action.hpp"

namespace aidledger::http {

/// Whose request it is; never null where a call takes one.
using Caller = std::shared_ptr<const Principal>;

/// Why there is no result. Nothing was written, except where `receipt` says so, and except `unknown`.
struct No {
  enum class Kind {
    refused,      ///< by a rule or by access: `refusal` says which
    invalid,      ///< the input cannot be read: `problems`
    conflict,     ///< the same action id came before with another request
    unavailable,  ///< nothing was decided: overloaded, halted, stopping; `detail` says which
    unknown,      ///< in doubt: ask again with the same id
  };
  Kind kind = Kind::unavailable;
  rules::Refusal refusal = {};
  Problems problems = {};
  std::string detail = {};           ///< a sentence for the caller; no personal data
  std::optional<Tree> receipt = {};  ///< of a refusal that was recorded
  bool replayed = false;             ///< the recorded refusal of an earlier request of the same id
};

/// An action, read and checked for form: what `ledger::Asked` needs but for the principal.
struct ActionInput {
  std::string ledger;
  const rules::ActionType* type = nullptr;
  rules::ActionPtr action;
  std::string action_id;
  Instant occurred_at;
  std::optional<Instant> recorded_at;  ///< simulated recording time; demonstration ledgers only
  std::string canonical;               ///< RFC 8785 form of the request without its action_id, for the digest
};

struct Accepted {
  /// Makes {"receipt": {ledger, seq, leaf_hash, recorded_at}, "events": [...]}, the same for every retry. The door
  /// calls it once, on a thread of its own: building the tree costs the ledger's strand nothing.
  std::function<Tree()> body;
  bool replayed = false;  ///< the answer of an earlier request of the same id
};

using Acted = std::expected<Accepted, No>;

/// What can be asked besides actions and the feed. Names are those of the API document.
enum class Operation : std::uint8_t {
  list_cases,
  show_case,
  show_timeline,
  list_undertakers,
  show_undertaker,
  list_subsidies,
  show_subsidy,
  list_deadlines,
  show_statistics,
  list_unwatched_steps,
  explain,  ///< `kind` is the kind of row: standing, timeline, subsidy, deadline ...
  list_policies,
  list_calendars,
  list_nodes,
  list_erasures,
  search_persons,  ///< body {name | telephone | identity_number}
  show_ledger,
  list_ledgers,
  add_token,  ///< body {person, roles, ledger ...}; the reply holds the token, once
  list_tokens,
  revoke_token,
  backup,  ///< body {folder}
};

constexpr auto names_of(Operation) {
  return std::array{
      "list-cases"sv,     "show-case"sv,     "show-timeline"sv,  "list-undertakers"sv, "show-undertaker"sv,
      "list-subsidies"sv, "show-subsidy"sv,  "list-deadlines"sv, "show-statistics"sv,  "list-unwatched-steps"sv,
      "explain"sv,        "list-policies"sv, "list-calendars"sv, "list-nodes"sv,       "list-erasures"sv,
      "search-persons"sv, "show-ledger"sv,   "list-ledgers"sv,   "add-token"sv,        "list-tokens"sv,
      "revoke-token"sv,   "backup"sv};
}

/// What the ledger knew then: up to a record, or the last record at or before a time. Both empty = now.
struct KnownAt {
  std::optional<Seq> seq;
  std::optional<Instant> time;
};

/// Page sizes of lists.
inline constexpr std::size_t default_page = 100, max_page = 1'000;

struct Call {
  Operation operation = Operation::list_cases;
  Caller caller;
  std::string ledger;  ///< empty where the path names none (tokens, backup): that of the caller's token
  std::string kind;    ///< of `explain`
  std::string id;      ///< of the object, where the path names one
  KnownAt known_at;
  std::size_t limit = default_page;
  std::string cursor;                                        ///< of an earlier Reply::next; empty = from the start
  std::vector<std::pair<std::string, std::string>> filters;  ///< only names that the route declares; no personal data
  Tree body;

  /// The filter's text, or nullptr.
  const std::string* filter(std::string_view name) const;
};

struct Reply {
  Tree body;
  std::optional<Seq> seq;  ///< true up to this record
  std::string etag;        ///< version of the object, without quotes; empty = none
  std::string next;        ///< where the next page begins; empty = this was the last
  bool created = false;    ///< 201 instead of 200
};

/// One page of the feed: events as trees, in order, one per line.
struct FeedPage {
  std::vector<Tree> lines;
  Seq next = 0;         ///< the seq to ask from next; a record's events are never split over pages
  bool at_end = false;  ///< nothing after this page yet
};

struct FeedQuery {
  Caller caller;
  std::string ledger;
  Seq from = 0;
  std::size_t max_records = 0;
  std::size_t max_bytes = 0;  ///< a page ends with the record that passes it
};

struct Readiness {
  bool ready = false;
  Tree detail;  ///< a list: of each ledger next_seq, halt code, waiting actions ...; no personal data
};

/// May be called from several threads at once. Answers may come on any thread, also before the call returns; each
/// `then` is called exactly once.
class Service {
 public:
  virtual ~Service() = default;
  /// Null for a token that is unknown, expired or revoked. Called for every request: must be quick.
  virtual Caller authenticate(std::string_view token) = 0;
  /// True when this service holds a ledger of that id.
  virtual bool has_ledger(std::string_view ledger) = 0;
  /// Why that ledger, or where `ledger` is empty any of them, cannot be asked anything yet, so that its tokens are not
  /// known either; empty when it can.
  virtual std::string away(std::string_view ledger) = 0;
  virtual void act(const Caller& caller, ActionInput input, std::function<void(Acted)> then) = 0;
  /// May block for as long as a scan takes; called on reader threads. Failures of the world are thrown.
  virtual std::expected<Reply, No> call(const Call& call) = 0;
  virtual std::expected<FeedPage, No> feed(const FeedQuery& query) = 0;
  /// Calls `then` once record `seq` of the ledger can be read; perhaps never.
  virtual void when_readable(std::string_view ledger, Seq seq, std::function<void()> then) = 0;
  /// Of one ledger, or where `ledger` is empty of all: ready when each is.
  virtual Readiness readiness(std::string_view ledger) = 0;
  /// The code of what keeps reads of the ledger from being those of the log's end; empty when they are.
  virtual std::string stale(std::string_view ledger) = 0;
};

}  // namespace aidledger::http
