#pragma once
// Which node publishes a ledger's feed: the one that the last claim in the ledger names. A node claims the feed where
// nobody has, or where the one who has lets it stand still.
#include <atomic>
#include <memory>
#include <string>

#include "src/feed/runner.hpp"
#include "src/feed/standstill.hpp"
#include "src/node.hpp"

namespace aidledger {

/// How long a feed may lag without moving before another node claims it.
inline constexpr std::int64_t feed_patience_us = 30'000'000;

class FeedClaim {
 public:
  /// `name` is the node's, `key_id` that of its writer key, in hexadecimal.
  FeedClaim(Node& node, std::string name, std::string key_id);

  bool ours() const;
  /// Called while it is not ours: claims the feed where that is due.
  void look(feed::FeedPort& port, feed::FeedSource& source);

 private:
  void claim(Seq since);

  Node& node_;
  std::string name_, key_id_;
  feed::Standstill standstill_{feed_patience_us};
  std::shared_ptr<std::atomic<bool>> asked_;  ///< a claim is on its way; outlives us with the answer
};

}  // namespace aidledger
