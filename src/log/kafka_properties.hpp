#pragma once
// librdkafka's settings, one list for each use: all that differs from its defaults, or must not depend on them. Tests
// ask the library whether they are in force.
#include <string>
#include <utility>
#include <vector>

#include "src/log/kafka_settings.hpp"

namespace aidledger::log {

using Properties = std::vector<std::pair<std::string, std::string>>;

/// Of every client. Throws LogFailure (give_up): a file that cannot be read, or a secret that others can read.
Properties connection_properties(const KafkaSettings& settings);
/// Idempotent, acknowledged by all replicas in sync, nothing held back; no transactions.
Properties ledger_producer();
Properties feed_producer(const std::string& transactional_id);
/// Own positions, nothing committed, no jump to another offset, all that the log has whoever wrote it.
Properties ledger_consumer();
/// Skips what was not committed: of the feed.
Properties feed_consumer();

/// After this an append is given up, in doubt.
inline constexpr int message_timeout_ms = 10'000;
inline constexpr int transaction_timeout_ms = 15'000;
/// max.message.bytes of the topics that we make.
inline constexpr int topic_message_bytes = 1'048'588, events_topic_message_bytes = 4'194'304;

}  // namespace aidledger::log
