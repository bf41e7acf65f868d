#include "src/rules/progress_calls.hpp"

#include "events/governance.hpp"
#include "events/row_codec.hpp"
#include "src/rules/action_codec.hpp"
#include "src/rules/standing.hpp"

namespace aidledger {
using rules::ProblemRow;
AIDLEDGER_ROW(ProblemRow)
}  // namespace aidledger

namespace aidledger::rules {
namespace {

constexpr auto call_rule = "progress-call";
constexpr auto first_call_rule = "first-progress-call";
constexpr auto correction_rule = "correction";
constexpr auto supervisor_role = "supervisor";

std::string problem_key(const CaseId& id, const ProblemId& problem) { return row_key({id.value, problem.value}); }

struct FoldProgressCalls {
  Layer& state;
  void operator()(const ProgressCallMade& e) const { state.edit<CaseRow>(case_key(e.case_id)).calls = e.call; }
  void operator()(const ProgressCallUnreached&) const {}
  void operator()(const ProblemRaised& e) const { edit(e.case_id, e.problem).undertaker = e.undertaker; }
  void operator()(const CorrectionOrdered& e) const {
    auto& row = edit(e.case_id, e.problem);
    row.state = ProblemState::ordered;
    row.undertaker = e.undertaker;
  }
  void operator()(const CorrectionReported& e) const {
    auto& row = edit(e.case_id, e.problem);
    row.state = ProblemState::reported;
    row.reported_by = e.reported_by;
  }
  void operator()(const CorrectionVerified& e) const {
    edit(e.case_id, e.problem).state = e.put_right ? ProblemState::put_right : ProblemState::ordered;
  }

