#pragma once
// What the public feed consists of: messages in topics, as Kafka has them. Files hold the same.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "events/event.hpp"

namespace aidledger::feed {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Message {
  std::string topic;
  std::string key;
  Headers headers;
  std::optional<Bytes> value;     ///< nothing = a tombstone: the row of that key is gone. Never on the events topic
  std::optional<EventRef> event;  ///< on the events topic: which event it tells
  bool operator==(const Message&) const = default;
};

/// One per ledger, one partition.
std::string events_topic(const std::string& ledger);
/// Shared by all ledgers, compacted.
inline constexpr std::string_view standing_topic = "aidledger.standing.v1";
inline constexpr std::string_view subsidy_topic = "aidledger.subsidy.v1";

}  // namespace aidledger::feed
