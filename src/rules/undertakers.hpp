#pragma once
// M1 Undertaker teams: enrolment, qualification, suspension, payment holds.
#include "src/rules/engine.hpp"
#include "src/rules/standing.hpp"

namespace aidledger::rules {

inline constexpr RefusalKind licence_in_use{101, "licence-in-use",
                                            "Somebody is enrolled under this licence and has not left."};
inline constexpr RefusalKind licence_needed{102, "licence-needed", "This category is enrolled with a licence only."};
inline constexpr RefusalKind not_enrolled{103, "not-enrolled", "The undertaker is not enrolled here."};
inline constexpr RefusalKind has_left{104, "has-left", "The undertaker has left."};

struct EnrolUndertaker {
  static constexpr auto name = "enrol-undertaker"sv, meaning = "a person may handle cases from here on"sv;
  static constexpr std::array roles{Role::intake, Role::centre_director};
  static constexpr auto refusals = Refusals::unrecorded;
  UndertakerId undertaker;
  PersonId person;
  UndertakerCategory category = UndertakerCategory::social_lawyer;
  std::string organisation, district;
  bool salaried = false;
  std::optional<Date> salaried_from;
  std::optional<std::string> licence;
  std::optional<Date> licence_since;
  std::vector<std::string> specialties;
  std::optional<std::uint32_t> capacity;
  Sealed full_name;
  std::optional<Sealed> telephone;
  static void fields(auto&& f) {
    using A = EnrolUndertaker;
    f("undertaker", &A::undertaker, "the undertaker", generated);
    f("person", &A::person, "the person, whose key seals the personal data", generated);
    f("category", &A::category, "the team it belongs to");
    f("organisation", &A::organisation, "the undertaking organisation");
    f("district", &A::district, "the district");
    f("salaried", &A::salaried, "receives a public salary: no basic labour fee is paid");
    f("salaried_from", &A::salaried_from, "the first local date on which `salaried` holds; absent = that of enrolment");
    f("licence", &A::licence, "the licence number in the public register");
    f("licence_since", &A::licence_since, "the local date of the licence");
    f("specialties", &A::specialties, "fields of law");
    f("capacity", &A::capacity, "open cases at one time; absent = no limit said");
    f("name", &A::full_name, "the name", sealed_for(&A::person, IndexKind::name));
    f("telephone", &A::telephone, "the telephone number", sealed_for(&A::person, IndexKind::telephone));
  }
};
Decision decide(const EnrolUndertaker&, const Context&);

struct ChangeCategory {
  static constexpr auto name = "change-category"sv,
                        meaning = "an undertaker changes team, organisation, district or salary"sv;
  static constexpr std::array roles{Role::intake, Role::centre_director};
  static constexpr auto refusals = Refusals::unrecorded;
  UndertakerId undertaker;
  UndertakerCategory category = UndertakerCategory::social_lawyer;
  std::string organisation, district;
  bool salaried = false;
  std::optional<Date> salaried_from;
  std::string ground;
  static void fields(auto&& f) {
    using A = ChangeCategory;
    f("undertaker", &A::undertaker, "the undertaker");
    f("category", &A::category, "the team from here on");
    f("organisation", &A::organisation, "the undertaking organisation from here on");
    f("district", &A::district, "the district from here on");
    f("salaried", &A::salaried, "receives a public salary from here on");
    f("salaried_from", &A::salaried_from,
      "the first local date on which `salaried` holds; absent = that of the change");
    f("ground", &A::ground, "why, without personal data");
  }
};
Decision decide(const ChangeCategory&, const Context&);

struct VerifyQualification {
  static constexpr auto name = "verify-qualification"sv, meaning = "the bureau has looked the licence up"sv;
  static constexpr std::array roles{Role::bureau};
  static constexpr auto refusals = Refusals::unrecorded;
  UndertakerId undertaker;
  std::string licence;
  std::optional<Date> licence_since, valid_until;
  static void fields(auto&& f) {
    using A = VerifyQualification;
    f("undertaker", &A::undertaker, "the undertaker");
    f("licence", &A::licence, "the licence number in the public register");
    f("licence_since", &A::licence_since, "the local date of the licence; absent = as known");
    f("valid_until", &A::valid_until, "the last local date on which it holds");
  }
};
Decision decide(const VerifyQualification&, const Context&);

/// The actions that name an undertaker and a ground and nothing else.
#define AIDLEDGER_GROUND_ACTION(Type, action, what, recorded_or_not, ...) \
  struct Type {                                                           \
    static constexpr auto name = action##sv, meaning = what##sv;          \
    static constexpr std::array roles{__VA_ARGS__};                       \
    static constexpr auto refusals = Refusals::recorded_or_not;           \
    UndertakerId undertaker;                                              \
    std::string ground;                                                   \
    static void fields(auto&& f) {                                        \
      f("undertaker", &Type::undertaker, "the undertaker");               \
      f("ground", &Type::ground, "why, without personal data");           \
    }                                                                     \
  };                                                                      \
  Decision decide(const Type&, const Context&)

AIDLEDGER_GROUND_ACTION(LapseQualification, "lapse-qualification", "the licence holds no longer", unrecorded,
                        Role::bureau);
AIDLEDGER_GROUND_ACTION(SuspendUndertaker, "suspend-undertaker", "no new case until reinstated", recorded,
                        Role::centre_director, Role::bureau);
AIDLEDGER_GROUND_ACTION(ReinstateUndertaker, "reinstate-undertaker", "ends a suspension", recorded,
                        Role::centre_director, Role::bureau);
AIDLEDGER_GROUND_ACTION(RecordDeparture, "record-departure", "the undertaker handles no more cases here", unrecorded,
                        Role::intake, Role::centre_director);
#undef AIDLEDGER_GROUND_ACTION

struct PlacePaymentHold {
  static constexpr auto name = "place-payment-hold"sv, meaning = "nothing is paid to the undertaker until lifted"sv;
  static constexpr std::array roles{Role::centre_director};
  static constexpr auto refusals = Refusals::recorded;
  UndertakerId undertaker;
  std::optional<CaseId> case_id;
  std::string ground;
  static void fields(auto&& f) {
    using A = PlacePaymentHold;
    f("undertaker", &A::undertaker, "the undertaker");
    f("case", &A::case_id, "only for this case");
    f("ground", &A::ground, "why, without personal data");
  }
};
Decision decide(const PlacePaymentHold&, const Context&);

struct LiftPaymentHold {
  static constexpr auto name = "lift-payment-hold"sv, meaning = "ends a payment hold"sv;
  static constexpr std::array roles{Role::centre_director};
  static constexpr auto refusals = Refusals::recorded;
  UndertakerId undertaker;
  std::optional<CaseId> case_id;
  std::string ground;
  static void fields(auto&& f) {
    using A = LiftPaymentHold;
    f("undertaker", &A::undertaker, "the undertaker");
    f("case", &A::case_id, "the case that the hold is for, where it is for one");
    f("ground", &A::ground, "why, without personal data");
  }
};
Decision decide(const LiftPaymentHold&, const Context&);

/// A hold on payments; key = undertaker, case ("" = all).
struct PaymentHoldRow {
  static constexpr std::uint8_t table = 0x12;
  static constexpr bool historic = false;
  std::string ground;
  static void fields(auto&& f) { f("ground", &PaymentHoldRow::ground, "why"); }
};

}  // namespace aidledger::rules
