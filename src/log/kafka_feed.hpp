#pragma once
// The producer of the public feed: transactions, so that of two publishers with one id the older is fenced. Every call
// waits for the broker: for a thread of the publisher's own. After anything but `done` the producer is gone: init
// again, with a pause, and go on from the tail.
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "events/values/bytes.hpp"
#include "src/log/kafka_settings.hpp"
#include "src/log/log_identity.hpp"

namespace aidledger::log {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct FeedMessage {
  std::string topic;
  std::string key;
  Headers headers;
  std::optional<Bytes> value;  ///< nothing = a tombstone
};

/// Key, value and headers. The largest event of the largest record, told in full, stays below 2 MiB.
inline constexpr std::size_t max_feed_message_bytes = 4'000'000;

enum class Published {
  done,     ///< all of it is there; readers of committed messages see it a moment later
  unknown,  ///< all of it or nothing; the tail tells
  fenced,   ///< perhaps by another publisher, perhaps the broker gave up on us: look at the claim, then init
};

class KafkaFeed {
 public:
  /// `settings.topic` is not used. Throws LogFailure (give_up) when the settings cannot be right.
  explicit KafkaFeed(const KafkaSettings& settings);
  ~KafkaFeed();

  /// Fences whoever has this id and ends what it left open; after that the tail is what it has published. Throws
  /// LogFailure; waits 60 s at most.
  void init(const std::string& transactional_id);
  /// In one transaction, all or nothing; waits 20 s at most. A message over the bound is never sent: `unknown`, and
  /// failing() says so. std::logic_error before init.
  Published publish(const std::vector<FeedMessage>& messages);
  /// The last message of partition 0 that was committed, right after init all that was published before; nothing where
  /// there is none. Throws LogFailure.
  std::optional<FeedMessage> tail(const std::string& topic);
  /// Throws LogFailure when nobody says.
  bool is_there(const std::string& topic);
  /// Why the last publish was not done; empty when it was.
  std::string failing() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace aidledger::log
