#pragma once
// The chain as an outsider sees it: every batch that could be read, judged by the one rule that matters, whoever
// appended it. The measure of what each node holds.
#include "src/ledger/record_source.hpp"
#include "src/log/frame.hpp"
#include "src/log/segment_format.hpp"
#include "src/world/digest.hpp"

namespace aidledger::simulation {

class Chain : public ledger::RecordSource {
 public:
  void take(BytesView batch) {
    const auto frame = log::parse(batch);
    if (!frame || frame->first_seq != records.size() || frame->prev_hash != head().hash) return;
    last_batch_ = records.size();
    for (const auto bytes : frame->records) {
      records.emplace_back(bytes);
      hashes.push_back(world::sha256(bytes));
    }
  }
  log::Head head() const { return {records.size(), records.empty() ? Hash{} : hashes.back()}; }
  /// The seq with which the last batch began.
  Seq last_batch() const { return last_batch_; }
  /// Records from `seq` on are gone, and that is allowed.
  void cut(Seq seq) {
    records.resize(seq);
    hashes.resize(seq);
  }
  std::optional<Bytes> record(Seq seq) const override {
    return seq < records.size() ? std::optional(records[seq]) : std::nullopt;
  }

  std::vector<Bytes> records;
  std::vector<Hash> hashes;

 private:
  Seq last_batch_ = 0;
};

}  // namespace aidledger::simulation
