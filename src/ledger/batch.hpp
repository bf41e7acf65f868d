#pragma once
// Records decided and not yet accepted: their bytes, and a layer with what they change, so that the next action is
// decided on top of them.
#include <vector>

#include "src/ledger/asked.hpp"
#include "src/ledger/head.hpp"
#include "src/log/frame.hpp"

namespace aidledger::ledger {

/// Whether a policy or a calendar is among these: what follows is decided by it.
bool adopts(const std::vector<Event>& events);

class Batch {
 public:
  /// Continues `head` (of the log, or of the batch before); reads go to `below`.
  Batch(const Head& head, const Rows& below) : state(below), first_(head), head_(head) {
    records.reserve(often_enough);
    asked.reserve(often_enough);
  }

  /// Adds a record if it fits the bounds of a batch.
  bool fits(std::size_t record_bytes) const;
  void add(Bytes record, const Hash& hash, Instant recorded_at, Asked asked);
  /// The frame's bytes. Call once records are in.
  Bytes frame(const std::string& ledger, const log::KeyId& key, std::uint32_t waiting) const;

  const Head& head() const { return head_; }
  Seq first_seq() const { return first_.next_seq; }
  bool empty() const { return records.empty(); }

  Layer state;
  std::vector<Bytes> records;
  std::vector<Asked> asked;                      ///< one per record
  std::vector<std::pair<Seq, AnswerTo>> copies;  ///< retries that arrived meanwhile: they get the record's answer too
  std::vector<std::pair<Asked, Answer>> held;    ///< told no on this batch's state: not before it has been accepted
  bool closed = false;  ///< a policy or calendar was adopted: what follows is decided after the commit

 private:
  static constexpr std::size_t often_enough = 64;  ///< records, before they are moved to a larger place

  Head first_, head_;
  std::size_t bytes_ = 0;
};

}  // namespace aidledger::ledger
