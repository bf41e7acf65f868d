#pragma once
// M14 Subsidy: what a case pays. Entitlement only: standard amount by case type and stage, scaled by quality, vouched
// direct costs reimbursed unscaled.
#include "events/describe.hpp"
#include "events/event.hpp"
#include "events/family.hpp"
#include "events/values/grade.hpp"
#include "events/values/money.hpp"

namespace aidledger {

inline constexpr std::uint16_t family_subsidy = 14;

enum class CostKind : std::uint8_t { travel, post, printing, investigation, translation, notary, appraisal };
constexpr auto names_of(CostKind) {
  return std::array{"travel"sv, "post"sv, "printing"sv, "investigation"sv, "translation"sv, "notary"sv, "appraisal"sv};
}

enum class SubsidyCause : std::uint8_t {
  file_archived,
  aid_terminated,
  grade_finalised,
  grade_redetermined,
  costs_vouched
};
constexpr auto names_of(SubsidyCause) {
  return std::array{"file-archived"sv, "aid-terminated"sv, "grade-finalised"sv, "grade-redetermined"sv,
                    "costs-vouched"sv};
}

struct Voucher {
  CostKind kind = CostKind::travel;
  Money amount;
  std::string document;
  static void fields(auto&& f) {
    f("kind", &Voucher::kind, "which cost");
    f("amount", &Voucher::amount, "fen, more than 0");
    f("document", &Voucher::document, "the voucher's number or the hash of its copy");
  }
};

/// How an entitlement came about. entitlement = base + quality_amount + direct_costs.
struct SubsidyFormula {
  Money standard;
  BasisPoints share;
  Money base;
  std::optional<Grade> grade;
  std::optional<EventRef> grade_event;
  std::string quality_base;
  BasisPoints rate;
  Money quality_amount, direct_costs;
  bool salaried = false, terminated = false;
  PolicyRef policy;
  std::string trace;
  static void fields(auto&& f) {
    using E = SubsidyFormula;
    f("standard", &E::standard, "standard case subsidy of that case type and stage, fen");
    f("share", &E::share, "share by work done, basis points: 10000, less where aid was terminated, 0 where salaried");
    f("base", &E::base, "standard x share");
    f("grade", &E::grade, "the current final grade; absent = not evaluated");
    f("grade_event", &E::grade_event, "the event that gave it");
    f("quality_base", &E::quality_base, "what the rate applies to: standard, labour or total");
    f("rate", &E::rate, "by grade, from the policy, basis points: may be negative");
    f("quality_amount", &E::quality_amount, "signed: what quality adds or takes off");
    f("direct_costs", &E::direct_costs, "vouched direct costs, reimbursed unscaled");
    f("salaried", &E::salaried, "salaried at assignment: vouched direct costs only");
    f("terminated", &E::terminated, "aid was terminated before its end");
    f("policy", &E::policy, "the subsidy policy used");
    f("trace", &E::trace, "the reckoning in words and figures");
  }
};

struct VouchedCostsRecorded {
  static constexpr EventTag tag{family_subsidy, 1, 1};
  static constexpr auto name = "VouchedCostsRecorded"sv, meaning = "direct costs of a case, with their vouchers"sv;
  CaseId case_id;
  UndertakerId undertaker;
  std::string stage;
  std::vector<Voucher> vouchers;
  Money amount;
  static void fields(auto&& f) {
    using E = VouchedCostsRecorded;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "who spent them");
    f("stage", &E::stage, "the stage of the case");
    f("vouchers", &E::vouchers, "one by one");
    f("amount", &E::amount, "their sum, fen");
  }
};

struct SubsidyCalculated {
  static constexpr EventTag tag{family_subsidy, 2, 1};
  static constexpr auto name = "SubsidyCalculated"sv,
                        meaning = "the first entitlement for a stage of a case; nothing is paid by this"sv;
  CaseId case_id;
  UndertakerId undertaker;
  std::string case_type, stage;
  std::int32_t revision = 1;
  SubsidyCause cause = SubsidyCause::file_archived;
  SubsidyFormula formula;
  Money entitlement;
  static void fields(auto&& f) {
    using E = SubsidyCalculated;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the payee");
    f("case_type", &E::case_type, "the case type");
    f("stage", &E::stage, "the stage");
    f("revision", &E::revision, "1; later ones are adjustments");
    f("cause", &E::cause, "what led to it");
    f("formula", &E::formula, "how it came about");
    f("entitlement", &E::entitlement, "fen");
  }
};

struct SubsidyAdjusted {
  static constexpr EventTag tag{family_subsidy, 3, 1};
  static constexpr auto name = "SubsidyAdjusted"sv,
                        meaning = "the entitlement changes: what was due before, what is due now, and the difference"sv;
  CaseId case_id;
  UndertakerId undertaker;
  std::string case_type, stage;
  std::int32_t revision = 0;
  SubsidyCause cause = SubsidyCause::grade_finalised;
  SubsidyFormula formula;
  Money previous, entitlement, delta;
  static void fields(auto&& f) {
    using E = SubsidyAdjusted;
    f("case", &E::case_id, "the case");
    f("undertaker", &E::undertaker, "the payee");
    f("case_type", &E::case_type, "the case type");
    f("stage", &E::stage, "the stage");
    f("revision", &E::revision, "2, 3 ...");
    f("cause", &E::cause, "what led to it");
    f("formula", &E::formula, "how it came about");
    f("previous", &E::previous, "the entitlement before, fen");
    f("entitlement", &E::entitlement, "the entitlement from here on, fen");
    f("delta", &E::delta, "the difference, signed, fen");
  }
};

using Subsidy = Family<"subsidy", VouchedCostsRecorded, SubsidyCalculated, SubsidyAdjusted>;

}  // namespace aidledger
