// Rounds: opening, sampling, evaluators, closing.
#include <algorithm>
#include <set>

#include "src/rules/case_state.hpp"
#include "src/rules/evaluation_actions.hpp"

namespace aidledger::rules {
namespace {

using Sample = std::expected<std::vector<SampledCase>, Refusal>;

/// An open round, or why not.
std::expected<std::shared_ptr<const RoundRow>, Refusal> open_round(const Context& context, const RoundId& id) {
  auto row = context.state.get<RoundRow>(round_key(id));
  if (!row) return no(not_found, "round " + id.value);
  if (row->closed) return no(round_closed, id.value);
  return row;
}

std::vector<SampledCase> frame_of(const Context& context, const RoundRow& round) {
  std::vector<SampledCase> frame;
  context.state.each<FrameRow>({}, [&](auto, const FrameRow& row) {
    const Date archived_on = context.zone.local_date(row.archived_at);
    if (archived_on > round.cutoff) return false;
    const auto of_case = context.state.get<EvaluableCaseRow>(row_key({row.case_id.value}));
    frame.push_back({row.case_id, of_case->undertaker, archived_on, {}});
    return true;
  });
  return frame;
}

std::optional<Refusal> no_target(const Context& context, const RoundRow& round, const TargetedCase& target,
                                 const EvaluableCaseRow* row) {
  const auto& id = target.case_id.value;
  if (target.reason.empty()) return refuse(sample_unlike_method, "case " + id + " has no reason");
  if (!case_of(context.state, target.case_id)) return refuse(not_found, "case " + id);
  if (row == nullptr || !row->archived_at) return refuse(case_not_archived, "case " + id);
  const Date archived_on = context.zone.local_date(*row->archived_at);
  if (archived_on > round.cutoff)
    return refuse(after_cutoff, "case " + id + " was archived on " + to_text(archived_on));
  if (row->pending) return refuse(already_sampled, "case " + id + " is in round " + row->pending->value);
  if (context.state.get<RoundCaseRow>(round_case_key(round.round, target.case_id)))
    return refuse(already_sampled, "case " + id + " is in round " + round.round.value);
  return std::nullopt;
}

Sample targets_of(const Context& context, const RoundRow& round, const std::vector<TargetedCase>& targets) {
  std::vector<SampledCase> out;
  std::set<CaseId> seen;
  for (const auto& target : targets) {
    const auto row = context.state.get<EvaluableCaseRow>(row_key({target.case_id.value}));
    if (auto refusal = no_target(context, round, target, row.get())) return std::unexpected(std::move(*refusal));
    if (!seen.insert(target.case_id).second) return no(already_sampled, "case " + target.case_id.value + " twice");
    out.push_back({target.case_id, row->undertaker, context.zone.local_date(*row->archived_at), target.reason});
  }
  return out;
}

Sample candidates(const Context& context, const RoundRow& round, const SampleCases& action) {
  const bool all = round.method == RoundMethod::all;
  if (all != action.cases.empty()) return no(sample_unlike_method, "round " + round.round.value);
  return all ? frame_of(context, round) : targets_of(context, round, action.cases);
}

void count(RoundClosed& closed, Grade grade) {
  ++closed.cases;
  ++(grade == Grade::unqualified ? closed.unqualified
     : grade == Grade::qualified ? closed.qualified
     : grade == Grade::good      ? closed.good
                                 : closed.excellent);
}

}  // namespace

Decision decide(const OpenEvaluationRound& action, const Context& context) {
  if (context.state.get<RoundRow>(round_key(action.round))) return no(already_exists, "round " + action.round.value);
  const Policy* rubric = context.policy("evaluation");
  const Policy* grades = context.policy("grades");
  if (rubric == nullptr || grades == nullptr) return no(no_policy, rubric == nullptr ? "evaluation" : "grades");
  Happened happened(context);
  happened.used(rubric);
  happened.used(grades);
  happened.add(EvaluationRoundOpened{action.round, action.title, action.method, action.cutoff, context.actor.person,
                                     rubric->ref, grades->ref});
  return happened;
}

Decision decide(const SampleCases& action, const Context& context) {
  const auto round = open_round(context, action.round);
  if (!round) return std::unexpected(round.error());
  auto sample = candidates(context, **round, action);
  if (!sample) return std::unexpected(sample.error());
  if (sample->empty()) return no(nothing_to_sample, "up to " + to_text((*round)->cutoff));
  const std::size_t taken = std::min(sample->size(), max_cases_of_one_sample);
  const auto left = static_cast<std::int32_t>(sample->size() - taken);
  if (left != 0 && (*round)->method == RoundMethod::targeted)
    return no(sample_unlike_method, "list up to 1,000 cases at a time");
  sample->resize(taken);
  std::ranges::sort(*sample, {}, &SampledCase::case_id);
  Happened happened(context);
  happened.add(CasesSampled{action.round, std::move(*sample), left});
  return happened;
}

Decision decide(const AppointEvaluator& action, const Context& context) {
  const auto round = open_round(context, action.round);
  if (!round) return std::unexpected(round.error());
  if (context.state.get<RoundEvaluatorRow>(row_key({action.round.value, action.evaluator.value})))
    return no(already_exists, action.evaluator.value + " in round " + action.round.value);
  Happened happened(context);
  happened.add(EvaluatorAppointed{action.round, action.evaluator, action.organisation, action.undertaker});
  return happened;
}

Decision decide(const CloseRound& action, const Context& context) {
  const auto round = open_round(context, action.round);
  if (!round) return std::unexpected(round.error());
  RoundClosed closed{action.round};
  int pending = 0;
  context.state.each<RoundCaseRow>(round_key(action.round), [&](auto, const RoundCaseRow& row) {
    row.final ? count(closed, *row.grade) : static_cast<void>(++pending);
    return true;
  });
  if (pending != 0) return no(cases_pending, std::to_string(pending) + " in round " + action.round.value);
  Happened happened(context);
  happened.add(closed);
  return happened;
}

}  // namespace aidledger::rules
