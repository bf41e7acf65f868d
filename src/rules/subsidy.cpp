#include "src/rules/subsidy.hpp"

#include <set>

#include "events/cases.hpp"
#include "events/file_review.hpp"
#include "events/row_codec.hpp"
#include "src/rules/action_codec.hpp"
#include "src/rules/subsidy_consequences.hpp"

namespace aidledger {
using rules::SubsidyRow, rules::VoucherRow;
AIDLEDGER_ROW(SubsidyRow)
AIDLEDGER_ROW(VoucherRow)
}  // namespace aidledger

namespace aidledger::rules {
namespace {

struct FoldSubsidy {
  Layer& state;

  SubsidyRow& of_case(const auto& e) const { return state.edit<SubsidyRow>(row_key({e.case_id.value})); }
  void operator()(const VouchedCostsRecorded& e) const {
    auto& row = of_case(e);
    row.direct_costs = row.direct_costs + e.amount;
    for (const auto& voucher : e.vouchers)
      state.edit<VoucherRow>(row_key({e.case_id.value, voucher.document})).amount = voucher.amount;
  }
  void operator()(const SubsidyCalculated& e) const { entitle(e); }
  void operator()(const SubsidyAdjusted& e) const { entitle(e); }

  void entitle(const auto& e) const {
    auto& row = of_case(e);
    row.revision = e.revision, row.formula = e.formula, row.entitlement = e.entitlement;
  }
};

/// What the subsidy keeps of casework: who earns it, as what, from which day.
struct FoldCasework {
  Layer& state;

  SubsidyRow& of_case(const auto& e) const {
    auto& row = state.edit<SubsidyRow>(row_key({e.case_id.value}));
    row.case_type = name_of(e.case_type), row.stage = name_of(e.stage);
    return row;
  }
  void operator()(const UndertakerAssigned& e, Instant) const {
    auto& row = of_case(e);
    row.undertaker = e.undertaker, row.salaried = e.salaried;
  }
  void operator()(const AidTerminated& e, Instant at) const {
    if (!e.undertaker) return;
    auto& row = of_case(e);
    row.undertaker = *e.undertaker, row.terminated = true, row.work_done = name_of(e.work_done), row.earned_at = at;
  }
  void operator()(const FileArchived& e, Instant at) const {
    auto& row = of_case(e);
    row.undertaker = e.undertaker, row.salaried = e.salaried, row.terminated = e.terminated;
    if (!row.earned_at) row.earned_at = at;
  }
  template <class... E>
  void fold(const Event& event) const {
    const auto one = [&]<class Fact>(const Fact* fact) {
      if (fact != nullptr) (*this)(*fact, event.occurred_at);
    };
    (one(event.as<E>()), ...);
  }
};

void fold_subsidy(Layer& state, const Event& event, EventRef) {
  if (!visit_family<Subsidy>(event, FoldSubsidy{state}))
    FoldCasework{state}.fold<UndertakerAssigned, AidTerminated, FileArchived>(event);
}

bool only_undertaker(const Context& context) {
  return !context.has_role(Role::intake) && !context.has_role(Role::finance_maker);
}

std::optional<Refusal> not_a_voucher(const RecordVouchedCosts& action, const Context& context, const Voucher& voucher,
                                     std::set<std::string>& seen) {
  if (voucher.amount.fen <= 0 || voucher.amount > max_voucher || voucher.document.empty() ||
      voucher.document.find('\0') != std::string::npos)
    return refuse(voucher_out_of_range, voucher.document + " over " + to_text(voucher.amount));
  if (!seen.insert(voucher.document).second ||
      context.state.get<VoucherRow>(row_key({action.case_id.value, voucher.document})))
    return refuse(voucher_known, voucher.document);
  return std::nullopt;
}

}  // namespace

Decision decide(const RecordVouchedCosts& action, const Context& context) {
  const auto row = context.state.get<SubsidyRow>(row_key({action.case_id.value}));
  if (!row || row->undertaker.empty()) return no(nobody_to_reimburse, "case " + action.case_id.value);
  if (only_undertaker(context) && context.actor.undertaker != row->undertaker.value)
    return no(not_own_costs, "case " + action.case_id.value);
  if (action.vouchers.empty()) return no(no_voucher);
  VouchedCostsRecorded recorded{action.case_id, row->undertaker, row->stage, action.vouchers};
  std::set<std::string> seen;
  for (const auto& voucher : action.vouchers) {
    if (auto refusal = not_a_voucher(action, context, voucher, seen)) return std::unexpected(std::move(*refusal));
    recorded.amount = recorded.amount + voucher.amount;
  }
  Happened happened(context);
  happened.add(std::move(recorded));
  return happened;
}

FamilyRules subsidy_rules() {
  return {actions_of<RecordVouchedCosts>("subsidy"),
          fold_subsidy,
          {when_file_archived_then_calculate_subsidy, when_aid_terminated_then_calculate_subsidy,
           when_grade_final_then_calculate_subsidy, when_grade_redetermined_then_adjust_subsidy,
           when_costs_vouched_then_adjust_subsidy}};
}

}  // namespace aidledger::rules
