#include "src/import/ledger_sink.hpp"

#include <condition_variable>
#include <mutex>

#include "src/json/json.hpp"

namespace aidledger::import {
namespace {

using Kind = ActionResult::Kind;

constexpr std::int64_t status_replayed = 200, first_refusal = 400, first_server_error = 500;
constexpr std::string_view conflict_problem = "idempotency-conflict";

/// Answers of one submit, filled in on the ledger's strand.
struct Gathering {
  std::mutex mutex;
  std::condition_variable all_there;
  std::vector<ActionResult> results;
  std::size_t missing = 0;

  void put(std::size_t i, ActionResult result) {
    const std::lock_guard lock(mutex);
    results[i] = std::move(result);
    if (--missing == 0) all_there.notify_one();
  }
};

ActionResult result_of(const ledger::Answer& answer) {
  switch (answer.kind) {
    case ledger::Answer::Kind::accepted: return {answer.replayed ? Kind::already : Kind::accepted, "", ""};
    case ledger::Answer::Kind::refused:
      return {Kind::refused, answer.refusal.name,
              answer.refusal.sentence + (answer.refusal.detail.empty() ? "" : " " + answer.refusal.detail)};
    case ledger::Answer::Kind::conflict: return {Kind::conflict, "", answer.detail};
    case ledger::Answer::Kind::unavailable: return {Kind::failed, "unavailable", answer.detail};
    case ledger::Answer::Kind::unknown: return {Kind::failed, "outcome-unknown", answer.detail};
  }
  return {Kind::failed, "", "an answer of no known kind"};
}

std::expected<ledger::Asked, ActionResult> asked_of(const OutgoingAction& action, const Principal& principal) {
  ledger::Asked asked;
  asked.request.type = rules::find_action(action.action);
  if (asked.request.type == nullptr)
    return std::unexpected(ActionResult{Kind::refused, "unknown-action", action.action});
  Problems problems;
  asked.request.action = asked.request.type->read(action.data, "/data", problems);
  if (!problems.empty())
    return std::unexpected(
        ActionResult{Kind::refused, problems.front().code, problems.front().pointer + " " + problems.front().text});
  asked.principal = principal;
  asked.request.principal = principal.id;
  asked.request.action_id = action.action_id;
  asked.request.occurred_at = action.occurred_at;
  asked.request.actor = {principal.person, principal.roles, principal.organisation, principal.district,
                         principal.undertaker};
  Tree without_id = line_of(action);
  std::erase_if(*without_id.as_object(), [](const TreeMember& member) { return member.name == "action_id"; });
  asked.canonical = json::canonical(without_id);
  return asked;
}

std::string text_at(const Tree& tree, std::string_view name) {
  const Tree* value = tree.find(name);
  return value != nullptr && value->as_string() != nullptr ? *value->as_string() : std::string();
}

/// {"line", "action_id", "status", "answer" or "problem"}; a problem is RFC 9457, a refusal's has a "name".
ActionResult result_of(const Tree& line) {
  const Tree* found = line.find("status");
  const std::int64_t status = found != nullptr && found->as_int() != nullptr ? *found->as_int() : first_server_error;
  if (status < first_refusal) return {status == status_replayed ? Kind::already : Kind::accepted, "", ""};
  const Tree* problem = line.find("problem");
  const Tree& why = problem != nullptr ? *problem : line;
  const std::string type = text_at(why, "type"), refusal = text_at(why, "name");
  const std::string name = refusal.empty() ? type.substr(type.rfind('/') + 1) : refusal;
  const std::string detail = text_at(why, "detail").empty() ? text_at(why, "title") : text_at(why, "detail");
  if (name == conflict_problem) return {Kind::conflict, "", detail};
  return {status >= first_server_error ? Kind::failed : Kind::refused, name, detail};
}

}  // namespace

std::vector<ActionResult> LedgerSink::submit(const std::vector<OutgoingAction>& actions) {
  const auto gathering = std::make_shared<Gathering>();
  gathering->results.resize(actions.size());
  gathering->missing = actions.size();
  for (std::size_t i = 0; i < actions.size(); ++i) {
    auto asked = asked_of(actions[i], principal_);
    if (!asked) {
      gathering->put(i, asked.error());
      continue;
    }
    asked->answer = [gathering, i](const ledger::Answer& answer) { gathering->put(i, result_of(answer)); };
    ledger_.ask(std::move(*asked));
  }
  std::unique_lock lock(gathering->mutex);
  gathering->all_there.wait(lock, [&] { return gathering->missing == 0; });
  return std::move(gathering->results);
}

std::vector<ActionResult> LinesSink::submit(const std::vector<OutgoingAction>& actions) {
  std::vector<std::string> lines;
  for (const auto& action : actions) lines.push_back(json::print(line_of(action)));
  const auto answers = post_(lines);
  std::vector<ActionResult> out;
  for (const auto& answer : answers) out.push_back(result_of(answer));
  out.resize(actions.size(), {Kind::failed, "outcome-unknown", "the service answered fewer lines than it was sent"});
  return out;
}

Tree line_of(const OutgoingAction& action) {
  return Tree::object()
      .set("type", action.action)
      .set("action_id", action.action_id)
      .set("occurred_at", to_text(action.occurred_at))
      .set("data", action.data);
}

}  // namespace aidledger::import
