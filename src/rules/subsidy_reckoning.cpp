// The reckoning, and the facts that set it off.
#include "events/cases.hpp"
#include "events/file_review.hpp"
#include "src/rules/evaluation.hpp"
#include "src/rules/grades.hpp"
#include "src/rules/subsidy.hpp"
#include "src/rules/subsidy_consequences.hpp"

namespace aidledger::rules {
namespace {

constexpr BasisPoints whole{10'000};

Money standard_of(const Policy& policy, const SubsidyRow& row) {
  const std::string of_type = "standard." + row.case_type + ".";
  return {policy.integer(of_type + row.stage, policy.integer(of_type + "default", 0))};
}

/// The most exact value that the policy has for the stage and the work done.
BasisPoints share_of(const Policy& policy, const SubsidyRow& row) {
  if (!row.terminated) return whole;
  const std::string done = row.work_done + "_bp", of_stage = "terminated." + row.stage + ".";
  const auto otherwise = policy.integer("terminated." + done, policy.integer("terminated.default_bp", 5'000));
  return policy.rate(of_stage + done, static_cast<std::int32_t>(policy.integer(of_stage + "default_bp", otherwise)));
}

BasisPoints rate_of(const Policy& policy, const std::optional<Grade>& grade) {
  return grade ? policy.rate("grades." + std::string(name_of(*grade)) + "_bp", 0) : BasisPoints{0};
}

Money quality_base(const Policy& policy, const SubsidyFormula& formula) {
  if (formula.quality_base == "total") return formula.base + formula.direct_costs;
  if (formula.quality_base == "labour") return scale(formula.base, policy.rate("labour_bp", whole.value));
  return formula.base;
}

/// 4000 -> "40", 1250 -> "12.50".
std::string percent(BasisPoints rate) {
  const std::string text = to_text(Money{rate.value});
  return text.ends_with(".00") ? text.substr(0, text.size() - 3) : text;
}

std::string trace_of(const SubsidyFormula& f, Money quality_of) {
  std::string text = "standard " + to_text(f.standard) + " x " + percent(f.share) + " % = " + to_text(f.base);
  if (f.salaried && f.share.value == 0) text += " (salaried: direct costs only)";
  if (f.terminated) text += " (terminated)";
  text += "; " + (f.grade ? std::string(name_of(*f.grade)) : std::string("not evaluated")) + ": " + f.quality_base +
          " " + to_text(quality_of) + " x " + percent(f.rate) + " % = " + to_text(f.quality_amount);
  return text + "; vouched costs " + to_text(f.direct_costs) + "; entitlement " + to_text(entitlement_of(f));
}

}  // namespace

SubsidyFormula reckon(const Policy& subsidy, const SubsidyRow& row, const CurrentGrade& grade) {
  SubsidyFormula f;
  f.salaried = row.salaried, f.terminated = row.terminated, f.direct_costs = row.direct_costs;
  f.standard = standard_of(subsidy, row);
  const bool direct_only = row.salaried && subsidy.text("salaried", "direct_only") == "direct_only";
  f.share = direct_only ? BasisPoints{0} : share_of(subsidy, row);
  f.base = scale(f.standard, f.share);
  f.grade = grade.grade, f.grade_event = grade.event;
  f.rate = rate_of(subsidy, grade.grade);
  f.quality_base = subsidy.text("quality_base", "standard");
  const Money quality_of = direct_only ? Money{} : quality_base(subsidy, f);
  f.quality_amount = scale(quality_of, f.rate);
  f.policy = subsidy.ref;
  f.trace = trace_of(f, quality_of);
  return f;
}

Money entitlement_of(const SubsidyFormula& formula) {
  return formula.base + formula.quality_amount + formula.direct_costs;
}

namespace {

CurrentGrade current_grade(const Context& context, const CaseId& id) {
  const auto row = context.state.get<EvaluableCaseRow>(row_key({id.value}));
  return row && row->round ? CurrentGrade{row->grade, row->grade_event} : CurrentGrade{};
}

bool says_the_same(const SubsidyFormula& a, const SubsidyFormula& b) {
  return a.grade == b.grade && a.rate == b.rate && a.base == b.base && a.quality_amount == b.quality_amount &&
         a.direct_costs == b.direct_costs;
}

template <class E>
E entitlement_event(const CaseId& id, const SubsidyRow& row, SubsidyCause cause, SubsidyFormula formula) {
  E event{};
  event.case_id = id, event.undertaker = row.undertaker, event.case_type = row.case_type, event.stage = row.stage;
  event.revision = row.revision + 1, event.cause = cause;
  event.entitlement = entitlement_of(formula), event.formula = std::move(formula);
  return event;
}

/// Reckons anew with the policy of the day on which the subsidy was earned; says so where anything has changed.
void calculate(const CaseId& id, SubsidyCause cause, const Context& context, Happened& then) {
  const auto row = context.state.get<SubsidyRow>(row_key({id.value}));
  if (!row || !row->earned_at) return;
  const Policy* policy = context.books.policy_on("subsidy", context.zone.local_date(*row->earned_at));
  if (policy == nullptr) return;
  SubsidyFormula formula = reckon(*policy, *row, current_grade(context, id));
  if (row->revision != 0 && says_the_same(formula, row->formula)) return;
  then.used(policy);
  if (row->revision == 0) {
    then.add(entitlement_event<SubsidyCalculated>(id, *row, cause, std::move(formula)));
    return;
  }
  auto adjusted = entitlement_event<SubsidyAdjusted>(id, *row, cause, std::move(formula));
  adjusted.previous = row->entitlement, adjusted.delta = adjusted.entitlement - row->entitlement;
  then.add(std::move(adjusted));
}

/// An evaluation long after the end comes too late for the money.
bool too_late(const Context& context, const CaseId& id) {
  const auto row = context.state.get<SubsidyRow>(row_key({id.value}));
  if (!row || !row->earned_at) return false;
  const Date earned_on = context.zone.local_date(*row->earned_at);
  const Policy* policy = context.books.policy_on("subsidy", earned_on);
  return policy != nullptr &&
         add_months(earned_on, static_cast<int>(policy->integer("late_evaluation_months", 24))) < context.day();
}

}  // namespace

void when_file_archived_then_calculate_subsidy(const Event& event, const Context& context, Happened& then) {
  if (const auto* e = event.as<FileArchived>()) calculate(e->case_id, SubsidyCause::file_archived, context, then);
}

void when_aid_terminated_then_calculate_subsidy(const Event& event, const Context& context, Happened& then) {
  if (const auto* e = event.as<AidTerminated>()) calculate(e->case_id, SubsidyCause::aid_terminated, context, then);
}

void when_grade_final_then_calculate_subsidy(const Event& event, const Context& context, Happened& then) {
  if (const auto* e = event.as<GradeFinalised>(); e != nullptr && !too_late(context, e->case_id))
    calculate(e->case_id, SubsidyCause::grade_finalised, context, then);
}

void when_grade_redetermined_then_adjust_subsidy(const Event& event, const Context& context, Happened& then) {
  if (const auto* e = event.as<GradeRedetermined>(); e != nullptr && e->was_final)
    calculate(e->case_id, SubsidyCause::grade_redetermined, context, then);
}

void when_costs_vouched_then_adjust_subsidy(const Event& event, const Context& context, Happened& then) {
  if (const auto* e = event.as<VouchedCostsRecorded>())
    calculate(e->case_id, SubsidyCause::costs_vouched, context, then);
}

}  // namespace aidledger::rules
