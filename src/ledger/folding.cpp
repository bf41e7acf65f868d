#include "src/ledger/folding.hpp"

#include "events/values/decode_error.hpp"
#include "projections/projection.hpp"
#include "src/rules/engine.hpp"
#include "src/world/digest.hpp"

namespace aidledger::ledger {

Poison::Poison(Seq at, const std::string& why)
    : std::runtime_error("record " + std::to_string(at) + ": " + why), seq(at) {}

Record decode_next(BytesView bytes, const Head& head) {
  try {
    Record record = decode_record(bytes);
    if (record.header.seq != head.next_seq || record.header.prev_hash != head.hash)
      throw Poison(head.next_seq, "its header does not continue the chain");
    return record;
  } catch (const DecodeError& error) {
    throw Poison(head.next_seq, error.what());
  }
}

void Folding::fold(const log::Frame& frame, Head& head, const std::function<void(Record&&, const Hash&)>& seen) {
  for (const BytesView bytes : frame.records) {
    Record record = decode_next(bytes, head);
    rules::fold_record(*state_, record);
    projections::fold_record(*rows_, record);
    rows_->take_fresh([&](const Layer::Change& change) { versions_.note(change, record.header.seq); });
    head.hash = world::sha256(bytes);
    head.next_seq += 1;
    ++folded_;
    head.recorded_at = record.header.recorded_at;
    if (seen) seen(std::move(record), head.hash);
  }
}

void Folding::take_changes(const store::RowSink& sink) {
  folded_ = 0;
  const auto current = [&](const Layer::Change& change) { give_current(change, sink); };
  state_->take_changes(current);  // the numbers of its tables come before those of the read models, history last
  rows_->take_changes(current);
  versions_.take(sink);
}

std::vector<store::RowChange> Folding::take_changes() {
  std::vector<store::RowChange> changes;
  take_changes([&](BytesView key, std::optional<BytesView> value) {
    changes.push_back({Bytes(key), value ? std::optional<Bytes>(*value) : std::nullopt});
  });
  return changes;
}

}  // namespace aidledger::ledger
