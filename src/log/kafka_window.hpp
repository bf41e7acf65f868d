#pragma once
// What was fetched of a topic and not read yet, and what is known of where the topic ends. Pure: no broker, no clock,
// no lock. Internal to src/log.
#include <deque>

#include "src/log/log_identity.hpp"

namespace aidledger::log {

/// How long the broker's last word on where the log ends is believed.
inline constexpr std::int64_t end_known_for_us = 3'000'000;

class KafkaWindow {
 public:
  /// `max_bytes`: of batches kept here; one batch more may come on top.
  explicit KafkaWindow(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  // For the reader.

  /// Moves out what is there; from anywhere else than where the last read ended it drops everything and jumps.
  std::vector<Entry> read(Position from, std::size_t max_bytes);
  bool at_end(Position position, std::int64_t now_us) const;
  Position known_end() const { return high_; }

  // For who fetches.

  /// Where to fetch from, once after each jump. Until it was taken nothing is added.
  std::optional<Position> take_jump();
  bool jump_waits() const { return jump_.has_value(); }
  bool wants_more() const { return queued_bytes_ < max_bytes_; }
  /// `reaches`: the high watermark that came with it.
  void add(Entry entry, Position reaches, std::int64_t now_us);
  /// There is nothing between what was fetched and this end.
  void ends(Position end, std::int64_t now_us);
  /// The broker has nothing at our position.
  void out_of_range() { out_of_range_ = true; }
  bool is_out_of_range() const { return out_of_range_; }

  // For who asks the broker.

  /// Up to where everything was fetched: to be noted before the broker is asked.
  Position covered() const { return covered_; }
  void heard(Watermarks marks, Position covered_before, std::int64_t now_us);
  /// The log is at least so long.
  void reaches(Position end);

  /// What was fetched last, to be compared with what the log has there later.
  struct Sample {
    Position next;
    std::uint32_t crc;
    std::size_t size;
    bool operator==(const Sample&) const = default;
  };
  static Sample sample_of(const Entry& entry);
  std::optional<Sample> last() const { return last_; }

  void diverge(const std::string& why);
  const std::optional<std::string>& diverged() const { return diverged_; }

 private:
  void jump(Position to);

  std::size_t max_bytes_, queued_bytes_ = 0;
  std::deque<Entry> queue_;
  bool started_ = false;
  std::optional<Position> jump_;
  Position next_;     ///< where the reader goes on
  Position covered_;  ///< up to where everything was fetched
  Position high_;     ///< the log is at least so long
  std::int64_t heard_us_ = -end_known_for_us - 1;
  bool out_of_range_ = false;
  CutDoubt above_high_;
  std::optional<Sample> last_;
  std::optional<std::string> diverged_;
};

}  // namespace aidledger::log
