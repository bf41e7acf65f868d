#pragma once
// What the rules know of an undertaker: undertakers (M1) write who it is, cases (M2) the load. Where it stands on the
// ladder is in ladder.hpp.
#include "events/undertakers.hpp"
#include "src/rules/context.hpp"

namespace aidledger::rules {

/// Key = undertaker.
struct StandingRow {
  static constexpr std::uint8_t table = 0x10;
  static constexpr bool historic = false;
  bool enrolled = false;  ///< by UndertakerEnrolled: a row may exist before
  PersonId person;
  UndertakerCategory category = UndertakerCategory::social_lawyer;
  std::string organisation, district;
  bool salaried = false;
  std::string licence;
  std::optional<Date> licence_since, valid_until;
  std::uint32_t capacity = 0, open_cases = 0;
  bool suspended = false, lapsed = false, left = false, payment_hold = false;
  static void fields(auto&& f) {
    using R = StandingRow;
    f("enrolled", &R::enrolled, "enrolled here");
    f("person", &R::person, "the person");
    f("category", &R::category, "the team");
    f("organisation", &R::organisation, "the undertaking organisation");
    f("district", &R::district, "the district");
    f("salaried", &R::salaried, "receives a public salary");
    f("licence", &R::licence, "the licence number");
    f("licence_since", &R::licence_since, "the local date of the licence");
    f("valid_until", &R::valid_until, "the last local date on which the licence holds, as last verified");
    f("capacity", &R::capacity, "open cases at one time; 0 = no limit said");
    f("open_cases", &R::open_cases, "cases led now");
    f("suspended", &R::suspended, "no new case until reinstated");
    f("lapsed", &R::lapsed, "the licence holds no longer");
    f("left", &R::left, "handles no more cases here");
    f("payment_hold", &R::payment_hold, "nothing is paid until lifted");
  }
};

/// Who is enrolled under a licence now; key = licence. Gone when the undertaker has left.
struct LicenceRow {
  static constexpr std::uint8_t table = 0x11;
  static constexpr bool historic = false;
  UndertakerId undertaker;
  static void fields(auto&& f) { f("undertaker", &LicenceRow::undertaker, "who is enrolled under it"); }
};

std::string standing_key(const UndertakerId& id);
std::shared_ptr<const StandingRow> standing_of(const State& state, const UndertakerId& id);

}  // namespace aidledger::rules
