#pragma once
// Words that several families of casework share: who an undertaker is, what a case is, what lies in its file.
#include "events/describe.hpp"
#include "events/values/bytes.hpp"
#include "events/values/enum_names.hpp"

namespace aidledger {

/// The two that receive a public salary come first; social lawyers are paid by subsidy.
enum class UndertakerCategory : std::uint8_t {
  judicial_office,
  fulltime_legal_aid_lawyer,
  social_lawyer,
  grassroots_worker,
  social_org,
  volunteer,
};
constexpr auto names_of(UndertakerCategory) {
  return std::array{"judicial-office"sv, "fulltime-legal-aid-lawyer"sv,
                    "social-lawyer"sv,   "grassroots-worker"sv,
                    "social-org"sv,      "volunteer"sv};
}

enum class CaseType : std::uint8_t { civil, administrative, criminal };
constexpr auto names_of(CaseType) { return std::array{"civil"sv, "administrative"sv, "criminal"sv}; }

enum class CaseStage : std::uint8_t {
  investigation,
  prosecution,
  first_trial,
  second_trial,
  retrial,
  death_review,
  enforcement,
  arbitration,
  mediation,
  non_litigation,
};
constexpr auto names_of(CaseStage) {
  return std::array{"investigation"sv, "prosecution"sv, "first-trial"sv, "second-trial"sv, "retrial"sv,
                    "death-review"sv,  "enforcement"sv, "arbitration"sv, "mediation"sv,    "non-litigation"sv};
}

enum class CaseFlag : std::uint8_t { life_or_death, minor, group, major, money_claim, vulnerable };
constexpr auto names_of(CaseFlag) {
  return std::array{"life-or-death"sv, "minor"sv, "group"sv, "major"sv, "money-claim"sv, "vulnerable"sv};
}

/// How somebody was reached or told.
enum class Channel : std::uint8_t { telephone, message, visit, letter, in_person };
constexpr auto names_of(Channel) {
  return std::array{"telephone"sv, "message"sv, "visit"sv, "letter"sv, "in-person"sv};
}

/// A document of the case, kept apart from the ledger and named by its hash.
struct DocumentRef {
  std::string kind;  ///< complaint, transcript, judgment ...
  Hash hash{};       ///< SHA-256 of the sealed blob
  std::uint64_t size = 0;
  bool operator==(const DocumentRef&) const = default;
  static void fields(auto&& f) {
    f("kind", &DocumentRef::kind, "what it is: complaint, transcript, defence, judgment ...");
    f("hash", &DocumentRef::hash, "SHA-256 of the sealed document, hexadecimal");
    f("size", &DocumentRef::size, "its size in bytes");
  }
};

}  // namespace aidledger
