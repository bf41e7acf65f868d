#include "tests/simulation/desk.hpp"

#include "events/governance.hpp"
#include "src/json/json.hpp"
#include "src/log/kafka_window.hpp"
#include "src/rules/governance.hpp"

namespace aidledger::simulation {
namespace {

constexpr std::int64_t hour_us = 3'600'000'000;

bool is_operator(const Principal& principal) {
  return std::find(principal.roles.begin(), principal.roles.end(), Role::operator_) != principal.roles.end();
}

}  // namespace

void Desk::ask(Node& node, Wish wish) {
  history_.push_back({std::move(wish), {}});
  ask_again(node, history_.size() - 1);
}

void Desk::ask_altered(Node& node, std::size_t index) {
  Wish wish = history_[index].wish, other = clients.next();
  wish.action = other.action;
  wish.data = other.data;
  wish.story = -1;
  ask(node, std::move(wish));
}

void Desk::go_on(Node& node, int story, Wish step) {
  const auto known = std::find_if(history_.begin(), history_.end(), [&](const Said& said) {
    return said.wish.story == story && said.wish.action_id == step.action_id;
  });
  if (known == history_.end()) return ask(node, std::move(step));
  ask_again(node, static_cast<std::size_t>(known - history_.begin()));
}

void Desk::ask_again(Node& node, std::size_t index) {
  const Wish& wish = history_[index].wish;
  ledger::Asked asked;
  asked.principal = wish.principal;
  asked.request.type = rules::find_action(wish.action);
  Problems problems;
  asked.request.action = asked.request.type->read(wish.data, "", problems);
  if (!problems.empty())
    return trace_.violated("generator", wish.action + problems.front().pointer + ": " + problems.front().text);
  asked.request.principal = wish.principal.id;
  asked.request.action_id = wish.action_id;
  asked.request.occurred_at = {node.clock().now().us - hour_us};
  asked.request.actor.person = wish.principal.person;
  asked.request.actor.roles = wish.principal.roles;
  asked.request.actor.undertaker = wish.principal.undertaker;
  asked.canonical = json::canonical(Tree::object().set("type", wish.action).set("data", wish.data));
  const Asking asking{node.finding(), trace_.now_us() - log::end_known_for_us > history_[index].told_at_us};
  asked.answer = [this, index, at = &node, asking](const ledger::Answer& answer) {
    answered(index, *at, asking, answer);
  };
  ++asked_;
  trace_("ask " + wish.principal.id + " " + wish.action_id + " " + wish.action);
  if (wish.action != rules::AcceptClock::name) return node.ledger().ask(std::move(asked));
  if (is_operator(wish.principal)) node.clock_is_accepted();
  node.ledger().accept_clock(std::move(asked));
}

void Desk::answered(std::size_t index, Node& node, const Asking& asking, const ledger::Answer& answer) {
  auto& said = history_[index];
  trace_("answer " + said.wish.principal.id + " " + said.wish.action_id + " kind " +
         std::to_string(static_cast<int>(answer.kind)) + " " + std::to_string(answer.receipt.seq) + " " +
         answer.refusal.name + answer.detail);
  said.answers.push_back(answer);
  if (said.wish.action == rules::AcceptClock::name && is_operator(said.wish.principal)) node.clock_was_accepted();
  if (said.wish.story >= 0) clients.casework.answered(said.wish.story, answer);
  if (answer.recorded && node.up() && node.ledger().view().next_seq() <= answer.receipt.seq)
    trace_.violated("I7", "record " + std::to_string(answer.receipt.seq) + " was answered and cannot be read");
  if (asking.finding != 0 && node.finding() == asking.finding && answer.recorded && !answer.replayed)
    trace_.violated("F15", "record " + std::to_string(answer.receipt.seq) + " is dated by a clock that is suspect");
  if (!by_the_chain_) return;
  using Kind = ledger::Answer::Kind;
  if (asking.must_know && !answer.recorded && (answer.kind == Kind::refused || answer.kind == Kind::conflict))
    trace_.violated("I6", "told that it is recorded, then no: " + said.wish.action_id);
  if (answer.recorded) said.told_at_us = std::min(said.told_at_us, trace_.now_us());
  justify(said.wish, answer);
}

/// A no rests on what has been accepted, not on what is in doubt.
void Desk::justify(const Wish& wish, const ledger::Answer& answer) {
  if (answer.kind == ledger::Answer::Kind::conflict && !recorded(wish))
    trace_.violated("I1", "a conflict with an action that is not in the ledger: " + wish.action_id);
  if (answer.kind == ledger::Answer::Kind::refused && answer.refusal.name == "version-exists" &&
      wish.action == "adopt-policy" && !adopted(wish.data))
    trace_.violated("I1", "refused for a version that is not in the ledger");
}

bool Desk::recorded(const Wish& wish) const {
  return std::any_of(chain_.records.begin(), chain_.records.end(), [&](const Bytes& bytes) {
    const Record record = decode_record(bytes);
    return record.body.principal == wish.principal.id && record.body.action_id == wish.action_id;
  });
}

bool Desk::adopted(const Tree& data) const {
  return std::any_of(chain_.records.begin(), chain_.records.end(), [&](const Bytes& bytes) {
    for (const auto& event : decode_record(bytes).body.events)
      if (const auto* e = event.as<PolicyAdopted>(); e != nullptr && e->policy == *data.find("policy")->as_string() &&
                                                     e->version == *data.find("version")->as_string())
        return true;
    return false;
  });
}

void Desk::forgive(Seq seq) {
  for (auto& said : history_)
    if (std::erase_if(said.answers,
                      [&](const ledger::Answer& answer) { return answer.recorded && answer.receipt.seq >= seq; }) > 0)
      said.told_at_us = INT64_MAX;
}

}  // namespace aidledger::simulation
