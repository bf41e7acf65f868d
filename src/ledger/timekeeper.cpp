#include "src/ledger/timekeeper.hpp"

#include "src/rules/governance.hpp"
#include "src/world/digest.hpp"

namespace aidledger::ledger {
namespace {

/// What is overdue under no hold, then under holds that have been closed.
std::vector<rules::ClockRow> all_overdue(const Rows& state, Date today) {
  auto out = rules::overdue(state, today, deadlines_per_round);
  state.each<rules::HoldRow>({}, [&](std::string_view key, const rules::HoldRow& hold) {
    if (!hold.open) {
      const auto held =
          rules::overdue_under(state, std::string(key_parts(key).front()), today, deadlines_per_round - out.size());
      out.insert(out.end(), held.begin(), held.end());
    }
    return out.size() < deadlines_per_round;
  });
  return out;
}

}  // namespace

std::string deadline_action_id(const rules::ClockRow& clock) {
  const auto hash = world::sha256(rules::clock_key(clock.start.clock), to_text(*clock.start.due));
  return "deadline-" + to_hex(view_of(hash)).substr(0, 40);
}

bool Timekeeper::look() {
  if (open_ > 0 || follower_.halt() != Halt::none || !writer_.clock_guard().trusted()) return false;
  const Instant now = clock_.now();
  const auto due = all_overdue(follower_.rows(), zone_.local_date(now));
  for (const auto& clock : due) raise(clock, now);
  return !due.empty();
}

void Timekeeper::raise(const rules::ClockRow& clock, Instant now) {
  Asked asked;
  asked.principal.id = asked.principal.person = "clock";
  asked.principal.roles = {Role::clock};
  asked.request.type = rules::find_action(rules::RaiseMissedDeadline::name);
  asked.request.action = std::make_shared<rules::RaiseMissedDeadline>(rules::RaiseMissedDeadline{clock.start.clock});
  asked.request.principal = "clock";
  asked.request.action_id = deadline_action_id(clock);
  asked.request.occurred_at = now;
  asked.request.actor.person = "clock";
  asked.request.actor.roles = {Role::clock};
  asked.canonical = rules::clock_key(clock.start.clock);
  ++open_;
  asked.answer = [this](const Answer&) { --open_; };
  writer_.ask(std::move(asked));
}

}  // namespace aidledger::ledger
