#pragma once
// How the vault's topic has to be set, so that what was destroyed leaves the brokers' files within a bound. A file
// ("segment") is closed when it is an hour old and something comes behind it (TopicVaultSettings::silence_us sees to
// that), and is cleaned then; its tombstones go an hour later, with the next cleaning. With a broker's pauses between
// cleanings this takes some hours; for a broker that is down the time begins when it is back.
#include <array>
#include <string_view>
#include <utility>

namespace aidledger::vault {

inline constexpr auto vault_topic_settings = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"cleanup.policy", "compact"},
    {"min.cleanable.dirty.ratio", "0.01"},  // the topic is small: cleaning it is cheap
    {"min.compaction.lag.ms", "600000"},    // a reader of the whole topic, within ten minutes, sees it as it was
    {"max.compaction.lag.ms", "3600000"},
    {"segment.ms", "3600000"},
    {"delete.retention.ms", "3600000"},
    {"compression.type", "uncompressed"},  // wrapped values take none; whoever wants to can look for one in the files
    // A writer's clock that is wrong would keep a file from being cleaned.
    {"message.timestamp.type", "LogAppendTime"},
});

/// After an erasure: the bound that is shown, with room for a broker that is busy.
inline constexpr int erased_on_brokers_days = 1;

}  // namespace aidledger::vault
