#pragma once
// Publishes a ledger's feed: in order, gapless by sequence, at most duplicated, never lost, through any crash. It keeps
// nothing but the topic's own tail: what follows it in the ledger comes next. A table's topic that was lost is told
// anew from the beginning, before that. One thread calls step().
#include "src/feed/feed_port.hpp"

namespace aidledger::feed {

/// The ledger as the publisher sees it. `next_seq` grows; the messages of a record are always the same.
class FeedSource {
 public:
  virtual ~FeedSource() = default;
  /// Records before this one can be read.
  virtual Seq next_seq() = 0;
  /// The messages of an accepted record: those of the tables, then its events.
  virtual std::vector<Message> messages_of(Seq seq) = 0;
  /// The last claim in the ledger names this node.
  virtual bool claimed_by_us() = 0;
};

enum class Step {
  published,  ///< there may be more
  idle,       ///< everything there is has been published
  not_ours,   ///< another node publishes
  trouble,    ///< the port says what (failing()): wait, then step again
  doubt,  ///< as trouble, amid a publish: perhaps another node publishes now. Wait until its claim can have been read
};

/// Bounds of one publish: whole records, so that one record may exceed them alone.
inline constexpr std::size_t max_messages_at_once = 500;
inline constexpr std::size_t max_bytes_at_once = 512 * 1024;
/// So many records are looked through in one step, though nothing of them is to be told.
inline constexpr Seq max_records_at_once = 10'000;

class Publisher {
 public:
  Publisher(FeedSource& source, FeedPort& port) : source_(source), port_(port) {}

  [[nodiscard]] Step step();
  /// The next record to publish; 0 until the tail has been read.
  Seq next() const { return next_; }
  /// How often a publish was refused because somebody else has taken over, or seems to have.
  std::uint64_t fenced() const { return fenced_; }

 private:
  bool follow_the_tail();
  std::vector<Message> gather(Seq& next);
  std::vector<Message> rest_of(Seq seq);
  bool in_the_tail(const Message& message) const { return message.event && *message.event <= *tail_; }

  FeedSource& source_;
  FeedPort& port_;
  bool following_ = false;
  Seq next_ = 0;
  std::uint64_t fenced_ = 0;
  std::optional<EventRef> tail_;  ///< what had been published when this one took over
  std::set<std::string> lost_;    ///< topics without what was told there up to the tail
};

}  // namespace aidledger::feed
