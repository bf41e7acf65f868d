#include "src/http/problem.hpp"

#include <algorithm>

namespace aidledger::http {
namespace {

constexpr std::string_view type_root = "https://aidledger.cn/problems/";
constexpr int unavailable_retry_seconds = 1;

/// What is wrong with fields and texts: `code` of an error, and the type where all errors agree.
constexpr auto input_kinds = std::to_array<ProblemKind>({
    {"unknown-field", 422, "A field is not known."},
    {"missing-field", 422, "A required field is missing."},
    {"wrong-type", 422, "A field is of the wrong type."},
    {"bad-value", 422, "A field has a value that is not allowed."},
    {"naive-time", 422, "A time carries no zone."},
    {"duplicate-key", 422, "The same member stands twice in one object."},
    {"not-an-integer", 422, "Numbers must be integers."},
    {"number-out-of-range", 422, "A number does not fit in 64 bits."},
    {"too-deep", 422, "Lists and objects are nested too deeply."},
    {"too-many-values", 422, "The text holds too many values."},
    {"too-long", 422, "A text is too long."},
    {"syntax", 400, "The body is not JSON."},
    {"incomplete", 400, "The body ends in the middle of a JSON value."},
    {"trailing-text", 400, "Something follows the JSON value."},
    {"bad-utf8", 400, "The body is not UTF-8."},
    {"empty", 400, "The body is empty."},
    {"unknown-parameter", 400, "A query parameter is not known."},
});

const ProblemKind* input_kind(std::string_view code) {
  const auto* found = std::ranges::find_if(input_kinds, [&](const auto& kind) { return kind.name == code; });
  return found == input_kinds.end() ? nullptr : found;
}

ProblemDetails of_refusal(const No& no) {
  ProblemDetails details;
  details.name = no.refusal.name, details.title = no.refusal.sentence;
  details.status = status_of_refusal(no.refusal.number), details.detail = no.refusal.detail;
  details.number = no.refusal.number, details.rule = no.refusal.rule;
  details.receipt = no.receipt, details.replayed = no.replayed;
  return details;
}

/// An address as it was sent: what is no plain character is not repeated.
std::string plain(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c <= ' ' || c > '~') c = '?';
  return out;
}

}  // namespace

const std::vector<ProblemKind>& problem_kinds() {
  static const std::vector<ProblemKind> all = [] {
    using namespace problem;
    std::vector<ProblemKind> kinds{bad_request,          bad_parameter,          action_id_missing,
                                   unauthenticated,      no_such_resource,       no_such_ledger,
                                   method_not_allowed,   request_timeout,        body_too_large,
                                   line_too_long,        unsupported_media_type, unsupported_encoding,
                                   invalid_input,        unknown_action,         action_id_mismatch,
                                   idempotency_conflict, head_too_large,         problem::internal,
                                   unavailable,          outcome_unknown,        not_there_yet};
    kinds.insert(kinds.end(), input_kinds.begin(), input_kinds.end());
    return kinds;
  }();
  return all;
}

int status_of_refusal(std::uint32_t number) {
  switch (number) {
    case rules::not_found.number: return 404;
    case rules::not_allowed.number:
    case rules::not_own_case.number: return 403;
    case rules::changed_meanwhile.number: return 412;
    case rules::bad_text.number: return 422;
    default: return 409;
  }
}

ProblemDetails details_of(const ProblemKind& kind, std::string detail, Problems errors) {
  ProblemDetails details;
  details.name = kind.name, details.title = kind.title, details.status = kind.status;
  details.detail = std::move(detail), details.errors = std::move(errors);
  return details;
}

ProblemDetails details_of(const No& no) {
  switch (no.kind) {
    case No::Kind::refused: return of_refusal(no);
    case No::Kind::invalid: return details_of(no.problems);
    case No::Kind::conflict: return details_of(problem::idempotency_conflict, no.detail);
    case No::Kind::unknown: return details_of(problem::outcome_unknown, no.detail);
    case No::Kind::unavailable: break;
  }
  auto details = details_of(problem::unavailable, no.detail);
  details.retry_after_seconds = unavailable_retry_seconds;
  return details;
}

ProblemDetails details_of(const Problems& problems) {
  const auto same = [&](const Problem& p) { return p.code == problems.front().code; };
  const ProblemKind* kind = nullptr;
  if (!problems.empty() && std::ranges::all_of(problems, same)) kind = input_kind(problems.front().code);
  return details_of(kind != nullptr ? *kind : problem::invalid_input, problems.empty() ? "" : problems.front().text,
                    problems);
}

ProblemDetails details_of(const json::JsonError& error) {
  const auto* kind = input_kind(error.code);
  std::string detail =
      error.text + " (line " + std::to_string(error.line) + ", byte " + std::to_string(error.offset) + ")";
  return details_of(kind != nullptr ? *kind : problem::invalid_input, std::move(detail),
                    {{error.pointer, std::string(error.code), error.text}});
}

Tree ProblemDetails::tree(std::string_view request_id, std::string_view instance) const {
  Tree tree = Tree::object().set("type", std::string(type_root) + name).set("title", title).set("status", status);
  if (!detail.empty()) tree.set("detail", detail);
  if (!instance.empty()) tree.set("instance", plain(instance));
  if (number) tree.set("number", static_cast<std::int64_t>(*number)).set("name", name);
  if (!rule.empty()) tree.set("rule", rule);
  if (!errors.empty()) {
    Tree list = Tree::list();
    for (const auto& error : errors)
      list.push(Tree::object().set("pointer", error.pointer).set("code", error.code).set("text", error.text));
    tree.set("errors", std::move(list));
  }
  if (receipt) tree.set("receipt", *receipt);
  if (replayed) tree.set("replayed", true);
  if (!request_id.empty()) tree.set("request_id", request_id);
  return tree;
}

Response response_of(const ProblemDetails& details, std::string_view request_id, std::string_view instance) {
  Response response;
  response.status = details.status, response.content_type = problem_type;
  response.body = json::print(details.tree(request_id, instance));
  if (details.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"aidledger\"");
  if (details.retry_after_seconds > 0)
    response.headers.emplace_back("Retry-After", std::to_string(details.retry_after_seconds));
  return response;
}

}  // namespace aidledger::http
