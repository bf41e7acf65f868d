#include "projections/subsidy.hpp"

#include "events/evaluation.hpp"
#include "events/row_codec.hpp"

namespace aidledger {
using projections::SubsidyRow, projections::PayeeRow;
AIDLEDGER_ROW(SubsidyRow)
AIDLEDGER_ROW(PayeeRow)
}  // namespace aidledger

namespace aidledger::projections {
namespace {

/// What SubsidyCalculated and SubsidyAdjusted have in common.
template <class E>
SubsidyRevision revision_of(const E& e, const Fact& fact) {
  const SubsidyFormula& from = e.formula;
  SubsidyRevision r;
  r.revision = e.revision, r.cause = e.cause, r.undertaker = e.undertaker, r.case_type = e.case_type;
  r.standard = from.standard, r.share = from.share, r.base = from.base;
  r.grade = from.grade;
  if (from.grade_event) r.grade_event = Cited::of(*from.grade_event);
  r.quality_base = from.quality_base, r.rate = from.rate, r.quality_amount = from.quality_amount;
  r.direct_costs = from.direct_costs, r.entitlement = e.entitlement;
  r.salaried = from.salaried, r.terminated = from.terminated, r.policy = from.policy, r.trace = from.trace;
  r.occurred_at = fact.event.occurred_at, r.by = fact.at;
  return r;
}

struct FoldSubsidy {
  Layer& rows;
  const Fact& fact;

  SubsidyRow& row(const CaseId& id) const { return rows.edit<SubsidyRow>(row_key({id.value})); }
  SubsidyStage& stage(const CaseId& id, const std::string& name) const {
    return entry_of(row(id).stages, &SubsidyStage::stage, name);
  }
  void pays(const UndertakerId& payee, const CaseId& id) const {
    rows.put(row_key({payee.value, id.value}), PayeeRow{});
  }

  void operator()(const VouchedCostsRecorded& e) const {
    stage(e.case_id, e.stage).costs.push_back({e.undertaker, e.amount, e.vouchers, fact.event.occurred_at, fact.at});
  }
  void operator()(const SubsidyCalculated& e) const {
    auto revision = revision_of(e, fact);
    revision.delta = e.entitlement;
    stage(e.case_id, e.stage).revisions.push_back(std::move(revision));
    pays(e.undertaker, e.case_id);
  }
  void operator()(const SubsidyAdjusted& e) const {
    auto revision = revision_of(e, fact);
    revision.delta = e.delta;
    stage(e.case_id, e.stage).revisions.push_back(std::move(revision));
    pays(e.undertaker, e.case_id);
  }
};

void fold_grade(Layer& rows, const Fact& fact) {
  const auto set = [&](const auto& e, bool redetermined) {
    rows.edit<SubsidyRow>(row_key({e.case_id.value})).grade.set({e.grade, e.marks, e.round, redetermined}, fact.at);
  };
  if (const auto* e = fact.event.as<GradeFinalised>()) set(*e, false);
  if (const auto* e = fact.event.as<GradeRedetermined>(); e != nullptr && e->was_final) set(*e, true);
}

}  // namespace

void fold_subsidy(Layer& rows, const Fact& fact) {
  const auto family = fact.event.type->tag.family;
  if (family == family_subsidy) visit_family<Subsidy>(fact.event, FoldSubsidy{rows, fact});
  if (family == family_evaluation) fold_grade(rows, fact);
}

}  // namespace aidledger::projections
