#pragma once
// A compacted topic as a table of names and values, one partition. What is put is durable on the replicas in sync and
// was read back when put returns. One thread may put while another reads to the end; each call waits for the broker.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/values/bytes.hpp"
#include "events/values/time.hpp"
#include "src/log/kafka_settings.hpp"
#include "src/log/log_identity.hpp"

namespace aidledger::log {

/// The topic ends before what was read of it, or is not there any more: it was cut, or is being made anew.
struct TableReplaced : LogFailure {
  using LogFailure::LogFailure;
};

class KafkaTable {
 public:
  using Visit = std::function<void(std::string_view name, std::optional<BytesView> value)>;

  /// `settings.topic` is the table's. Throws LogFailure (give_up) when the settings cannot be right.
  explicit KafkaTable(const KafkaSettings& settings);
  ~KafkaTable();

  /// No value erases the name. Gives the broker's time of the last of them, where the topic has it. Throws LogFailure
  /// when it could not be done within 30 s; then it may have been done all the same, in part or whole: putting it again
  /// is harmless.
  std::optional<Instant> put(const std::vector<std::pair<std::string, std::optional<Bytes>>>& entries);
  /// Everything from where the last call stopped up to the high watermark at this call, in order. What `visit` throws
  /// is thrown on; the next call begins with the entry that it was thrown for. Throws LogFailure; after TableReplaced
  /// the next call begins anew.
  void read_to_end(const Visit& visit);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace aidledger::log
