#pragma once
// Who may ask what: one pure function, deny by default.
#include <string>
#include <string_view>

#include "src/access/principal.hpp"

namespace aidledger {

/// What an action or a read takes.
struct Need {
  std::vector<Role> roles;  ///< any of these
  std::string ledger;       ///< in this jurisdiction
  /// The undertaker whose case it is, where it is about one: who holds no other fitting role than `undertaker` acts on
  /// own cases only.
  std::optional<std::string> owner;
};

enum class Denial { none, expired, wrong_ledger, wrong_role, not_own_case };

struct MayVerdict {
  Denial denial = Denial::none;
  std::string why;
  bool allowed() const { return denial == Denial::none; }
};

MayVerdict may(const Principal& principal, const Need& need, Instant now);

/// True when two principals are two people, whatever their tokens.
bool two_people(const Principal& first, const Principal& second);

}  // namespace aidledger
