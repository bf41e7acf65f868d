// From final grades to the step of the ladder, and what a step brings with it.
#include "src/rules/ladder_step.hpp"

#include <algorithm>
#include <map>

#include "src/rules/grades.hpp"

namespace aidledger::rules {
namespace {

// Number 7 of the sabotages that the simulation compiles in (src/world/sabotage.hpp; rules include nothing of world).
#if defined(AIDLEDGER_SABOTAGE) && AIDLEDGER_SABOTAGE == 7
#define AIDLEDGER_SABOTAGE_LADDER_COUNTS_OBJECTED
#endif

/// The one place that says which grades count.
bool counts(const UndertakerGradeRow& row) {
#ifdef AIDLEDGER_SABOTAGE_LADDER_COUNTS_OBJECTED
  const bool settled = row.final || row.objected;
#else
  const bool settled = row.final;
#endif
  return settled && row.grade == Grade::unqualified;
}

/// A case counts once, from the first day on which a grade of it counted.
void keep_earliest(std::map<CaseId, CountedGrade>& by_case, CountedGrade grade) {
  const auto [known, inserted] = by_case.try_emplace(grade.case_id, grade);
  if (!inserted && grade.final_on < known->second.final_on) known->second = std::move(grade);
}

std::int32_t step_of(std::int64_t count, const Policy& ladder) {
  if (count >= grades_needed(ladder, Sanction::disqualification)) return 3;
  if (count >= grades_needed(ladder, Sanction::warning)) return 2;
  return count >= ladder.integer("steps.comments", 1) ? 1 : 0;
}

bool same_grades(const std::vector<CountedGrade>& a, const std::vector<CountedGrade>& b) {
  return std::ranges::equal(a, b, {}, &CountedGrade::grade, &CountedGrade::grade);
}

std::vector<std::int32_t> absorbed_steps(const LadderRow& row, std::int32_t step) {
  std::vector<std::int32_t> absorbed;
  const bool commented = row.comments == Comments::submitted || row.comments == Comments::accepted;
  for (std::int32_t lower = 1; lower < step; ++lower)
    if (row.decided_step < lower && !(lower == 1 && commented)) absorbed.push_back(lower);
  return absorbed;
}

/// Reckons the step anew and says so where it, or the grades behind it, have changed.
void check_ladder(const UndertakerId& undertaker, const Context& context, Happened& then) {
  const Policy* ladder = context.policy("ladder");
  if (ladder == nullptr) return;
  const LadderRow row = ladder_of(context.state, undertaker);
  Rung rung = rung_of(context, undertaker, *ladder);
  if (rung.step == row.step && same_grades(rung.counted, row.counted)) return;
  LadderStepReached reached{undertaker, rung.step, row.step};
  reached.absorbed = absorbed_steps(row, rung.step);
  reached.window_months = static_cast<std::int32_t>(ladder->integer("window_months", 0));
  reached.assignment_hold =
      awaits_decision(row, rung, *ladder) && std::ssize(rung.counted) >= ladder->integer("steps.assignment_hold", 3);
  reached.counted = std::move(rung.counted);
  reached.policy = ladder->ref;
  then.used(ladder);
  auto draft = then.add(std::move(reached));
  if (rung.step == 0) draft.ends("written-comments", ref(undertaker), context.day(), ClockEnding::withdrawn);
  if (rung.step < row.hearing_step)
    draft.ends("hearing-statement", ref(undertaker), context.day(), ClockEnding::withdrawn);
}

}  // namespace

std::int64_t grades_needed(const Policy& ladder, Sanction sanction) {
  switch (sanction) {
    case Sanction::none: return 0;
    case Sanction::warning: return ladder.integer("steps.warning", 2);
    case Sanction::disqualification: return ladder.integer("steps.disqualification", 3);
  }
  return 0;
}

Rung rung_of(const Context& context, const UndertakerId& undertaker, const Policy& ladder) {
  const auto window = static_cast<int>(ladder.integer("window_months", 0));
  const Date since = add_months(context.day(), -window);
  std::map<CaseId, CountedGrade> by_case;
  context.state.each<UndertakerGradeRow>(row_key({undertaker.value}), [&](auto, const UndertakerGradeRow& row) {
    const Date final_on = context.zone.local_date(row.final_at);
    if (counts(row) && (window == 0 || since < final_on))
      keep_earliest(by_case, {row.case_id, row.round, row.grade_event, final_on});
    return true;
  });
  Rung rung;
  for (auto& [id, grade] : by_case) rung.counted.push_back(std::move(grade));
  std::ranges::sort(rung.counted, {},
                    [](const CountedGrade& grade) { return std::pair(grade.final_on, grade.case_id); });
  rung.step = step_of(std::ssize(rung.counted), ladder);
  return rung;
}

bool awaits_decision(const LadderRow& row, const Rung& rung, const Policy& ladder) {
  if (std::ssize(rung.counted) < grades_needed(ladder, Sanction::warning)) return false;
  const auto undecided = [&](const CountedGrade& grade) {
    return std::ranges::find(row.decided_cases, grade.case_id) == row.decided_cases.end();
  };
  return row.decided_step < rung.step || std::ranges::any_of(rung.counted, undecided);
}

void when_grade_final_then_check_ladder(const Event& event, const Context& context, Happened& then) {
  if (const auto* e = event.as<GradeFinalised>()) check_ladder(e->undertaker, context, then);
}

void when_grade_redetermined_then_step_ladder_back(const Event& event, const Context& context, Happened& then) {
  if (const auto* e = event.as<GradeRedetermined>()) check_ladder(e->undertaker, context, then);
}

void when_grade_objected_then_leave_ladder(const Event& event, const Context& context, Happened& then) {
  if (const auto* e = event.as<GradeObjectionLodged>()) check_ladder(e->undertaker, context, then);
}

void when_first_step_reached_then_require_comments(const Event& event, const Context& context, Happened& then) {
  const auto* reached = event.as<LadderStepReached>();
  if (reached == nullptr || reached->previous != 0 || reached->step == 0) return;
  const Policy* ladder = context.policy("ladder");
  if (ladder == nullptr) return;
  WrittenCommentsRequired required{reached->undertaker, ladder->text("step1.author", "undertaker")};
  for (const auto& grade : reached->counted) required.cases.push_back(grade.case_id);
  required.policy = ladder->ref;
  const std::string owed_by =
      required.author == "undertaker" ? reached->undertaker.value : std::string(name_of(Role::centre_director));
  then.used(ladder);
  then.add(std::move(required)).starts("written-comments", ref(reached->undertaker), context.day(), owed_by);
}

namespace {

std::int64_t still_unqualified(const Context& context, const UndertakerId& undertaker,
                               const std::vector<CountedGrade>& grades) {
  return std::ranges::count_if(grades, [&](const CountedGrade& grade) {
    const auto row =
        context.state.get<UndertakerGradeRow>(row_key({undertaker.value, grade.case_id.value, grade.round.value}));
    return row && counts(*row);
  });
}

}  // namespace

void when_ladder_steps_back_then_reverse_sanctions(const Event& event, const Context& context, Happened& then) {
  const auto* reached = event.as<LadderStepReached>();
  const Policy* ladder = context.policy("ladder");
  if (reached == nullptr || ladder == nullptr || reached->step >= reached->previous) return;
  context.state.each<SanctionRow>(row_key({reached->undertaker.value}), [&](auto, const SanctionRow& row) {
    const auto needed = grades_needed(*ladder, row.sanction);
    if (row.in_force && std::ssize(reached->counted) < needed &&
        still_unqualified(context, reached->undertaker, row.counted) < needed)
      then.add(SanctionReversed{row.proposal, reached->undertaker, row.sanction, ReversalGround::grade_redetermined,
                                row.decided});
    return true;
  });
}

void when_appeal_succeeds_then_reverse_sanction(const Event& event, const Context& context, Happened& then) {
  const auto* decided = event.as<SanctionAppealDecided>();
  if (decided == nullptr || decided->outcome != AppealOutcome::reversed) return;
  const auto row = context.state.get<SanctionRow>(row_key({decided->undertaker.value, decided->proposal.value}));
  if (row && row->in_force)
    then.add(SanctionReversed{row->proposal, decided->undertaker, row->sanction, ReversalGround::appeal, row->decided});
}

}  // namespace aidledger::rules
