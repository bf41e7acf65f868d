#pragma once
// Whose request it is. Two tokens of one person are one person: decisions that take two people compare persons.
#include <optional>
#include <string>
#include <vector>

#include "events/values/roles.hpp"
#include "events/values/time.hpp"

namespace aidledger {

struct Principal {
  std::string id;      ///< the token's or service's id: idempotency is per principal
  std::string person;  ///< the person or service behind it
  std::vector<Role> roles;
  std::string ledger;  ///< the jurisdiction it may act in; empty = none, "*" = every one (operator)
  std::string organisation;
  std::string district;
  std::string undertaker;  ///< own undertaker id, where the person is one
  std::optional<Instant> expires;
};

}  // namespace aidledger
