#pragma once
// Turns between the nodes that write one ledger: a courtesy on which nothing depends. Every batch, lost ones included,
// says how many actions its writer still has waiting. Writers seen waiting go round by key id; whose turn it is not
// holds back after the last accepted batch, so that void batches are rare and the slower node is served.
#include <map>
#include <optional>

#include "src/log/frame.hpp"

namespace aidledger::ledger {

/// For so long a turn is left to whoever has it: twice as long as our own last batch took, within these bounds.
inline constexpr std::int64_t shortest_turn_us = 20'000, longest_turn_us = 500'000;

class Turns {
 public:
  explicit Turns(const log::KeyId& own) : own_(own) {}

  // `now_us` is monotonic.

  /// Our batch goes out. Writers who had their turn before us and did not use it are forgotten until heard of again:
  /// they may be gone.
  void launched(std::int64_t now_us);
  /// A batch was accepted; its writer had so many actions waiting.
  void accepted(const log::KeyId& writer, std::uint32_t waiting, std::int64_t now_us);
  /// A signed batch came too late: its writer has its actions, and those that wait, still to bring in.
  void lost(const log::KeyId& writer, std::uint32_t waiting);
  /// Whether others have something waiting: then what is decided ahead would be decided in vain.
  bool contended() const { return !waiting_.empty(); }
  /// How long to hold back from now on; 0 = go.
  std::int64_t wait_us(std::int64_t now_us) const;
  /// Whose batch was accepted last; nothing before the first.
  const std::optional<log::KeyId>& last() const { return last_; }
  std::int64_t last_at_us() const { return last_at_us_; }

 private:
  using Waiting = std::map<log::KeyId, std::uint32_t>;
  bool before_own(const log::KeyId& key) const;

  log::KeyId own_;
  std::optional<log::KeyId> last_;
  std::int64_t last_at_us_ = 0;
  std::optional<std::int64_t> launched_at_us_;
  std::int64_t turn_us_ = shortest_turn_us;
  Waiting waiting_;  ///< other writers' actions, as they said last; none at 0
};

}  // namespace aidledger::ledger
