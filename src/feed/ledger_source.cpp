#include "src/feed/ledger_source.hpp"

#include <iterator>

#include "events/values/decode_error.hpp"
#include "src/feed/table_messages.hpp"
#include "src/world/digest.hpp"

namespace aidledger::feed {
namespace {

/// A record that cannot be decoded was passed over by two people, or nobody could read beyond it: it tells nothing.
std::optional<Record> decoded(BytesView bytes) {
  try {
    return decode_record(bytes);
  } catch (const DecodeError&) {
    return std::nullopt;
  }
}

}  // namespace

LedgerSource::LedgerSource(const ledger::Ledger& ledger, const ledger::RecordSource& records, EventTerms terms,
                           std::function<bool()> claimed)
    : ledger_(ledger), records_(records), terms_(std::move(terms)), claimed_(std::move(claimed)) {}

Seq LedgerSource::next_seq() { return view_.emplace(ledger_.view()).next_seq(); }

std::vector<Message> LedgerSource::messages_of(Seq seq) {
  const auto bytes = records_.record(seq);
  const auto record = bytes ? decoded(*bytes) : std::nullopt;
  if (!record) return {};
  const ledger::View after(view_->shared_reader(), seq);
  const auto before = seq == 0 ? std::nullopt : std::optional(ledger::View(view_->shared_reader(), seq - 1));
  return messages_of_record(*record, world::sha256(*bytes), before ? before->rows() : no_rows(), after.rows(), terms_);
}

std::vector<Message> messages_of_record(const Record& record, const Hash& hash, const Rows& before, const Rows& after,
                                        const EventTerms& terms) {
  auto messages = table_messages(record, before, after);
  auto events = event_messages(record, hash, after, terms);
  std::move(events.begin(), events.end(), std::back_inserter(messages));
  return messages;
}

}  // namespace aidledger::feed
