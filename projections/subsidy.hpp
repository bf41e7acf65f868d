#pragma once
// What a case pays: the entitlement by its formula, every component, every revision, and the grade that it rests on.
#include "events/subsidy.hpp"
#include "projections/projection.hpp"
#include "projections/provenance.hpp"

namespace aidledger::projections {

struct FinalGrade {
  Grade grade = Grade::unqualified;
  std::int32_t marks = 0;
  RoundId round;
  bool redetermined = false;
  bool operator==(const FinalGrade&) const = default;
  static void fields(auto&& f) {
    f("grade", &FinalGrade::grade, "the grade");
    f("marks", &FinalGrade::marks, "its marks");
    f("round", &FinalGrade::round, "the round that gave it");
    f("redetermined", &FinalGrade::redetermined, "changed after it was final");
  }
};

/// One calculation: entitlement = base + quality_amount + direct_costs.
struct SubsidyRevision {
  std::int32_t revision = 0;
  SubsidyCause cause = SubsidyCause::file_archived;
  UndertakerId undertaker;
  std::string case_type;
  Money standard;
  BasisPoints share;
  Money base;
  std::optional<Grade> grade;
  std::optional<Cited> grade_event;
  std::string quality_base;
  BasisPoints rate;
  Money quality_amount, direct_costs, entitlement, delta;
  bool salaried = false, terminated = false;
  PolicyRef policy;
  std::string trace;
  Instant occurred_at;
  std::optional<EventRef> by;
  static void fields(auto&& f) {
    using R = SubsidyRevision;
    f("revision", &R::revision, "1, 2 ...");
    f("cause", &R::cause, "what led to it");
    f("undertaker", &R::undertaker, "the payee");
    f("case_type", &R::case_type, "the case type");
    f("standard", &R::standard, "standard case subsidy, fen");
    f("share", &R::share, "share by work done, basis points");
    f("base", &R::base, "standard x share, fen");
    f("grade", &R::grade, "the grade it rests on; absent = not evaluated");
    f("grade_event", &R::grade_event, "the event that gave that grade");
    f("quality_base", &R::quality_base, "what the rate applies to");
    f("rate", &R::rate, "by grade, basis points");
    f("quality_amount", &R::quality_amount, "signed: what quality adds or takes off, fen");
    f("direct_costs", &R::direct_costs, "vouched direct costs, unscaled, fen");
    f("entitlement", &R::entitlement, "fen");
    f("delta", &R::delta, "against the revision before, fen");
    f("salaried", &R::salaried, "vouched direct costs only");
    f("terminated", &R::terminated, "aid was terminated before its end");
    f("policy", &R::policy, "the subsidy policy used");
    f("trace", &R::trace, "the reckoning in words and figures");
    f("occurred_at", &R::occurred_at, "when");
    f("by", &R::by, "the event");
  }
};

struct VouchedCosts {
  UndertakerId undertaker;
  Money amount;
  std::vector<Voucher> vouchers;
  Instant occurred_at;
  std::optional<EventRef> by;
  static void fields(auto&& f) {
    f("undertaker", &VouchedCosts::undertaker, "who spent them");
    f("amount", &VouchedCosts::amount, "fen");
    f("vouchers", &VouchedCosts::vouchers, "one by one");
    f("occurred_at", &VouchedCosts::occurred_at, "when");
    f("by", &VouchedCosts::by, "the event");
  }
};

struct SubsidyStage {
  std::string stage;
  std::vector<SubsidyRevision> revisions;
  std::vector<VouchedCosts> costs;
  static void fields(auto&& f) {
    f("stage", &SubsidyStage::stage, "the stage of the case");
    f("revisions", &SubsidyStage::revisions, "every calculation; the last one counts");
    f("costs", &SubsidyStage::costs, "direct costs with their vouchers");
  }
};

/// Key = case.
struct SubsidyRow {
  static constexpr std::uint8_t table = 0x98;
  static constexpr bool historic = true;
  std::vector<SubsidyStage> stages;
  Known<FinalGrade> grade;
  static void fields(auto&& f) {
    f("stages", &SubsidyRow::stages, "by stage");
    f("grade", &SubsidyRow::grade, "the final grade of the case");
  }
};

/// Key = undertaker, case: where a payee's subsidies are.
struct PayeeRow {
  static constexpr std::uint8_t table = 0x99;
  static constexpr bool historic = false;
  static void fields(auto&&) {}
};

void fold_subsidy(Layer& rows, const Fact& fact);

}  // namespace aidledger::projections
