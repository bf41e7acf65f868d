#pragma once
// Saying no. A refusal has a number that is never reused (family * 100 + n), a stable name, a sentence, and what would
// be needed.
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace aidledger::rules {

/// Declared once per refusal, in its family's file, in the order in which they are checked.
struct RefusalKind {
  std::uint32_t number;
  std::string_view name;
  std::string_view sentence;
};

struct Refusal {
  std::uint32_t number = 0;
  std::string name;
  std::string sentence;  ///< the kind's sentence; no personal data
  std::string detail;    ///< this case: ids, dates, what is missing
  std::string rule;      ///< the policy or law it rests on, e.g. "ladder@1"
};

Refusal refuse(const RefusalKind& kind, std::string detail = {}, std::string rule = {});

// Refusals of every family.
inline constexpr RefusalKind not_found{1, "not-found", "There is no such object in this ledger."};
inline constexpr RefusalKind already_exists{2, "already-exists", "An object of that id is there already."};
inline constexpr RefusalKind not_allowed{3, "not-allowed", "The principal may not ask for this."};
inline constexpr RefusalKind not_own_case{4, "not-own-case", "The principal may act on own cases only."};
inline constexpr RefusalKind wrong_state{5, "wrong-state", "The object is not in a state that allows this."};
inline constexpr RefusalKind same_person{6, "same-person",
                                         "The decision takes two people: the second must not be the first."};
inline constexpr RefusalKind occurred_in_future{7, "occurred-in-future", "It cannot have happened after now."};
inline constexpr RefusalKind no_policy{8, "no-policy", "No version of the policy is in force on that date."};
inline constexpr RefusalKind bad_text{9, "bad-text", "The text cannot be read."};
inline constexpr RefusalKind changed_meanwhile{10, "changed-meanwhile",
                                               "The case has changed since the version that the action expected."};

inline constexpr RefusalKind too_large{11, "too-large", "What it leads to does not fit one record (256 KiB)."};
inline constexpr RefusalKind amount_out_of_range{12, "amount-out-of-range",
                                                 "An amount leaves the range of 64-bit fen."};
inline constexpr RefusalKind person_erased{13, "person-erased",
                                           "The person's data were erased: that person id does not come back."};

}  // namespace aidledger::rules
