#include "src/rules/governance.hpp"

#include "events/row_codec.hpp"
#include "src/rules/action_codec.hpp"
#include "src/rules/clocks.hpp"
#include "src/rules/policy_checks.hpp"

namespace aidledger {
using rules::LedgerRow, rules::ErasureRow, rules::ErasedPersonRow, rules::HoldRow;
AIDLEDGER_ROW(LedgerRow)
AIDLEDGER_ROW(ErasureRow)
AIDLEDGER_ROW(ErasedPersonRow)
AIDLEDGER_ROW(HoldRow)
}  // namespace aidledger

namespace aidledger::rules {
namespace {

std::shared_ptr<const ClockRow> running(const Context& context, const ClockId& clock) {
  auto row = context.state.get<ClockRow>(clock_key(clock));
  return row && !row->ended && !row->waived ? row : nullptr;
}

std::string calendar_key(const std::string& calendar, std::int32_t year) {
  return row_key({calendar, std::to_string(year)});
}

struct FoldGovernance {
  Layer& state;
  Seq seq;

  void operator()(const LedgerOpened& e) const {
    state.edit<LedgerRow>("") = {e.ledger, e.zone, e.log_place, e.purpose};
    state.edit<WriterKeyRow>(e.writer_key_id) = {e.writer_public_key, std::string(first_node), false, 0};
  }
  void operator()(const WriterKeyEnrolled& e) const { fold_nodes(state, e, seq); }
  void operator()(const WriterKeyRevoked& e) const { fold_nodes(state, e, seq); }
  void operator()(const WriterKeyProposed& e) const { fold_nodes(state, e, seq); }
  void operator()(const FeedClaimed& e) const { fold_nodes(state, e, seq); }
  void operator()(const LedgerMoved& e) const { state.edit<LedgerRow>("").log_place = e.log_place; }
  void operator()(const PoisonPassed&) const {}
  void operator()(const PolicyAdopted& e) const {
    state.edit<PolicyRow>(row_key({e.policy, e.version})) = {
        {e.policy, e.version}, e.effective_from, {}, e.text, e.legal_basis, seq};
  }
  void operator()(const PolicyRepealed& e) const {
    state.edit<PolicyRow>(row_key({e.policy, e.version})).repealed_from = e.from;
  }
  void operator()(const CalendarAdopted& e) const {
    state.edit<CalendarRow>(calendar_key(e.calendar, e.year)) = {e.calendar, e.year, e.text, seq};
  }
  void operator()(const ErasureProposed& e) const {
    state.edit<ErasureRow>(row_key({e.proposal.value})) = {e.person, e.proposed_by, false};
  }
  void operator()(const SubjectDataErased& e) const {
    state.edit<ErasureRow>(row_key({e.proposal.value})).erased = true;
    state.edit<ErasedPersonRow>(row_key({e.person.value})).erased_by = seq;
  }
  void operator()(const ClockHoldOpened& e) const { state.edit<HoldRow>(row_key({e.source.value})).open = true; }
  void operator()(const ClockHoldClosed& e) const { state.edit<HoldRow>(row_key({e.source.value})).open = false; }
  void operator()(const ActionRefused&) const {}
  void operator()(const ComplianceBreachRecorded&) const {}
  void operator()(const ClockAccepted&) const {}
  // Deadlines are folded by fold_clocks, from envelopes and these four alike.
  void operator()(const DeadlineMissed&) const {}
  void operator()(const DeadlineExtended&) const {}
  void operator()(const DeadlineWaived&) const {}
  void operator()(const DeadlineExcused&) const {}
  void operator()(const DeadlinesDated&) const {}
};

void fold_governance(Layer& state, const Event& event, EventRef at) {
  visit_family<Governance>(event, FoldGovernance{state, at.seq});
}

/// Clocks that waited for the adopted year get their date, reckoned with the calendar as it is with that year.
void when_calendar_adopted_then_date_clocks(const Event& event, const Context& context, Happened& then) {
  const auto* adopted = event.as<CalendarAdopted>();
  if (adopted == nullptr) return;
  Books books(context.books.parsers());
  books.refresh(context.state);
  DeadlinesDated dated;
  context.state.each<UndatedRow>(calendar_key(adopted->calendar, adopted->year), [&](auto, const UndatedRow& row) {
    const auto clock = context.state.get<ClockRow>(clock_key(row.clock));
    const DueDate due = books.due(clock->start.from, clock->start.days, clock->start.unit, clock->start.calendar);
    dated.clocks.push_back({row.clock, due.due, due.calendar_missing});
    return dated.clocks.size() < 1'000;  // a record is bounded: the timekeeper asks again for the rest
  });
  if (!dated.clocks.empty()) then.add(std::move(dated));
}

}  // namespace

Decision decide(const AdoptPolicy& action, const Context& context) {
  if (action.text.size() > max_text_length) return no(bad_text, "a policy may be 128 KiB long");
  const auto tree = context.books.parsers().toml(action.text);
  if (!tree) return no(bad_text, tree.error());
  if (auto problem = problem_of_policy(action.policy, *tree)) return no(bad_text, *problem);
  const auto known = context.state.get<PolicyRow>(row_key({action.policy, action.version}));
  if (known)
    return no(version_exists,
              action.policy + "@" + action.version + " is there since record " + std::to_string(known->seq));
  Happened happened(context);
  happened.add(PolicyAdopted{action.policy, action.version, action.effective_from, action.text, action.legal_basis});
  return happened;
}

Decision decide(const AdoptCalendar& action, const Context& context) {
  const auto tree = context.books.parsers().json(action.text);
  if (!tree) return no(bad_text, tree.error());
  if (const auto days = calendar_days(*tree, action.year); !days) return no(bad_text, days.error());
  const auto known = context.state.get<CalendarRow>(calendar_key(action.calendar, action.year));
  if (known && known->text == action.text)
    return no(version_exists, action.calendar + " " + std::to_string(action.year) + " is there since record " +
                                  std::to_string(known->seq));
  Happened happened(context);
  happened.add(CalendarAdopted{action.calendar, action.year, action.text});
  return happened;
}

Decision decide(const ExtendDeadline& action, const Context& context) {
  const auto clock = running(context, action.clock);
  if (!clock || clock->missed) return no(clock_not_running, action.clock.rule + " on " + action.clock.subject.id);
  if (clock->start.due && action.due <= *clock->start.due)
    return no(wrong_state, "the new date must be later than " + to_text(*clock->start.due));
  Happened happened(context);
  happened.add(DeadlineExtended{action.clock, action.due, action.reason});
  return happened;
}

Decision decide(const WaiveDeadline& action, const Context& context) {
  if (!running(context, action.clock))
    return no(clock_not_running, action.clock.rule + " on " + action.clock.subject.id);
  Happened happened(context);
  happened.add(DeadlineWaived{action.clock, action.reason});
  return happened;
}

Decision decide(const RaiseMissedDeadline& action, const Context& context) {
  const auto clock = context.state.get<ClockRow>(clock_key(action.clock));
  if (!clock || clock->missed || clock->waived || (clock->ended && !clock->late()))
    return no(clock_not_running, action.clock.rule + " on " + action.clock.subject.id);
  if (!clock->start.due || !(*clock->start.due < context.today()))
    return no(not_overdue, action.clock.rule + " on " + action.clock.subject.id);
  Happened happened(context);
  happened.add(DeadlineMissed{action.clock, *clock->start.due, clock->ended_on, clock->start.owed_by});
  return happened;
}

Decision decide(const AcceptClock& action, const Context& context) {
  Happened happened(context);
  happened.add(ClockAccepted{action.node, action.finding});
  return happened;
}

Decision decide(const MoveLedger& action, const Context& context) {
  const auto ledger = context.state.get<LedgerRow>("");
  if (ledger && ledger->log_place == action.log_place)
    return no(wrong_state, "the ledger's log is at " + action.log_place + " already");
  if (!action.log_place.starts_with("kafka:")) return no(wrong_state, "a ledger moves to kafka:<cluster id> only");
  Happened happened(context);
  happened.add(LedgerMoved{action.log_place, action.topic});
  return happened;
}

Decision decide(const ProposeErasure& action, const Context& context) {
  if (context.state.get<ErasureRow>(row_key({action.proposal.value}))) return no(already_exists, action.proposal.value);
  Happened happened(context);
  happened.add(ErasureProposed{action.proposal, action.person, context.actor.person, action.ground});
  return happened;
}

Decision decide(const ConfirmErasure& action, const Context& context) {
  const auto proposal = context.state.get<ErasureRow>(row_key({action.proposal.value}));
  if (!proposal) return no(not_found, "proposal " + action.proposal.value);
  if (proposal->erased) return no(wrong_state, "the erasure was confirmed already");
  if (proposal->proposed_by == context.actor.person) return no(same_person);
  Happened happened(context);
  happened.add(SubjectDataErased{action.proposal, proposal->person});
  return happened;
}

FamilyRules governance_rules() {
  return {actions_of<AdoptPolicy, AdoptCalendar, ExtendDeadline, WaiveDeadline, RaiseMissedDeadline, AcceptClock,
                     ProposeErasure, ConfirmErasure, ProposeWriterKey, ConfirmWriterKey, RevokeWriterKey, ClaimFeed,
                     MoveLedger>("governance"),
          fold_governance,
          {when_calendar_adopted_then_date_clocks}};
}

}  // namespace aidledger::rules
