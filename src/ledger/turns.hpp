#pragma once
// Turns between the nodes that write one ledger: a courtesy on which nothing depends. Every batch, lost ones included,
// says how many actions its writer still has waiting. Writers seen waiting go round by key id; whose turn it is not
// holds back for a moment after the last accepted batch, so that void batches are rare and the slower node is served.
#include <map>
#include <optional>

#include "src/log/frame.hpp"

namespace aidledger::ledger {

inline constexpr std::int64_t hold_back_us = 20'000;

class Turns {
 public:
  explicit Turns(const log::KeyId& own) : own_(own) {}

  /// A batch was accepted at `now_us` (monotonic); its writer had so many actions waiting.
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
  const log::KeyId& next() const;

  log::KeyId own_;
  std::optional<log::KeyId> last_;
  std::int64_t last_at_us_ = 0;
  std::map<log::KeyId, std::uint32_t> waiting_;  ///< other writers' actions, as they said last; none at 0
};

}  // namespace aidledger::ledger
