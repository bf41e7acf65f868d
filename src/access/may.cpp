#include "src/access/may.hpp"

#include <algorithm>

namespace aidledger {
namespace {

std::string names(const std::vector<Role>& roles) {
  std::string out;
  for (const Role role : roles) out += (out.empty() ? "" : ", ") + std::string(name_of(role));
  return out;
}

}  // namespace

MayVerdict may(const Principal& principal, const Need& need, Instant now) {
  if (principal.expires && *principal.expires <= now)
    return {Denial::expired, "the token expired at " + to_text(*principal.expires)};
  if (principal.ledger != "*" && principal.ledger != need.ledger)
    return {Denial::wrong_ledger, "the token is for another ledger"};
  std::vector<Role> fitting;
  for (const Role role : need.roles)
    if (std::find(principal.roles.begin(), principal.roles.end(), role) != principal.roles.end())
      fitting.push_back(role);
  if (fitting.empty())
    return {Denial::wrong_role, "it takes one of the roles " + names(need.roles) + "; held are " +
                                    (principal.roles.empty() ? "none" : names(principal.roles))};
  const bool as_undertaker = fitting == std::vector{Role::undertaker};
  if (as_undertaker && (principal.undertaker.empty() || (need.owner && *need.owner != principal.undertaker)))
    return {Denial::not_own_case, "an undertaker acts on own cases only"};
  return {};
}

bool two_people(const Principal& first, const Principal& second) {
  return !first.person.empty() && !second.person.empty() && first.person != second.person;
}

}  // namespace aidledger
