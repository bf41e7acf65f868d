// The bytes of a record, as they lie in a log that others can write to.
#include "events/record.hpp"

#include "events/catalogue.hpp"
#include "events/tree_codec.hpp"
#include "events/values/decode_error.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace aidledger::fuzz {

/// A record for each event of the catalogue.
std::vector<Bytes> samples() {
  std::vector<Bytes> all;
  for (const auto* type : all_event_types()) {
    Record record;
    record.header.ledger = "city";
    record.body.action_id = "a-1";
    record.body.actor.roles = {Role::intake};
    Event event;
    event.type = type;
    event.payload = type->sample(3);
    type->objects(event.payload.get(), event.objects);
    record.body.events.push_back(std::move(event));
    all.push_back(encode_record(record));
  }
  return all;
}

/// What can be decoded has one form only, and can be shown.
void look_at(BytesView input) {
  try {
    const Record record = decode_record(input);
    must(encode_record(record) == input, "a record has one form");
    for (const auto& event : record.body.events) to_tree(event);
  } catch (const DecodeError&) {
    // That is how hostile bytes are refused.
  }
}

}  // namespace aidledger::fuzz
