#pragma once
// One Kafka topic with one partition as the shared log. A position is the offset of the next message. Who reads, reads
// on: one reader, in order; a jump starts fetching anew. A lost broker is never the end: whoever asks at_end hears no
// until the broker has said so within the last seconds.
#include <memory>

#include "src/log/kafka_settings.hpp"
#include "src/log/log_identity.hpp"

namespace aidledger::log {

class KafkaLog : public SharedLog, public LogIdentity {
 public:
  /// Does not wait for a broker: it keeps trying, failing() says why nothing comes. Throws LogFailure (give_up) when
  /// the settings cannot be right: an unreadable file, an unknown mechanism.
  explicit KafkaLog(const KafkaSettings& settings);
  /// Appends that are in flight are answered `unknown` before it returns.
  ~KafkaLog() override;

  /// `unknown` = not known, whatever the reason; then the producer is a new one. Answered on a thread of the log's, 15
  /// s later at most. std::logic_error while another is in flight.
  void append(Bytes batch, std::function<void(Appended)> done) override;
  std::vector<Entry> read(Position from, std::size_t max_bytes) override;
  /// Also woken when at_end or diverged may have changed.
  void on_readable(std::function<void()> wake) override;
  /// All that was read up to the high watermark, which the broker confirmed within the last 3 seconds.
  bool at_end(Position position) override;
  Position known_end() override;

  std::string cluster_id() override;
  Watermarks watermarks() override;
  std::optional<Entry> entry_at(Position position) override;
  std::optional<std::string> diverged() const override;

  /// One sentence on what keeps the log from being read or appended to now; empty when nothing does.
  std::string failing() const;
  /// Producers given up and made anew since the start: for /metrics.
  std::uint64_t producers_dropped() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace aidledger::log
