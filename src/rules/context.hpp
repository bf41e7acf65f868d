#pragma once
// What a decision may look at, and how it says what happened.
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "events/event.hpp"
#include "events/record.hpp"
#include "events/rows.hpp"
#include "src/rules/policy.hpp"
#include "src/rules/refusal.hpp"

namespace aidledger::rules {

/// The past, folded for the rules: get and scan.
using State = Rows;

struct Context {
  const State& state;
  const Books& books;
  const Zone& zone;     ///< the ledger's
  Instant now;          ///< the recording time
  Instant occurred_at;  ///< when the action happened in the world, as its asker says
  const Actor& actor;
  std::string action_id;

  /// The local date on which it happened: policies are judged by it.
  Date day() const { return zone.local_date(occurred_at); }
  Date today() const { return zone.local_date(now); }
  bool has_role(Role role) const;
  const Policy* policy(std::string_view name) const { return books.policy_on(name, day()); }
};

class Happened;

/// One event under construction: clocks it starts and ends.
class EventDraft {
 public:
  EventDraft(Happened& happened, std::size_t index) : happened_(happened), index_(index) {}
  /// Starts the clock of a rule of the deadlines policy: [rule] days, unit, calendar. Where `key` is empty, repeated
  /// clocks are numbered 1, 2 ... A rule that the policy does not name starts nothing; on an imported case none does.
  EventDraft& starts(const std::string& rule, const ObjectRef& subject, Date from, std::string owed_by,
                     std::string key = {});
  /// Starts a clock with a given due date or length (imports).
  EventDraft& starts(ClockStart start);
  /// Ends the latest clock of that rule on that subject that has not ended (of that key, if given). Nothing happens
  /// where there is none.
  EventDraft& ends(const std::string& rule, const ObjectRef& subject, Date on, ClockEnding ending = ClockEnding::met,
                   const std::string& key = {});
  /// Withdraws every clock still running on the subject.
  EventDraft& withdraws_all(const ObjectRef& subject, Date on);
  Event& event();

 private:
  Happened& happened_;
  std::size_t index_;
};

/// What an action led to, in order.
class Happened {
 public:
  explicit Happened(const Context& context) : context_(&context) {}

  /// Adds an event that happened when the action did.
  template <class E>
  EventDraft add(E payload) {
    return add(make_event(std::move(payload), context_->occurred_at));
  }
  EventDraft add(Event event);
  /// Names a policy version that the decision used: it goes into the record.
  void used(const PolicyRef& ref);
  void used(const Policy* policy);

  std::vector<Event> events;
  std::vector<PolicyRef> policies;
  const Context& context() const { return *context_; }

 private:
  const Context* context_;
};

using Decision = std::expected<Happened, Refusal>;
inline std::unexpected<Refusal> no(const RefusalKind& kind, std::string detail = {}, std::string rule = {}) {
  return std::unexpected(refuse(kind, std::move(detail), std::move(rule)));
}

template <class Tag>
ObjectRef ref(const Id<Tag>& id) {
  return {std::string(Tag::kind), id.value};
}

}  // namespace aidledger::rules
