#pragma once
// A ledger without hands, for tests: reads each action as a door would, decides it by the real rules, folds what
// happened and keeps answers.
#include <map>

#include "src/import/importer.hpp"
#include "src/rules/clocks.hpp"
#include "src/rules/engine.hpp"
#include "src/rules/imports.hpp"
#include "src/settings/toml.hpp"

namespace aidledger::import {

class RulesSink : public ActionSink {
 public:
  RulesSink()
      : state_(no_rows()),
        books_({[](std::string_view text) { return settings::parse_toml(text); },
                [](std::string_view) -> std::expected<Tree, std::string> { return Tree::object(); }}) {}

  std::vector<ActionResult> submit(const std::vector<OutgoingAction>& actions) override {
    std::vector<ActionResult> out;
    for (const auto& action : actions) out.push_back(one(action));
    return out;
  }

  ActionResult one(const OutgoingAction& asked) {
    using Kind = ActionResult::Kind;
    if (fail_after_ > 0 && --fail_after_ == 0) return {Kind::failed, "", "the ledger stopped"};
    Tree digest = Tree::object().set("data", asked.data).set("at", to_text(asked.occurred_at));
    if (const auto known = answers_.find(asked.action_id); known != answers_.end())
      return {known->second == digest ? Kind::already : Kind::conflict, "", ""};
    const auto* type = rules::find_action(asked.action);
    if (type == nullptr) return {Kind::refused, "unknown-action", asked.action};
    Problems problems;
    rules::Request request;
    request.type = type;
    request.action = type->read(asked.data, "", problems);
    if (!problems.empty()) return {Kind::refused, "invalid", problems[0].pointer + " " + problems[0].text};
    request.occurred_at = asked.occurred_at;
    Layer trial(static_cast<const Rows&>(state_));
    const auto decided = rules::decide(request, trial, books_, zone_, now, ++seq_);
    if (!decided || decided->recorded_refusal) {
      const auto& refusal = decided ? *decided->recorded_refusal : decided.error();
      return {Kind::refused, refusal.name, refusal.detail};
    }
    for (std::size_t i = 0; i < decided->events.size(); ++i)
      rules::fold_event(state_, decided->events[i], {seq_, static_cast<std::uint32_t>(i)});
    events.insert(events.end(), decided->events.begin(), decided->events.end());
    answers_[asked.action_id] = std::move(digest);
    ++records;
    return {};
  }

  /// The action of that number, counted from now, fails.
  void fail_after(int actions) { fail_after_ = actions; }
  const Layer& state() const { return state_; }

  template <class E>
  std::size_t count() const {
    return static_cast<std::size_t>(
        std::count_if(events.begin(), events.end(), [](const Event& e) { return e.as<E>(); }));
  }

  std::vector<Event> events;
  std::size_t records = 0;
  Instant now = *parse_instant("2024-06-01T00:00:00Z");

 private:
  Layer state_;
  rules::Books books_;
  Zone zone_;
  Seq seq_ = 0;
  int fail_after_ = 0;
  std::map<std::string, Tree> answers_;
};

}  // namespace aidledger::import
