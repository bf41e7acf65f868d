#pragma once
// What an asker gets: for an accepted action always the same, a function of its record.
#include <functional>
#include <string>
#include <vector>

#include "events/record.hpp"
#include "src/rules/refusal.hpp"

namespace aidledger::ledger {

struct Receipt {
  std::string ledger;
  Seq seq = 0;
  Hash leaf_hash{};
  Instant recorded_at;
};

struct Answer {
  enum class Kind {
    accepted,
    refused,
    conflict,     ///< the same action id came before with another request
    unavailable,  ///< nothing was decided: overloaded, halted, stopping; try again
    unknown,      ///< in doubt: retry with the same id
  };
  Kind kind = Kind::unavailable;
  bool replayed = false;      ///< the answer of an earlier request of the same id
  Receipt receipt;            ///< of accepted answers and recorded refusals
  bool recorded = false;      ///< there is a receipt
  std::vector<Event> events;  ///< of accepted answers
  rules::Refusal refusal;     ///< of refused answers
  std::string detail;         ///< of the other kinds, for the asker
};

/// Of an unavailable answer, where what this node signs does not count: all that is said of it here. Who knows the key
/// by its name says what to do.
inline constexpr std::string_view key_not_enrolled = "KEY_NOT_ENROLLED";

using AnswerTo = std::function<void(const Answer&)>;

/// Nothing was decided, and this is why.
Answer unavailable(std::string why);
Answer answer_of(const Record& record, const Hash& record_hash);
/// RFC 6962: SHA-256 of 0x00 and the leaf data.
Hash leaf_hash(const RecordHeader& header, const Hash& record_hash);

}  // namespace aidledger::ledger
