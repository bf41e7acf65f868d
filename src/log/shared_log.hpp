#pragma once
// A shared ordered log of batches, as the writer and the follower see it. The embedded ledger files are the case with
// one writer; Kafka is the other. Guarantees: entries are read in one order that is the same for every reader and never
// changes; what `append` answered `done` for is in it (once or more) and durable. Not guaranteed: that `unknown` was
// not appended, that an entry appears once, that a done entry was accepted (only reading back and judging tells), or
// that nobody else appends in between.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "events/values/bytes.hpp"
#include "events/values/time.hpp"

namespace aidledger::log {

/// A place to read on from. 0 = the beginning. Never identity: two nodes' positions of one batch may differ.
struct Position {
  std::uint64_t value = 0;
  auto operator<=>(const Position&) const = default;
};

enum class Appended {
  done,
  unknown,
  no_room,  ///< of this attempt nothing can come to be in the log: the disk took nothing more
};

struct Entry {
  Position next;                       ///< where to read on after this entry
  Bytes batch;                         ///< one frame (src/log/frame.hpp)
  std::optional<Instant> appended_at;  ///< the broker's time, where there is one
};

class SharedLog {
 public:
  virtual ~SharedLog() = default;
  /// Answers once, later, on any thread. The caller keeps one append in flight.
  virtual void append(Bytes batch, std::function<void(Appended)> done) = 0;
  /// What is there now from `from` on, at most about `max_bytes` (at least one entry if there is one). Never waits.
  /// Only what is durable.
  virtual std::vector<Entry> read(Position from, std::size_t max_bytes) = 0;
  /// Called (any thread) whenever more may be readable.
  virtual void on_readable(std::function<void()> wake) = 0;
  /// True when `position` is the end as far as can be known now.
  virtual bool at_end(Position position) = 0;
  /// Up to where the log is known to go; the beginning while nothing is known. Never less than before.
  virtual Position known_end() { return {}; }
};

/// What helps where the world fails.
enum class Remedy {
  retry,    ///< trying on
  mend,     ///< somebody has to mend something at the brokers: trying on finds it mended
  give_up,  ///< nothing but another setting, or another request
};

}  // namespace aidledger::log
