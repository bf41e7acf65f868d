#include "src/http/route.hpp"

#include "src/http/bodies.hpp"

namespace aidledger::http {
namespace {

void check_search(const Tree& body, Problems& problems) {
  PersonSearch search;
  from_tree(body, search, "", problems);
  if (problems.empty() && !search.name && !search.telephone && !search.identity_number)
    bad_value(problems, "", "give one or more of name, telephone, identity_number");
}

template <class T>
void check_body(const Tree& body, Problems& problems) {
  T value;
  from_tree(body, value, "", problems);
}

constexpr BodyType search_body{"person-search", [] { return schema_of<PersonSearch>(true); }, check_search};
constexpr BodyType token_body{"new-token", [] { return schema_of<NewToken>(true); }, check_body<NewToken>};
constexpr BodyType backup_body{"backup-request", [] { return schema_of<BackupRequest>(true); },
                               check_body<BackupRequest>};

using enum ParamKind;
constexpr auto of_ledger_params = std::to_array<Param>({
    {"known_at", known_at, "as the ledger knew it then: an RFC 3339 time, or seq:N"},
    {"min_seq", integer, "wait (5 s at the most) until record N can be read"},
});
constexpr auto of_page_params = std::to_array<Param>({
    {"limit", integer, "rows on a page, 1 to 1000; 100 unless said"},
    {"cursor", text, "where the page begins: `next` of the page before"},
});
constexpr auto case_filters = std::to_array<Param>({
    {"state", text, "cases in this state"},
    {"undertaker", id, "cases of this undertaker"},
    {"district", text, "cases of this district"},
    {"overdue", boolean, "cases with something overdue, or without"},
});
constexpr auto undertaker_filters = std::to_array<Param>({
    {"category", text, "undertakers of this category"},
    {"district", text, "undertakers of this district"},
    {"eligible", boolean, "who may take cases, or may not"},
    {"step", integer, "who stands on this step of the ladder"},
});
constexpr auto subsidy_filters = std::to_array<Param>({{"undertaker", id, "entitlements of this payee"}});
constexpr auto deadline_filters = std::to_array<Param>({
    {"undertaker", id, "deadlines that this undertaker owes"},
    {"case", id, "deadlines of this case"},
    {"rule", text, "deadlines of this rule"},
    {"state", text, "deadlines in this state"},
    {"with_step", text, "of cases that have a step of this name on or before the due date"},
    {"from", date, "due on that day or later"},
    {"to", date, "due on that day or earlier"},
});
constexpr auto explain_params = std::to_array<Param>({
    {"rule", text, "which deadline of the object"},
    {"key", text, "which of several clocks of one rule"},
    {"stage", text, "which stage of a subsidy"},
});
constexpr auto policy_filters = std::to_array<Param>({
    {"name", text, "versions of this policy"},
    {"on", date, "the version in force on that day"},
});
constexpr auto calendar_filters = std::to_array<Param>({{"year", integer, "this year only"}});
constexpr auto feed_params = std::to_array<Param>({
    {"from", integer, "the first record; 0 unless said"},
    {"limit", integer, "records at the most; up to the present end unless said"},
    {"min_seq", integer, "wait (5 s at the most) until record N can be read"},
});

using enum Answerer;
using enum Operation;
constexpr Verb read = Verb::get;

constexpr auto table = std::to_array<Route>({
    {.verb = Verb::post,
     .path = "/v1/ledgers/{ledger}/actions",
     .answerer = act,
     .own_name = "act",
     .meaning = "Ask for one action (application/json) or many, each on its line (application/x-ndjson)."},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}/cases",
     .answerer = call,
     .operation = list_cases,
     .meaning = "The cases.",
     .params = case_filters,
     .of_ledger = true,
     .paged = true},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}/cases/{id}",
     .answerer = call,
     .operation = show_case,
     .meaning = "One case.",
     .of_ledger = true},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}/cases/{id}/timeline",
     .answerer = call,
     .operation = show_timeline,
     .meaning = "What happened in a case, and what is due.",
     .of_ledger = true,
     .paged = true},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}/undertakers",
     .answerer = call,
     .operation = list_undertakers,
     .meaning = "The undertakers and their standing.",
     .params = undertaker_filters,
     .of_ledger = true,
     .paged = true},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}/undertakers/{id}",
     .answerer = call,
     .operation = show_undertaker,
     .meaning = "The standing of one undertaker.",
     .of_ledger = true},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}/subsidies",
     .answerer = call,
     .operation = list_subsidies,
     .meaning = "The subsidy entitlements.",
     .params = subsidy_filters,
     .of_ledger = true,
     .paged = true},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}/subsidies/{id}",
     .answerer = call,
     .operation = show_subsidy,
     .meaning = "The entitlement of one case, by formula.",
     .of_ledger = true},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}/deadlines",
     .answerer = call,
     .operation = list_deadlines,
     .meaning = "Deadlines: due, met, missed, by whom.",
     .params = deadline_filters,
     .of_ledger = true,
     .paged = true},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}/statistics",
     .answerer = call,
     .operation = show_statistics,
     .meaning = "Deadlines by rule and state, steps watched by whoever did them: counts.",
     .of_ledger = true},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}/unwatched-steps",
     .answerer = call,
     .operation = list_unwatched_steps,
     .meaning = "Steps that were watched by whoever did them.",
     .of_ledger = true,
     .paged = true},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}/explain/{kind}/{id}",
     .answerer = call,
     .operation = explain,
     .meaning = "The events, the rule and the policy behind a result.",
     .params = explain_params,
     .of_ledger = true},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}/policies",
     .answerer = call,
     .operation = list_policies,
     .meaning = "Adopted policies.",
     .params = policy_filters,
     .of_ledger = true,
     .paged = true},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}/calendars",
     .answerer = call,
     .operation = list_calendars,
     .meaning = "Adopted calendars.",
     .params = calendar_filters,
     .of_ledger = true,
     .paged = true},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}/nodes",
     .answerer = call,
     .operation = list_nodes,
     .meaning = "Keys that may sign batches, or might.",
     .of_ledger = true,
     .paged = true},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}/erasures",
     .answerer = call,
     .operation = list_erasures,
     .meaning = "Erasures of persons' data: who asked, who agreed, when, and by which day they are complete.",
     .paged = true},
    {.verb = Verb::post,
     .path = "/v1/ledgers/{ledger}/persons/search",
     .answerer = call,
     .operation = search_persons,
     .meaning = "Find a person. The search itself is personal data: it travels in the body.",
     .body = &search_body},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}/events",
     .answerer = feed,
     .own_name = "feed",
     .meaning = "The facts, one per line, from a record on; sealed fields stay sealed.",
     .params = feed_params},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}",
     .answerer = call,
     .operation = show_ledger,
     .meaning = "One ledger: its head, its halt if any.",
     .of_ledger = true},
    {.verb = read, .path = "/v1/ledgers", .answerer = call, .operation = list_ledgers, .meaning = "The ledgers here."},
    {.verb = read,
     .path = "/v1/catalogue",
     .answerer = events,
     .own_name = "event-catalogue",
     .meaning = "Every kind of fact, with its fields.",
     .open = true},
    {.verb = read,
     .path = "/v1/actions",
     .answerer = actions,
     .own_name = "action-catalogue",
     .meaning = "Every action, who may ask for it, and its fields.",
     .open = true},
    {.verb = Verb::post,
     .path = "/v1/tokens",
     .answerer = call,
     .operation = add_token,
     .meaning = "Make an access token; it is shown once.",
     .body = &token_body},
    {.verb = read,
     .path = "/v1/tokens",
     .answerer = call,
     .operation = list_tokens,
     .meaning = "The access tokens, without their secrets."},
    {.verb = Verb::delete_,
     .path = "/v1/tokens/{id}",
     .answerer = call,
     .operation = revoke_token,
     .meaning = "Revoke an access token."},
    {.verb = Verb::post,
     .path = "/v1/backup",
     .answerer = call,
     .operation = backup,
     .meaning = "Copy the ledger, consistent, while serving.",
     .body = &backup_body},
    {.verb = read,
     .path = "/openapi.json",
     .answerer = openapi,
     .own_name = "openapi",
     .meaning = "This document.",
     .open = true},
    {.verb = read,
     .path = "/healthz",
     .answerer = health,
     .own_name = "health",
     .meaning = "The process lives.",
     .open = true},
    {.verb = read,
     .path = "/readyz",
     .answerer = ready,
     .own_name = "ready",
     .meaning =
         "Every ledger here takes actions: nothing halts it, its log and disk answer, it has read the log to its end "
         "since the start and, of what the log held ten seconds ago, everything.",
     .open = true},
    {.verb = read,
     .path = "/v1/ledgers/{ledger}/readyz",
     .answerer = ready,
     .own_name = "ledger-ready",
     .meaning = "This ledger takes actions; what it says.",
     .open = true},
    {.verb = read,
     .path = "/metrics",
     .answerer = metrics,
     .own_name = "metrics",
     .meaning = "Figures for Prometheus.",
     .open = true},
});

}  // namespace

std::span<const Route> routes() { return table; }
std::span<const Param> ledger_params() { return of_ledger_params; }
std::span<const Param> page_params() { return of_page_params; }

}  // namespace aidledger::http
