#pragma once
// The rows of the table topics: flat, snake_case, one per undertaker or case, each a plain function of a row of the
// read model. What depends on the day on which somebody looks (a licence that runs out) is there as a date.
#include <optional>
#include <string>

#include "projections/standing.hpp"
#include "projections/subsidy.hpp"

namespace aidledger::feed {

struct StandingKey {
  std::string ledger, undertaker;
  static void fields(auto&& f) {
    f("ledger", &StandingKey::ledger, "the ledger");
    f("undertaker", &StandingKey::undertaker, "the undertaker");
  }
};

struct StandingTableRow {
  bool enrolled = false, imported = false;
  std::optional<std::string> category, organisation, district;
  std::optional<bool> salaried;
  std::optional<Date> salaried_from;
  bool licence_lapsed = false;
  std::optional<Date> licence_valid_until;
  bool has_left = false, suspended = false, assignment_hold = false, payment_hold = false;
  std::int32_t ladder_step = 0, counted_cases = 0;
  std::optional<std::string> written_comments;
  bool disqualified = false;
  std::optional<Date> disqualified_until, probation_until;
  std::string why_not;
  static void fields(auto&& f) {
    using R = StandingTableRow;
    f("enrolled", &R::enrolled, "enrolled here");
    f("imported", &R::imported, "known from another system");
    f("category", &R::category, "the team");
    f("organisation", &R::organisation, "the undertaking organisation");
    f("district", &R::district, "the district");
    f("salaried", &R::salaried, "receives a public salary");
    f("salaried_from", &R::salaried_from, "the first local date on which `salaried` holds");
    f("licence_lapsed", &R::licence_lapsed, "the licence holds no longer, as the bureau has seen it");
    f("licence_valid_until", &R::licence_valid_until, "the last local date on which it holds, where that is known");
    f("has_left", &R::has_left, "handles no more cases here");
    f("suspended", &R::suspended, "no new case until reinstated");
    f("assignment_hold", &R::assignment_hold, "no new case until the director has decided");
    f("payment_hold", &R::payment_hold, "nothing is paid until lifted; holds for one case do not count");
    f("ladder_step", &R::ladder_step, "0 to 3");
    f("counted_cases", &R::counted_cases, "cases that the ladder counts");
    f("written_comments", &R::written_comments, "required, submitted, accepted or withdrawn");
    f("disqualified", &R::disqualified, "a disqualification stands");
    f("disqualified_until", &R::disqualified_until, "the first local date on which requalification may be asked");
    f("probation_until", &R::probation_until, "requalified: the last local date of probation");
    f("why_not", &R::why_not,
      "why no new case may be assigned, separated by commas; empty = nothing stands against it but, from the day "
      "after, "
      "licence_valid_until");
  }
};

struct SubsidyKey {
  std::string ledger, case_id;
  static void fields(auto&& f) {
    f("ledger", &SubsidyKey::ledger, "the ledger");
    f("case_id", &SubsidyKey::case_id, "the case; `case` is a word of SQL, and stock sinks quote nothing");
  }
};

/// The entitlement of a case as the last calculation says: amounts in fen, summed over its stages where it has several;
/// what cannot be summed is that of the last stage calculated.
struct SubsidyTableRow {
  std::string undertaker, case_type, stage;
  std::int32_t revision = 0;
  std::string cause;
  Money standard;
  BasisPoints share;
  Money base;
  std::optional<std::string> grade;
  std::string quality_base;
  BasisPoints rate;
  Money quality_amount, direct_costs, entitlement;
  bool salaried = false, terminated = false;
  std::string policy;
  static void fields(auto&& f) {
    using R = SubsidyTableRow;
    f("undertaker", &R::undertaker, "the payee");
    f("case_type", &R::case_type, "the case type");
    f("stage", &R::stage, "the stage of the case");
    f("revision", &R::revision, "1, 2 ...");
    f("cause", &R::cause, "what led to the last calculation");
    f("standard", &R::standard, "standard case subsidy, fen");
    f("share_bp", &R::share, "share by work done, basis points");
    f("base", &R::base, "standard x share, fen");
    f("grade", &R::grade, "the grade it rests on; absent = not evaluated");
    f("quality_base", &R::quality_base, "what the rate applies to");
    f("rate_bp", &R::rate, "by grade, basis points");
    f("quality_amount", &R::quality_amount, "signed: what quality adds or takes off, fen");
    f("direct_costs", &R::direct_costs, "vouched direct costs, unscaled, fen");
    f("entitlement", &R::entitlement, "fen: base + quality_amount + direct_costs");
    f("salaried", &R::salaried, "vouched direct costs only");
    f("terminated", &R::terminated, "aid was terminated before its end");
    f("policy", &R::policy, "the subsidy policy used, name@version");
  }
};

StandingTableRow table_row(const projections::StandingRow& row);
/// Nothing while no stage has been calculated.
std::optional<SubsidyTableRow> table_row(const projections::SubsidyRow& row);

}  // namespace aidledger::feed
