#include "src/rules/engine.hpp"

#include <algorithm>
#include <cassert>

#include "events/governance.hpp"
#include "events/row_codec.hpp"
#include "src/rules/clocks.hpp"
#include "src/rules/governance.hpp"

namespace aidledger {
using rules::AnswerRow;
AIDLEDGER_ROW(AnswerRow)
}  // namespace aidledger

namespace aidledger::rules {
namespace {

void add_policies(Decided& decided, const std::vector<PolicyRef>& used) {
  for (const auto& ref : used)
    if (std::find(decided.policies.begin(), decided.policies.end(), ref) == decided.policies.end())
      decided.policies.push_back(ref);
}

void consequences_of(const Event& event, const Context& context, Happened& then) {
  when_proof_comes_late_then_excuse(event, context, then);
  for (const auto& family : all_families())
    for (const auto consequence : family.consequences) consequence(event, context, then);
}

/// Folds each event in turn; what follows from it is appended and folded in its turn. False where that leads to more
/// events than a record may hold.
bool settle(Decided& decided, Layer& state, const Context& context, Seq seq) {
  for (std::size_t i = 0; i < decided.events.size(); ++i) {
    fold_event(state, decided.events[i], {seq, static_cast<std::uint32_t>(i)});
    Happened then(context);
    consequences_of(Event(decided.events[i]), context, then);
    for (auto& event : then.events) decided.events.push_back(std::move(event));
    add_policies(decided, then.policies);
    if (decided.events.size() > max_events_of_record) return false;
  }
  return true;
}

Decided record_refusal(const Request& request, const Refusal& refusal, const Context& context) {
  ActionRefused refused{std::string(request.type->name),
                        refusal.number,
                        refusal.name,
                        refusal.sentence + (refusal.detail.empty() ? "" : " " + refusal.detail),
                        {}};
  request.type->objects(request.action.get(), refused.about);
  Happened happened(context);
  happened.add(std::move(refused));
  return {std::move(happened.events), {}, refusal};
}

}  // namespace

namespace {

/// Refused decisions of directors and of finance are recorded: by the action, or because one of them asked for it.
bool keeps_refusals(const Request& request) {
  if (request.type->refusals == Refusals::recorded) return true;
  const auto has = [](const std::vector<Role>& roles, Role role) {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
  };
  for (const auto role : {Role::centre_director, Role::finance_maker, Role::finance_checker})
    if (has(request.type->roles, role) && has(request.actor.roles, role)) return true;
  return false;
}

/// Who was erased does not come back under the same id: the vault makes no key for it any more. What else is told of
/// the person's old cases is recorded all the same, its texts sealed under a key that nobody keeps.
std::optional<Refusal> erased_person(const Request& request, const Rows& past) {
  std::optional<Refusal> found;
  request.type->sealed(request.action.get(), [&](Sealed&, const PersonId& whose, IndexKind index, const std::string&) {
    if (!found && index != IndexKind::none && past.get<ErasedPersonRow>(row_key({whose.value})))
      found = refuse(person_erased, whose.value);
  });
  return found;
}

Decision judge(const Request& request, const Context& context) {
  if (request.occurred_at > context.now)
    return no(occurred_in_future,
              "occurred_at is " + to_text(request.occurred_at) + ", now is " + to_text(context.now));
  if (auto erased = erased_person(request, context.state)) return std::unexpected(std::move(*erased));
  return request.type->decide(request.action.get(), context);
}

std::expected<Decided, Refusal> decide_and_settle(const Request& request, Layer& state, const Books& books,
                                                  const Zone& zone, Instant now, Seq seq) {
  const Context context{state, books, zone, now, request.occurred_at, request.actor, request.action_id};
  Decision decision = judge(request, context);
  Decided decided;
  if (!decision) {
    if (!keeps_refusals(request)) return std::unexpected(std::move(decision.error()));
    decided = record_refusal(request, decision.error(), context);
  } else {
    decided.events = std::move(decision->events);
    decided.policies = std::move(decision->policies);
  }
  if (!settle(decided, state, context, seq))
    return no(too_large, "more than " + std::to_string(max_events_of_record) + " events");
  return decided;
}

}  // namespace

std::expected<Decided, Refusal> decide(const Request& request, Layer& state, const Books& books, const Zone& zone,
                                       Instant now, Seq seq) {
  try {
    const Rows& past = state;
    Layer trial(past);
    auto decided = decide_and_settle(request, trial, books, zone, now, seq);
    if (decided) state.absorb(trial);
    return decided;
  } catch (const MoneyOverflow&) {
    return no(amount_out_of_range);
  }
}

std::string answer_key(std::string_view principal, std::string_view action_id) {
  return row_key({principal, action_id});
}

void fold_event(Layer& state, const Event& event, EventRef at) {
  fold_clocks(state, event);
  for (const auto& family : all_families()) family.fold(state, event, at);
}

void fold_record(Layer& state, const Record& record) {
  for (std::size_t i = 0; i < record.body.events.size(); ++i)
    fold_event(state, record.body.events[i], {record.header.seq, static_cast<std::uint32_t>(i)});
  state.put(answer_key(record.body.principal, record.body.action_id),
            AnswerRow{record.header.seq, record.body.request_digest});
}

const ActionType* find_action(std::string_view name) {
  for (const auto& action : all_actions())
    if (action.name == name) return &action;
  return nullptr;
}

const std::vector<ActionType>& all_actions() {
  static const std::vector<ActionType> all = [] {
    std::vector<ActionType> out;
    for (const auto& family : all_families()) out.insert(out.end(), family.actions.begin(), family.actions.end());
    return out;
  }();
  return all;
}

}  // namespace aidledger::rules
