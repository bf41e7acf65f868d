#pragma once
// Whether a feed that another node publishes stands still while the ledger goes on: then that node is gone, and another
// may claim the feed. A wrong guess does no harm: the older publisher is fenced, and what is published stays the same.
#include "src/feed/feed_port.hpp"

namespace aidledger::feed {

class Standstill {
 public:
  /// `patience_us`: how long the feed may lag without moving, in microseconds.
  explicit Standstill(std::int64_t patience_us) : patience_us_(patience_us) {}

  /// True when the tail has stayed where it is, behind the ledger, for as long as patience lasts. `now_us` only grows.
  bool seen(const Tail& tail, Seq next_seq, std::int64_t now_us) {
    const bool behind = tail.known && (tail.last ? tail.last->seq + 1 : 0) < next_seq;
    if (!behind || tail.last != last_ || !since_) since_ = now_us;
    last_ = tail.last;
    return behind && now_us - *since_ >= patience_us_;
  }

 private:
  std::int64_t patience_us_;
  std::optional<EventRef> last_;
  std::optional<std::int64_t> since_;
};

}  // namespace aidledger::feed
