#pragma once
// What a service says of a node in its own log: each change of what keeps the node from taking actions, and alarms.
// Pure: times are of a monotonic clock, in microseconds.
#include <optional>
#include <string>
#include <vector>

#include "src/not_ready.hpp"

namespace aidledger {

/// What lies in the topics and nobody of this ledger wrote: since the start.
struct Intruders {
  std::uint64_t batches = 0;  ///< that no enrolled key signed
  log::Position last_batch;
  std::uint64_t vault_entries = 0;  ///< that our key does not open
};

class Watch {
 public:
  /// Whatever passes sooner is not said, but for a halt.
  static constexpr std::int64_t settled_us = 2'000'000;
  /// Of an alarm that goes on, or of another reason for the same state, one line in this time.
  static constexpr std::int64_t again_us = 60'000'000;

  explicit Watch(std::string ledger) : ledger_(std::move(ledger)) {}

  /// The lines to be said now. `no`: why the node takes no actions; that it has not caught up since its start is said
  /// by CatchingUp. `vault`: the trouble of a vault that nodes share; empty when it is well.
  std::vector<std::string> look(const ledger::Health& health, const std::optional<NotReady>& no,
                                const std::string& vault, const Intruders& intruders, std::int64_t now_us);

 private:
  struct Alarm {
    std::uint64_t said = 0;
    std::optional<std::int64_t> at_us;
    bool due(std::uint64_t count, std::int64_t now_us);
  };
  std::string state(const ledger::Health& health, const std::optional<NotReady>& no, std::int64_t now_us);
  std::string vault(const std::string& trouble, std::int64_t now_us);

  std::string ledger_;
  std::string code_, why_;  ///< as said last; empty: it takes actions
  std::int64_t said_us_ = 0;
  bool took_ = false;  ///< it has taken actions since the start
  std::string seen_;   ///< the code that was seen last, and since when
  std::int64_t seen_us_ = 0;
  std::string vault_said_, vault_seen_;  ///< its trouble, as said last and as seen last
  std::int64_t vault_seen_us_ = 0;
  Alarm batches_, entries_;
};

}  // namespace aidledger
