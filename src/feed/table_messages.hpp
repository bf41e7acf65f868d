#pragma once
// What a record changes in the table topics: one message per undertaker or case whose flat row
// (src/feed/table_rows.hpp) is another after the record than before it, a tombstone where it is gone. A row also says
// its ledger and the seq and time of the record that changed it last. A function of the ledger alone: told again, the
// messages are the same, so that a table built from the topic up to a record equals the read model as known at that
// record.
#include "events/record.hpp"
#include "events/rows.hpp"
#include "src/feed/message.hpp"

namespace aidledger::feed {

/// `before` and `after`: the rows of the read models as known just before and just after the record.
std::vector<Message> table_messages(const Record& record, const Rows& before, const Rows& after);

/// JSON Schema of the rows of a table topic (of "payload"), for documents.
Tree standing_row_schema();
Tree subsidy_row_schema();

}  // namespace aidledger::feed
