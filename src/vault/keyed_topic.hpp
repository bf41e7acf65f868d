#pragma once
// A compacted topic, as far as the vault needs one (topic_vault.hpp): names and values in one order, the last value of
// a name stays. A port: memory in tests, Kafka in src/kafka_vault_topic.hpp. Values come wrapped already.
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "events/values/bytes.hpp"

namespace aidledger::vault {

/// The topic was cut, or made anew: another one than was read so far. The next reading begins with its first entry.
struct TopicReplaced : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One thread may be in put while another is in read_to_end; neither is entered by two at once.
class KeyedTopic {
 public:
  /// A name and its value; nullopt is a tombstone.
  using Entries = std::vector<std::pair<std::string, std::optional<Bytes>>>;
  using Visit = std::function<void(std::string_view name, std::optional<BytesView> value)>;

  virtual ~KeyedTopic() = default;
  /// All of them durable, in this order, and read back when it returns: a read_to_end that begins later visits them.
  /// Others' entries may stand between them. Throws std::runtime_error otherwise; then any of them may be in the topic,
  /// or come into it later, also twice.
  virtual void put(Entries entries) = 0;
  /// Visits, in the topic's order, what came since the last call, up to what was the end when it was called: at the
  /// first call everything that compaction has left. Own entries are visited like others'. Throws std::runtime_error
  /// when the topic cannot be read to there; the next call goes on behind what was visited, unless it was
  /// TopicReplaced.
  virtual void read_to_end(const Visit& visit) = 0;
};

}  // namespace aidledger::vault