 private:
  ProblemRow& edit(const CaseId& id, const ProblemId& problem) const {
    return state.edit<ProblemRow>(problem_key(id, problem));
  }
};

void fold_progress_calls(Layer& state, const Event& event, EventRef) {
  visit_family<ProgressCalls>(event, FoldProgressCalls{state});
}

std::expected<std::shared_ptr<const ProblemRow>, Refusal> want_problem(const Context& context, const CaseId& id,
                                                                       const ProblemId& problem, ProblemState state) {
  auto row = context.state.get<ProblemRow>(problem_key(id, problem));
  if (!row) return no(not_found, "problem " + problem.value);
  if (row->state != state)
    return no(wrong_state, "problem " + problem.value + " is " + std::string(name_of(row->state)));
  return row;
}

/// The person who was to put it right, or who said that it was.
bool is_corrected(const Context& context, const ProblemRow& problem) {
  const auto standing = standing_of(context.state, problem.undertaker);
  return context.actor.undertaker == problem.undertaker.value || context.actor.person == problem.reported_by ||
         (standing && !standing->person.empty() && standing->person.value == context.actor.person);
}

/// A call that is recorded after the case was closed belongs to it if it was made before.
std::expected<std::shared_ptr<const CaseRow>, Refusal> want_called(const Context& context, const CaseRow& row,
                                                                   const CaseId& id) {
  if (is_lead(context, row)) return no(by_the_undertaker);
  if (!row.is_open() && row.closed_at && *row.closed_at < context.occurred_at) return no(case_closed, id.value);
  return nullptr;
}

void when_money_was_asked_for_then_breach(const Event& event, const Context&, Happened& then) {
  const auto* call = event.as<ProgressCallMade>();
  if (call == nullptr || call->answers.asked_for_money != CallAnswer::yes) return;
  then.add(ComplianceBreachRecorded{"asked-for-money",
                                    "the recipient says so in progress call " + std::to_string(call->call),
                                    call->case_id, call->undertaker});
}

}  // namespace

Decision decide(const RecordProgressCall& action, const Context& context) {
  const auto row =
      want_case<RecordProgressCall>(context, action.case_id, {.open = false, .recipient = &action.recipient});
  if (!row) return std::unexpected(row.error());
  if (const auto may = want_called(context, **row, action.case_id); !may) return std::unexpected(may.error());
  if (action.answers.attitude > best_attitude) return no(attitude_out_of_range);
  const auto subject = ref(action.case_id);
  Happened happened(context);
  auto draft = happened.add(ProgressCallMade{action.case_id, action.recipient, *(*row)->lead, (*row)->calls + 1,
                                             action.channel, context.actor.person, action.answers, action.remarks});
  draft.ends(first_call_rule, subject, context.day()).ends(call_rule, subject, context.day());
  if ((*row)->is_open()) draft.starts(call_rule, subject, context.day(), supervisor_role);
  return happened;
}

Decision decide(const RecordUnreachedCall& action, const Context& context) {
  const auto row = want_case<RecordUnreachedCall>(context, action.case_id, {.open = false});
  if (!row) return std::unexpected(row.error());
  if (const auto may = want_called(context, **row, action.case_id); !may) return std::unexpected(may.error());
  Happened happened(context);
  happened.add(ProgressCallUnreached{action.case_id, *(*row)->lead, action.channel, context.actor.person});
  return happened;
}

Decision decide(const RaiseProblem& action, const Context& context) {
  const auto row = want_case<RaiseProblem>(context, action.case_id, {.open = false, .recipient = &action.recipient});
  if (!row) return std::unexpected(row.error());
  if (is_lead(context, **row)) return no(by_the_undertaker);
  if (context.state.get<ProblemRow>(problem_key(action.case_id, action.problem)))
    return no(already_exists, "problem " + action.problem.value);
  Happened happened(context);
  happened.add(ProblemRaised{action.case_id, *(*row)->lead, action.problem, action.kind, context.actor.person,
                             action.description});
  return happened;
}

Decision decide(const OrderCorrection& action, const Context& context) {
  const auto row = want_case<OrderCorrection>(context, action.case_id, {.open = false, .recipient = &action.recipient});
  if (!row) return std::unexpected(row.error());
  if (is_lead(context, **row)) return no(by_the_undertaker);
  const auto problem = want_problem(context, action.case_id, action.problem, ProblemState::raised);
  if (!problem) return std::unexpected(problem.error());
  Happened happened(context);
  happened.add(CorrectionOrdered{action.case_id, *(*row)->lead, action.problem, context.actor.person, action.measures})
      .starts(correction_rule, ref(action.case_id), context.day(), (*row)->lead->value, action.problem.value);
  return happened;
}

Decision decide(const ReportCorrection& action, const Context& context) {
  const auto row =
      want_case<ReportCorrection>(context, action.case_id, {.open = false, .recipient = &action.recipient});
  if (!row) return std::unexpected(row.error());
  const auto problem = want_problem(context, action.case_id, action.problem, ProblemState::ordered);
  if (!problem) return std::unexpected(problem.error());
  Happened happened(context);
  happened.add(CorrectionReported{action.case_id, *(*row)->lead, action.problem, context.actor.person, action.report})
      .ends(correction_rule, ref(action.case_id), context.day(), ClockEnding::met, action.problem.value);
  return happened;
}

Decision decide(const VerifyCorrection& action, const Context& context) {
  const auto row = want_case<VerifyCorrection>(context, action.case_id, {.open = false});
  if (!row) return std::unexpected(row.error());
  const auto problem = want_problem(context, action.case_id, action.problem, ProblemState::reported);
  if (!problem) return std::unexpected(problem.error());
  if (is_lead(context, **row) || is_corrected(context, **problem)) return no(verified_by_corrected);
  Happened happened(context);
  auto draft = happened.add(CorrectionVerified{action.case_id, (*problem)->undertaker, action.problem, action.put_right,
                                               context.actor.person});
  if (!action.put_right)
    draft.starts(correction_rule, ref(action.case_id), context.day(), (*row)->lead->value, action.problem.value);
  return happened;
}

FamilyRules progress_call_rules() {
  return {actions_of<RecordProgressCall, RecordUnreachedCall, RaiseProblem, OrderCorrection, ReportCorrection,
                     VerifyCorrection>("progress_calls"),
          fold_progress_calls,
          {when_money_was_asked_for_then_breach}};
}

}  // namespace aidledger::rules
