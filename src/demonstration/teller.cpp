#include "src/demonstration/teller.hpp"

#include <algorithm>

#include "src/json/json.hpp"
#include "src/ledger/timekeeper.hpp"
#include "src/rules/governance.hpp"

namespace aidledger::demonstration {
namespace {

constexpr std::int64_t minute_us = 60'000'000;
constexpr std::size_t deadlines_per_day = 10'000;

}  // namespace

Instant Teller::moment(int minute) const { return {ledger_.settings().zone.start_of(today_).us + minute * minute_us}; }

void Teller::ask(const Person& who, std::string_view action, const Tree& data, int recorded_after) {
  ledger::Asked asked;
  asked.principal = {"demo-" + who.id, who.id, who.roles, ledger_.settings().ledger, {}, {}, who.undertaker, {}};
  asked.request.type = rules::find_action(action);
  Problems problems;
  asked.request.action = asked.request.type->read(data, "", problems);
  if (!problems.empty())
    throw std::logic_error(std::string(action) + problems.front().pointer + ": " + problems.front().text);
  asked.request.principal = asked.principal.id;
  asked.request.action_id = "demo-" + std::to_string(++asked_);
  asked.request.occurred_at = moment(minute_);
  asked.request.actor = {who.id, who.roles, {}, {}, who.undertaker};
  asked.canonical = json::canonical(Tree::object().set("type", action).set("data", data));
  asked.simulated_now = moment(minute_ + recorded_after);
  asked.answer = [this, name = std::string(action)](const ledger::Answer& answer) {
    const std::lock_guard lock(mutex_);
    if (answer.kind != ledger::Answer::Kind::accepted && summary.refused++ == 0)
      summary.first_refusal =
          to_text(today_) + " " + name + ": " + answer.refusal.name + " " + answer.refusal.detail + answer.detail;
    --open_;
    answered_.notify_one();
  };
  ++summary.actions;
  {
    std::unique_lock lock(mutex_);
    answered_.wait(lock, [&] { return open_ < 2'000; });
    ++open_;
  }
  ledger_.ask(std::move(asked));
}

void Teller::wait_for_answers() {
  std::unique_lock lock(mutex_);
  answered_.wait(lock, [&] { return open_ == 0; });
}

/// As the timekeeper would, early on the day.
void Teller::raise_deadlines() {
  minute_ = 1;
  const auto view = ledger_.view();
  for (const auto& clock : rules::overdue(view.rows(), today_, deadlines_per_day)) {
    const Person timekeeper{"clock", {Role::clock}, {}};
    ask(timekeeper, rules::RaiseMissedDeadline::name, Tree::object().set("clock", to_tree(clock.start.clock)), 0);
  }
}

void Teller::tell(Date first, Date last, const std::function<void(int, int)>& progress) {
  for (today_ = first; today_ <= last; today_ = today_ + 1) {
    raise_deadlines();
    while (!story_.empty() && story_.begin()->first.first <= today_) {
      minute_ = std::max(minute_, story_.begin()->first.second);
      const auto tell = std::move(story_.extract(story_.begin()).mapped());
      tell();
    }
    wait_for_answers();
    if (progress) progress(today_ - first + 1, last - first + 1);
  }
}

}  // namespace aidledger::demonstration
