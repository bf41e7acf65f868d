#pragma once
// Histories told as the feed tells them: record by record, over rows folded beside.
#include "events/rows.hpp"
#include "projections/projection.hpp"
#include "src/feed/ledger_source.hpp"
#include "src/json/json.hpp"
#include "src/world/digest.hpp"

namespace aidledger::feed::testing {

inline const EventTerms terms{"https://aidledger.cn/schemas"};

inline Hash hash_of(const Record& record) { return world::sha256(encode_record(record)); }

/// Everything that the records tell, in order.
inline std::vector<Message> told(const std::vector<Record>& records) {
  std::vector<Message> out;
  Layer before(no_rows()), after(no_rows());
  for (const auto& record : records) {
    projections::fold_record(after, record);
    const auto messages = messages_of_record(record, hash_of(record), before, after, terms);
    out.insert(out.end(), messages.begin(), messages.end());
    projections::fold_record(before, record);
  }
  return out;
}

inline Tree value_of(const Message& message) {
  const auto parsed = json::parse(message.value.value());
  if (!parsed) throw std::runtime_error("not JSON: " + *message.value);
  return *parsed;
}

/// A record of one event of that type, from its declaration's sample.
inline Record sample_record(const EventType& type, int n, Seq seq) {
  Record record;
  record.header.ledger = "3101";
  record.header.seq = seq;
  record.header.recorded_at = *parse_instant("2024-02-10T01:00:03.120417Z");
  record.body.actor = {"clerk-3", {Role::supervisor}, "the centre", "d-1", ""};
  Event event;
  event.type = &type;
  event.occurred_at = *parse_instant("2024-02-10T01:00:00Z");
  event.payload = type.sample(n);
  type.objects(event.payload.get(), event.objects);
  record.body.events.push_back(std::move(event));
  return record;
}

inline Message sample_message(const EventType& type, int n, Seq seq) {
  const Record record = sample_record(type, n, seq);
  Layer rows(no_rows());
  projections::fold_record(rows, record);
  return event_messages(record, hash_of(record), rows, terms).front();
}

}  // namespace aidledger::feed::testing
