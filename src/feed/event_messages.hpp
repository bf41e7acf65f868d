#pragma once
// From an accepted record to its messages on aidledger.events.<ledger>.v1: CloudEvents 1.0, structured JSON, one
// message per event. A function of the ledger and of these terms alone, so that a rebuilt topic is equal, byte by byte.
//
// Beside the attributes of CloudEvents and its documented extensions (partitioning, sequence, recordedtime,
// correlation, authcontext):
//   caseversion    the event's place in the timeline of its case, 1, 2, 3 ...; absent on an event that does not name
//   the
//                  case itself (a deadline that ran on it)
//   correlationid  the case, where the main object is one
//   leafindex      the record's leaf in the Merkle tree, = seq; leafhash is SHA-256(0x00, leaf data), base64
//   corrects       the id of the event whose data this one replaces
// There is no causationid: a record does not say which of its events led to which. What a decision rests on is in its
// data, by id.
#include <vector>

#include "events/record.hpp"
#include "events/rows.hpp"
#include "src/feed/message.hpp"

namespace aidledger::feed {

struct EventTerms {
  std::string schema_base;  ///< of dataschema: an absolute URI without the last slash
};

/// `rows` hold the timeline up to this record or further: caseversion is counted in them.
std::vector<Message> event_messages(const Record& record, const Hash& record_hash, const Rows& rows,
                                    const EventTerms& terms);

/// "00000000000000000120.000": sorts as the ledger does.
std::string sequence_of(EventRef event);
/// "120.0" as event ids are written; nullopt where it is something else.
std::optional<EventRef> parse_event_id(std::string_view id);

}  // namespace aidledger::feed
