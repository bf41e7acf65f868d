#pragma once
// From accepted batches to rows: the one path by which rows come to be, live, after a crash and in a rebuild.
#include <functional>
#include <optional>

#include "events/record.hpp"
#include "src/ledger/head.hpp"
#include "src/ledger/stored_rows.hpp"
#include "src/log/frame.hpp"

namespace aidledger::ledger {

/// An accepted record that cannot be decoded or does not chain: the ledger halts (POISON).
struct Poison : std::runtime_error {
  Poison(Seq at, const std::string& why);
  Seq seq;
};

/// The record that continues `head`. Throws Poison.
Record decode_next(BytesView bytes, const Head& head);

/// Folds records over `below`; nothing is written until somebody takes the changes.
class Folding {
 public:
  explicit Folding(const Rows& below) { begin_over(below); }

  /// Decodes and folds the records of an accepted frame, moving `head` on. Throws Poison. `seen` (may be empty) gets
  /// each decoded record.
  void fold(const log::Frame& frame, Head& head, const std::function<void(Record&&, const Hash&)>& seen);
  /// What changed since the last call, as rows to store, in order of their keys. The layers stay, as a cache of what
  /// has been folded.
  void take_changes(const store::RowSink& sink);
  /// Forgets the layers, for memory is bounded: `below` holds what was taken of them. What was not is lost.
  void begin_over(const Rows& below) {
    state_.emplace(below);
    rows_.emplace(below);
  }
  std::vector<store::RowChange> take_changes();
  /// Rows for the rules, as folded so far.
  const Rows& state() const { return *state_; }
  /// About how many rows the next take_changes will give.
  std::size_t pending_rows() const { return versions_.size() + 3 * folded_; }

 private:
  std::size_t folded_ = 0;      ///< records since the last take_changes
  std::optional<Layer> state_;  ///< rows for the rules
  std::optional<Layer> rows_;   ///< rows of the read models
  Versions versions_;
};

}  // namespace aidledger::ledger
