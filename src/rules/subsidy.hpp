#pragma once
// M14 Subsidy: the entitlement of a case, reckoned by the engine from the standard, the grade and vouched costs.
#include "events/subsidy.hpp"
#include "src/rules/engine.hpp"

namespace aidledger::rules {

inline constexpr RefusalKind nobody_to_reimburse{1401, "nobody-to-reimburse", "The case has no undertaker."};
inline constexpr RefusalKind no_voucher{1402, "no-voucher", "Costs come with their vouchers."};
inline constexpr RefusalKind voucher_out_of_range{
    1403, "voucher-out-of-range", "A voucher is over more than 0 and at most CNY 1,000,000, and names its document."};
inline constexpr RefusalKind voucher_known{1404, "voucher-known", "The voucher was recorded for this case already."};
inline constexpr RefusalKind not_own_costs{1405, "not-own-costs", "An undertaker records costs of own cases only."};

/// Of one voucher; keeps every sum far from the end of 64 bits.
inline constexpr Money max_voucher{100'000'000};

struct RecordVouchedCosts {
  static constexpr auto name = "record-vouched-costs"sv, meaning = "direct costs of a case, with their vouchers"sv;
  static constexpr std::array roles{Role::undertaker, Role::intake, Role::finance_maker};
  static constexpr auto refusals = Refusals::unrecorded;
  CaseId case_id;
  std::vector<Voucher> vouchers;
  static void fields(auto&& f) {
    f("case", &RecordVouchedCosts::case_id, "the case");
    f("vouchers", &RecordVouchedCosts::vouchers, "one by one");
  }
};
Decision decide(const RecordVouchedCosts&, const Context&);

/// What a case pays. Key = case.
struct SubsidyRow {
  static constexpr std::uint8_t table = 0x30;
  static constexpr bool historic = false;
  UndertakerId undertaker;
  std::string case_type, stage, work_done;
  bool salaried = false, terminated = false;
  std::optional<Instant> earned_at;
  Money direct_costs;
  std::int32_t revision = 0;
  SubsidyFormula formula;
  Money entitlement;
  static void fields(auto&& f) {
    using R = SubsidyRow;
    f("undertaker", &R::undertaker, "the payee: the lead undertaker, at conclusion once there is one");
    f("case_type", &R::case_type, "the case type");
    f("stage", &R::stage, "the stage");
    f("work_done", &R::work_done, "of a terminated case: how much had been done");
    f("salaried", &R::salaried, "salaried at assignment");
    f("terminated", &R::terminated, "aid was terminated");
    f("earned_at", &R::earned_at, "archived, or terminated: the subsidy policy of that day holds for good");
    f("direct_costs", &R::direct_costs, "vouched so far, fen");
    f("revision", &R::revision, "0 = nothing reckoned yet");
    f("formula", &R::formula, "how the entitlement came about");
    f("entitlement", &R::entitlement, "fen");
  }
};

/// Key = case, document.
struct VoucherRow {
  static constexpr std::uint8_t table = 0x31;
  static constexpr bool historic = false;
  Money amount;
  static void fields(auto&& f) { f("amount", &VoucherRow::amount, "fen"); }
};

/// The grade of a case, as far as there is one.
struct CurrentGrade {
  std::optional<Grade> grade;
  std::optional<EventRef> event;
};
/// base = standard x share, quality = quality base x rate, each rounded once; vouched costs unscaled.
SubsidyFormula reckon(const Policy& subsidy, const SubsidyRow& row, const CurrentGrade& grade);
Money entitlement_of(const SubsidyFormula& formula);

}  // namespace aidledger::rules
