#pragma once
// M1 Undertaker teams: who may handle cases, as what, for whom, and since when.
#include "events/family.hpp"
#include "events/values/casework.hpp"
#include "events/values/time.hpp"

namespace aidledger {

inline constexpr std::uint16_t family_undertakers = 1;

struct UndertakerEnrolled {
  static constexpr EventTag tag{family_undertakers, 1, 1};
  static constexpr auto name = "UndertakerEnrolled"sv, meaning = "a person may handle cases from here on"sv;
  UndertakerId undertaker;
  PersonId person;
  UndertakerCategory category = UndertakerCategory::social_lawyer;
  std::string organisation, district;
  bool salaried = false;
  Date salaried_from;
  std::string licence;
  std::optional<Date> licence_since;
  std::vector<std::string> specialties;
  std::uint32_t capacity = 0;
  Sealed full_name;
  std::optional<Sealed> telephone;
  static void fields(auto&& f) {
    using E = UndertakerEnrolled;
    f("undertaker", &E::undertaker, "the undertaker");
    f("person", &E::person, "the person, whose key seals the personal data");
    f("category", &E::category, "the team it belongs to");
    f("organisation", &E::organisation, "the undertaking organisation");
    f("district", &E::district, "the district");
    f("salaried", &E::salaried, "receives a public salary: no basic labour fee is paid");
    f("salaried_from", &E::salaried_from, "the first local date on which `salaried` holds");
    f("licence", &E::licence, "the licence number in the public register; empty where the category needs none");
    f("licence_since", &E::licence_since, "the local date of the licence");
    f("specialties", &E::specialties, "fields of law");
    f("capacity", &E::capacity, "open cases at one time; 0 = no limit said");
    f("name", &E::full_name, "the name");
    f("telephone", &E::telephone, "the telephone number");
  }
};

struct CategoryChanged {
  static constexpr EventTag tag{family_undertakers, 2, 1};
  static constexpr auto name = "CategoryChanged"sv,
                        meaning = "an undertaker changes team, organisation or salary; cases assigned keep theirs"sv;
  UndertakerId undertaker;
  UndertakerCategory category = UndertakerCategory::social_lawyer;
  std::string organisation, district;
  bool salaried = false;
  Date salaried_from;
  std::string ground;
  static void fields(auto&& f) {
    using E = CategoryChanged;
    f("undertaker", &E::undertaker, "the undertaker");
    f("category", &E::category, "the team from here on");
    f("organisation", &E::organisation, "the undertaking organisation from here on");
    f("district", &E::district, "the district from here on");
    f("salaried", &E::salaried, "receives a public salary from here on");
    f("salaried_from", &E::salaried_from, "the first local date on which `salaried` holds");
    f("ground", &E::ground, "why, without personal data");
  }
};

struct QualificationVerified {
  static constexpr EventTag tag{family_undertakers, 3, 1};
  static constexpr auto name = "QualificationVerified"sv,
                        meaning = "the bureau has looked the licence up; one that had lapsed is in force again"sv;
  UndertakerId undertaker;
  std::string licence;
  std::optional<Date> licence_since, valid_until;
  static void fields(auto&& f) {
    using E = QualificationVerified;
    f("undertaker", &E::undertaker, "the undertaker");
    f("licence", &E::licence, "the licence number in the public register");
    f("licence_since", &E::licence_since, "the local date of the licence");
    f("valid_until", &E::valid_until, "the last local date on which it holds");
  }
};

struct QualificationLapsed {
  static constexpr EventTag tag{family_undertakers, 4, 1};
  static constexpr auto name = "QualificationLapsed"sv, meaning = "the licence holds no longer"sv;
  UndertakerId undertaker;
  std::string licence, ground;
  static void fields(auto&& f) {
    using E = QualificationLapsed;
    f("undertaker", &E::undertaker, "the undertaker");
    f("licence", &E::licence, "the licence number in the public register");
    f("ground", &E::ground, "why, without personal data");
  }
};

struct UndertakerSuspended {
  static constexpr EventTag tag{family_undertakers, 5, 1};
  static constexpr auto name = "UndertakerSuspended"sv, meaning = "no new case until reinstated"sv;
  UndertakerId undertaker;
  std::string ground;
  static void fields(auto&& f) {
    f("undertaker", &UndertakerSuspended::undertaker, "the undertaker");
    f("ground", &UndertakerSuspended::ground, "why, without personal data");
  }
};

struct UndertakerReinstated {
  static constexpr EventTag tag{family_undertakers, 6, 1};
  static constexpr auto name = "UndertakerReinstated"sv, meaning = "a suspension ends"sv;
  UndertakerId undertaker;
  std::string ground;
  static void fields(auto&& f) {
    f("undertaker", &UndertakerReinstated::undertaker, "the undertaker");
    f("ground", &UndertakerReinstated::ground, "why, without personal data");
  }
};

struct UndertakerLeft {
  static constexpr EventTag tag{family_undertakers, 7, 1};
  static constexpr auto name = "UndertakerLeft"sv,
                        meaning = "the undertaker handles no more cases here; the licence may be enrolled again"sv;
  UndertakerId undertaker;
  std::string licence, ground;
  static void fields(auto&& f) {
    using E = UndertakerLeft;
    f("undertaker", &E::undertaker, "the undertaker");
    f("licence", &E::licence, "the licence number that becomes free");
    f("ground", &E::ground, "why, without personal data");
  }
};

struct PaymentHoldPlaced {
  static constexpr EventTag tag{family_undertakers, 8, 1};
  static constexpr auto name = "PaymentHoldPlaced"sv, meaning = "nothing is paid to the undertaker until lifted"sv;
  UndertakerId undertaker;
  std::optional<CaseId> case_id;
  std::string ground;
  static void fields(auto&& f) {
    using E = PaymentHoldPlaced;
    f("undertaker", &E::undertaker, "the undertaker");
    f("case", &E::case_id, "only for this case, where one is named");
    f("ground", &E::ground, "why, without personal data");
  }
};

struct PaymentHoldLifted {
  static constexpr EventTag tag{family_undertakers, 9, 1};
  static constexpr auto name = "PaymentHoldLifted"sv, meaning = "a payment hold ends"sv;
  UndertakerId undertaker;
  std::optional<CaseId> case_id;
  std::string ground;
  static void fields(auto&& f) {
    using E = PaymentHoldLifted;
    f("undertaker", &E::undertaker, "the undertaker");
    f("case", &E::case_id, "the case that the hold was for, where it was for one");
    f("ground", &E::ground, "why, without personal data");
  }
};

using Undertakers =
    Family<"undertakers", UndertakerEnrolled, CategoryChanged, QualificationVerified, QualificationLapsed,
           UndertakerSuspended, UndertakerReinstated, UndertakerLeft, PaymentHoldPlaced, PaymentHoldLifted>;

}  // namespace aidledger
