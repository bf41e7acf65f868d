#pragma once
// Who works in the city: the officers of the centre and the undertakers, and what is told of an undertaker on the
// ladder.
#include <set>

#include "src/demonstration/people.hpp"
#include "src/demonstration/teller.hpp"

namespace aidledger::demonstration {

/// What the year holds for an undertaker.
enum class Fate { ordinary, one_unqualified, two_unqualified, three_unqualified, redetermined, objects };

struct Undertaker {
  Person person;
  const District* district;
  std::string category, organisation;
  bool salaried = false, lawyer = false;
  Fate fate = Fate::ordinary;
  std::set<std::string> open;     ///< cases led now
  int led = 0;                    ///< cases led now or before
  int unqualified_left = 0;       ///< cases still to be found unqualified
  int unqualified_not_final = 0;  ///< of those, grades still to become final
  bool commented = false;         ///< has handed in the written comments
  bool held = false;              ///< takes no more cases
};

struct Officers {
  std::vector<Person> clerks, supervisors, evaluators;
  Person director, lead, bureau;
};

Officers officers();
/// Enrols them on the first day, in the proportions of a city: most are social lawyers and judicial-office staff.
std::vector<Undertaker> enrol(Teller& teller, Chance& chance, const Officers& officers, int count);

}  // namespace aidledger::demonstration
