#pragma once
// Turns between the nodes that write one ledger: a courtesy on which nothing depends. Every batch, lost ones included,
// says how many actions its writer still has waiting. Writers seen waiting, or seen writing at the same moment as
// another, go round by key id; whose turn it is not holds back after the last accepted batch, so that void
// batches are rare and the slower node is served. Who lets its turn pass leaves the round.
#include <map>
#include <optional>

#include "src/log/frame.hpp"

namespace aidledger::ledger {

/// How long a turn is left to whoever has it: twice as long as our own last batch took, from the first decision to its
/// acceptance; three times as long as before once a batch was in vain, for somebody needs more, and from then on a
/// 32nd less after each batch of our own. Within these bounds.
inline constexpr std::int64_t shortest_turn_us = 20'000, longest_turn_us = 500'000;

class Turns {
 public:
  explicit Turns(const log::KeyId& own) : own_(own) {}

  /// We begin to decide what our next batch will hold.
  void begun(std::int64_t now_us) { begun_at_us_ = now_us; }
  /// A batch was accepted at `now_us` (monotonic); its writer had so many actions waiting.
  void accepted(const log::KeyId& writer, std::uint32_t waiting, std::int64_t now_us);
  /// Another writer's batch came too late: it has its actions, and those that wait, still to bring in.
  void lost(const log::KeyId& writer, std::uint32_t waiting);
  /// Another writer's batch came before our own.
  void beaten_by(const log::KeyId& writer);
  /// Whether others are in the round: then what is decided ahead would be decided in vain.
  bool contended() const { return !waiting_.empty(); }
  /// How long to hold back, before looking again; 0 = go. For who has something to write.
  std::int64_t wait_us(std::int64_t now_us);
  /// Whose batch was accepted last; nothing before the first.
  const std::optional<log::KeyId>& last() const { return last_; }
  std::int64_t last_at_us() const { return last_at_us_; }

 private:
  const log::KeyId& next() const;
  void skip_to(const log::KeyId& writer);
  void leave(std::int64_t us);

  log::KeyId own_;
  std::optional<log::KeyId> last_;
  std::int64_t last_at_us_ = 0;
  std::optional<std::int64_t> begun_at_us_;
  std::int64_t turn_us_ = shortest_turn_us;
  std::int64_t passed_ = 0;                      ///< turns that were not used since the last accepted batch
  std::map<log::KeyId, std::uint32_t> waiting_;  ///< the round: other writers' actions, as they said last
};

}  // namespace aidledger::ledger
