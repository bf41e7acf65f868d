#pragma once
// A node's ledger as a source of messages.
#include "src/feed/event_messages.hpp"
#include "src/feed/publisher.hpp"
#include "src/ledger/ledger.hpp"

namespace aidledger::feed {

class LedgerSource : public FeedSource {
 public:
  /// `records` is where the ledger's records lie. `claimed` says whether the last claim names this node.
  LedgerSource(const ledger::Ledger& ledger, const ledger::RecordSource& records, EventTerms terms,
               std::function<bool()> claimed);

  Seq next_seq() override;
  std::vector<Message> messages_of(Seq seq) override;
  bool claimed_by_us() override { return claimed_(); }

 private:
  const ledger::Ledger& ledger_;
  const ledger::RecordSource& records_;
  EventTerms terms_;
  std::function<bool()> claimed_;
  std::optional<ledger::View> view_;  ///< holds at least the records before next_seq(), as it was said last
};

/// The messages of one record, of rows as they were known before and after it: those of the tables, then its events.
std::vector<Message> messages_of_record(const Record& record, const Hash& hash, const Rows& before, const Rows& after,
                                        const EventTerms& terms);

}  // namespace aidledger::feed
