#include "src/ledger/may_ask.hpp"

#include "src/access/may.hpp"

namespace aidledger::ledger {
namespace {

const rules::RefusalKind& kind_of(Denial denial) {
  return denial == Denial::not_own_case ? rules::not_own_case : rules::not_allowed;
}

/// The undertaker that the action names, if it names just one: own-case scope where the case's lead is not needed. The
/// rules look at the lead.
std::optional<std::string> named_undertaker(const rules::Request& request) {
  std::vector<ObjectRef> about;
  request.type->objects(request.action.get(), about);
  std::optional<std::string> found;
  for (const auto& object : about) {
    if (object.kind != UndertakerId::kind) continue;
    if (found) return std::nullopt;
    found = object.id;
  }
  return found;
}

}  // namespace

MayAsk may_ask_in(std::string ledger) {
  return [ledger = std::move(ledger)](const Principal& principal, const rules::Request& request, const Rows&,
                                      Instant now) -> std::optional<rules::Refusal> {
    Need need{request.type->roles, ledger, named_undertaker(request)};
    if (principal.id == "clock") need.ledger = principal.ledger;
    const auto verdict = may(principal, need, now);
    return verdict.allowed() ? std::nullopt : std::optional(rules::refuse(kind_of(verdict.denial), verdict.why));
  };
}

}  // namespace aidledger::ledger
