#include "src/ledger/answer.hpp"

#include "events/governance.hpp"
#include "src/world/digest.hpp"

namespace aidledger::ledger {

Hash leaf_hash(const RecordHeader& header, const Hash& record_hash) {
  return world::sha256(BytesView("\0", 1), leaf_data(header, record_hash));
}

Answer unavailable(std::string why) {
  Answer answer;
  answer.kind = Answer::Kind::unavailable;
  answer.detail = std::move(why);
  return answer;
}

Answer answer_of(const Record& record, const Hash& record_hash) {
  Answer answer;
  answer.receipt = {record.header.ledger, record.header.seq, leaf_hash(record.header, record_hash),
                    record.header.recorded_at};
  answer.recorded = true;
  const auto* refused = record.body.events.empty() ? nullptr : record.body.events.front().as<ActionRefused>();
  if (refused != nullptr) {
    answer.kind = Answer::Kind::refused;
    answer.refusal = {refused->number, refused->refusal, refused->sentence, {}, {}};
  } else {
    answer.kind = Answer::Kind::accepted;
    answer.events = record.body.events;
  }
  return answer;
}

}  // namespace aidledger::ledger
