#include "src/demonstration/cast.hpp"

namespace aidledger::demonstration {
namespace {

struct Share {
  std::string_view category, organisation;
  int weight, organisations;
  bool salaried, lawyer;
};
constexpr std::array shares{Share{"social-lawyer", "law-firm", 46, 18, false, true},
                            Share{"judicial-office", "judicial-office", 20, 18, true, false},
                            Share{"fulltime-legal-aid-lawyer", "centre", 14, 6, true, true},
                            Share{"grassroots-worker", "legal-service", 14, 10, false, false},
                            Share{"social-org", "union-legal-station", 4, 3, false, false},
                            Share{"volunteer", "volunteer-team", 2, 2, false, false}};

/// One undertaker on each step of the ladder, one whose grade is redetermined, one whose objection is upheld.
constexpr std::array fates{Fate::one_unqualified, Fate::two_unqualified, Fate::three_unqualified, Fate::redetermined,
                           Fate::objects};

std::string numbered(std::string_view prefix, int number, std::size_t digits) {
  std::string text = std::to_string(number);
  return std::string(prefix) + std::string(text.size() < digits ? digits - text.size() : 0, '0') + text;
}

const Share& share(Chance& chance) {
  int roll = chance.between(1, 100);
  for (const auto& one : shares)
    if ((roll -= one.weight) <= 0) return one;
  return shares.front();
}

Undertaker make(Chance& chance, int number) {
  const Share& kind = static_cast<std::size_t>(number) <= fates.size() ? shares.front() : share(chance);
  Undertaker one;
  one.person = {numbered("P-U-", number, 4), {Role::undertaker}, numbered("U-", number, 4)};
  one.district = &districts[static_cast<std::size_t>(number) % districts.size()];
  one.category = kind.category;
  one.organisation = numbered(std::string(kind.organisation) + "-", chance.between(1, kind.organisations), 2);
  one.salaried = kind.salaried;
  one.lawyer = kind.lawyer;
  if (static_cast<std::size_t>(number) <= fates.size()) one.fate = fates[static_cast<std::size_t>(number) - 1];
  one.unqualified_left = one.fate == Fate::two_unqualified     ? 2
                         : one.fate == Fate::three_unqualified ? 3
                         : one.fate == Fate::ordinary          ? 0
                                                               : 1;
  one.unqualified_not_final = one.unqualified_left;
  return one;
}

Tree enrolment(Chance& chance, const Undertaker& one, int number) {
  Tree data = Tree::object()
                  .set("undertaker", one.person.undertaker)
                  .set("person", one.person.id)
                  .set("category", one.category)
                  .set("organisation", one.organisation)
                  .set("district", one.district->id)
                  .set("salaried", one.salaried)
                  .set("name", full_name(chance))
                  .set("telephone", telephone(chance));
  if (one.category == "social-lawyer" || one.category == "fulltime-legal-aid-lawyer" ||
      one.category == "grassroots-worker")
    data.set("licence", "1330920" + std::to_string(chance.between(2004, 2020)) + std::to_string(100000 + number))
        .set("licence_since", std::to_string(chance.between(2005, 2020)) + "-06-01");
  return data;
}

}  // namespace

Officers officers() {
  Officers all;
  for (int i = 1; i <= 4; ++i) all.clerks.push_back({numbered("P-CLERK-", i, 2), {Role::intake, Role::assigner}, {}});
  for (int i = 1; i <= 6; ++i) all.supervisors.push_back({numbered("P-SUPERVISOR-", i, 2), {Role::supervisor}, {}});
  for (int i = 1; i <= 12; ++i) all.evaluators.push_back({numbered("P-EVALUATOR-", i, 2), {Role::evaluator}, {}});
  all.director = {"P-DIRECTOR", {Role::centre_director}, {}};
  all.lead = {"P-LEAD", {Role::evaluation_lead}, {}};
  all.bureau = {"P-BUREAU", {Role::bureau}, {}};
  return all;
}

std::vector<Undertaker> enrol(Teller& teller, Chance& chance, const Officers& officers, int count) {
  std::vector<Undertaker> all;
  for (int number = 1; number <= count; ++number) {
    all.push_back(make(chance, number));
    teller.ask(officers.clerks.front(), "enrol-undertaker", enrolment(chance, all.back(), number));
  }
  return all;
}

}  // namespace aidledger::demonstration
