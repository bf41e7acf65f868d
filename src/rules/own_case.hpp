#pragma once
// Whose case it is: an undertaker acts on own cases only, a recipient too, and nobody supervises the own work.
#include <algorithm>
#include <span>

#include "src/rules/case_state.hpp"

namespace aidledger::rules {

inline constexpr RefusalKind no_lead{201, "no-lead", "The case has no undertaker."};
inline constexpr RefusalKind other_recipient{202, "other-recipient",
                                             "The person named is not the recipient of the case."};
inline constexpr RefusalKind by_the_undertaker{
    203, "by-the-undertaker", "The undertaker of a case does not supervise it: another person has to."};
inline constexpr RefusalKind case_closed{204, "case-closed", "The case is concluded or terminated."};
inline constexpr RefusalKind case_not_closed{205, "case-not-closed", "The case is neither concluded nor terminated."};

namespace detail {
/// True where the actor may ask only because of `own`, among the roles of the action.
inline bool asks_as(Role own, const Context& context, std::span<const Role> roles) {
  return context.has_role(own) &&
         std::none_of(roles.begin(), roles.end(), [&](Role role) { return role != own && context.has_role(role); });
}
}  // namespace detail

/// The refusal, if the actor asks as undertaker of another's case or as recipient of another's.
template <class A>
std::optional<Refusal> unless_own_case(const Context& context, const CaseRow& row) {
  if (detail::asks_as(Role::undertaker, context, A::roles) &&
      (!row.lead || context.actor.undertaker.empty() || context.actor.undertaker != row.lead->value))
    return refuse(not_own_case);
  if (detail::asks_as(Role::recipient, context, A::roles) &&
      (row.recipient.empty() || context.actor.person != row.recipient.value))
    return refuse(not_own_case);
  return std::nullopt;
}

/// The actor is the lead undertaker, by whichever token.
inline bool is_lead(const Context& context, const CaseRow& row) {
  return row.lead && (context.actor.undertaker == row.lead->value ||
                      (!row.lead_person.empty() && context.actor.person == row.lead_person.value));
}

/// A case for an action of type A, or why not. What is asked for is checked in this order: the case is there, the actor
/// may act on it, it has an undertaker (where needed), the recipient named is its own.
struct Wanted {
  bool lead = true;
  bool open = true;
  const PersonId* recipient = nullptr;
};

template <class A>
std::expected<std::shared_ptr<const CaseRow>, Refusal> want_case(const Context& context, const CaseId& id,
                                                                 const Wanted& wanted) {
  auto row = case_of(context.state, id);
  if (!row) return no(not_found, "case " + id.value);
  if (auto refusal = unless_own_case<A>(context, *row)) return std::unexpected(std::move(*refusal));
  if (wanted.open && !row->is_open()) return no(case_closed, id.value);
  if (wanted.lead && !row->lead) return no(no_lead, id.value);
  // An imported case names no recipient: the first that is named is taken at its word.
  if (wanted.recipient != nullptr && !row->recipient.empty() && *wanted.recipient != row->recipient)
    return no(other_recipient, id.value);
  return row;
}

}  // namespace aidledger::rules
