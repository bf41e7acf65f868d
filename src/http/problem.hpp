#pragma once
// Saying no in the words of RFC 9457. Types are stable: https://aidledger.cn/problems/<name>. A refusal's name is its
// type; what the door itself refuses is listed here.
#include <optional>

#include "src/http/api.hpp"
#include "src/http/message.hpp"
#include "src/json/json.hpp"

namespace aidledger::http {

struct ProblemKind {
  std::string_view name;
  int status;
  std::string_view title;
};

namespace problem {
inline constexpr ProblemKind bad_request{"bad-request", 400, "The request is not well-formed HTTP."};
inline constexpr ProblemKind bad_parameter{"bad-parameter", 400, "A query parameter cannot be read."};
inline constexpr ProblemKind action_id_missing{"action-id-missing", 400, "The action carries no action_id."};
inline constexpr ProblemKind unauthenticated{"unauthenticated", 401, "A valid access token is required."};
inline constexpr ProblemKind no_such_resource{"no-such-resource", 404, "There is nothing at this address."};
inline constexpr ProblemKind no_such_ledger{"no-such-ledger", 404, "This service holds no ledger of that id."};
inline constexpr ProblemKind method_not_allowed{"method-not-allowed", 405, "The resource does not take this method."};
inline constexpr ProblemKind request_timeout{"request-timeout", 408, "The request did not arrive in time."};
inline constexpr ProblemKind body_too_large{"body-too-large", 413, "The body is too large."};
inline constexpr ProblemKind line_too_long{"line-too-long", 413, "A line of the body is too long."};
inline constexpr ProblemKind unsupported_media_type{"unsupported-media-type", 415, "This kind of body is not taken."};
inline constexpr ProblemKind unsupported_encoding{"unsupported-encoding", 415, "Encoded bodies are not taken."};
inline constexpr ProblemKind invalid_input{"invalid-input", 422, "The input cannot be taken as it is."};
inline constexpr ProblemKind unknown_action{"unknown-action", 422, "There is no action of that type."};
inline constexpr ProblemKind action_id_mismatch{"action-id-mismatch", 422,
                                                "Idempotency-Key and action_id name two different actions."};
inline constexpr ProblemKind idempotency_conflict{"idempotency-conflict", 422,
                                                  "The same action_id came before with another request."};
inline constexpr ProblemKind head_too_large{"head-too-large", 431, "The head of the request is too large."};
inline constexpr ProblemKind internal{"internal", 500, "Something failed inside the service."};
inline constexpr ProblemKind unavailable{"unavailable", 503, "Nothing was decided; ask again later."};
inline constexpr ProblemKind outcome_unknown{
    "outcome-unknown", 504, "Whether the action was recorded is not known yet; ask again with the same action_id."};
inline constexpr ProblemKind not_there_yet{"not-there-yet", 504, "The record that was waited for cannot be read yet."};
}  // namespace problem

/// Every kind that the door has, and those of JSON and fields.
const std::vector<ProblemKind>& problem_kinds();

/// One answer that says no, before it is printed.
struct ProblemDetails {
  std::string name, title;
  int status = 500;
  std::string detail;
  std::optional<std::uint32_t> number;  ///< a refusal's
  std::string rule;
  Problems errors;
  std::optional<Tree> receipt;
  bool replayed = false;
  int retry_after_seconds = 0;  ///< 0 = says nothing

  Tree tree(std::string_view request_id, std::string_view instance) const;
};

ProblemDetails details_of(const ProblemKind& kind, std::string detail = {}, Problems errors = {});
ProblemDetails details_of(const No& no);
/// Where every problem has the same code, that code is the type.
ProblemDetails details_of(const Problems& problems);
ProblemDetails details_of(const json::JsonError& error);
/// The HTTP status of a refusal, by its number.
int status_of_refusal(std::uint32_t number);

Response response_of(const ProblemDetails& details, std::string_view request_id, std::string_view instance);

}  // namespace aidledger::http
