#pragma once
// Names of objects. An id is 1-64 of [A-Za-z0-9._-], given by the action, never personal data. One type per kind, so
// that two cannot be swapped.
#include <compare>
#include <string>
#include <string_view>

namespace aidledger {

inline constexpr std::size_t max_id_length = 64;

/// True for 1-64 characters of [A-Za-z0-9._-].
bool is_id(std::string_view text);

template <class Tag>
struct Id {
  static constexpr std::string_view kind = Tag::kind;
  std::string value;
  auto operator<=>(const Id&) const = default;
  bool empty() const { return value.empty(); }
};

#define AIDLEDGER_ID(Type, name)                   \
  struct Type##Tag {                               \
    static constexpr std::string_view kind = name; \
  };                                               \
  using Type = Id<Type##Tag>

AIDLEDGER_ID(CaseId, "case");
AIDLEDGER_ID(UndertakerId, "undertaker");
AIDLEDGER_ID(PersonId, "person");
AIDLEDGER_ID(HearingId, "hearing");
AIDLEDGER_ID(ReportId, "report");
AIDLEDGER_ID(ProblemId, "problem");
AIDLEDGER_ID(RoundId, "round");
AIDLEDGER_ID(ProposalId, "proposal");
AIDLEDGER_ID(SourceId, "source");

#undef AIDLEDGER_ID

template <class T>
inline constexpr bool is_id_type = false;
template <class Tag>
inline constexpr bool is_id_type<Id<Tag>> = true;

}  // namespace aidledger
