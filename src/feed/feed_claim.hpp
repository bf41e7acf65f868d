#pragma once
// Which node publishes a ledger's feed: the one that the last claim in the ledger names. A node claims the feed where
// nobody has, or where the one who has lets it stand still.
#include <atomic>
#include <memory>
#include <string>

#include "src/feed/publisher.hpp"
#include "src/feed/standstill.hpp"
#include "src/ledger/ledger.hpp"

namespace aidledger::feed {

/// How long a feed may lag without moving before another node claims it.
inline constexpr std::int64_t feed_patience_us = 30'000'000;

class FeedClaim {
 public:
  /// `node` is the node's name, `key_id` that of its writer key, in hexadecimal.
  FeedClaim(ledger::Ledger& ledger, world::Clock& clock, std::string node, std::string key_id);

  bool ours() const;
  /// Called while it is not ours: claims the feed where that is due.
  void look(FeedPort& port, FeedSource& source);

 private:
  void claim(Seq since);

  ledger::Ledger& ledger_;
  world::Clock& clock_;
  std::string node_, key_id_;
  Standstill standstill_{feed_patience_us};
  std::shared_ptr<std::atomic<bool>> asked_;  ///< a claim is on its way; outlives us with the answer
};

}  // namespace aidledger::feed
