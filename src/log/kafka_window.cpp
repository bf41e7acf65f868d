#include "src/log/kafka_window.hpp"

#include <algorithm>
#include <utility>

#include "src/world/digest.hpp"

namespace aidledger::log {

std::vector<Entry> KafkaWindow::read(Position from, std::size_t max_bytes) {
  std::vector<Entry> out;
  if (diverged_) return out;
  if (!started_ || from != next_) jump(from);
  std::size_t bytes = 0;
  while (!queue_.empty() && (out.empty() || bytes + queue_.front().batch.size() <= max_bytes)) {
    bytes += queue_.front().batch.size();
    out.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  queued_bytes_ -= bytes;
  if (!out.empty()) next_ = out.back().next;
  return out;
}

bool KafkaWindow::at_end(Position position, std::int64_t now_us) const {
  const bool all_read = started_ && !jump_ && queue_.empty() && position == next_;
  const bool end_known = covered_ >= high_ && now_us - heard_us_ <= end_known_for_us;
  return all_read && end_known && !above_high_.any() && !out_of_range_ && !diverged_;
}

void KafkaWindow::jump(Position to) {
  started_ = true;
  queue_.clear();
  queued_bytes_ = 0;
  jump_ = next_ = covered_ = to;
  heard_us_ = -end_known_for_us - 1;
  out_of_range_ = false;
  above_high_.forget();
  last_.reset();
}

std::optional<Position> KafkaWindow::take_jump() { return std::exchange(jump_, std::nullopt); }

void KafkaWindow::add(Entry entry, Position reaches, std::int64_t now_us) {
  if (jump_ || diverged_ || entry.next <= covered_) return;  // of before the jump
  last_ = sample_of(entry);
  covered_ = entry.next;
  high_ = std::max({high_, reaches, covered_});
  heard_us_ = now_us;
  queued_bytes_ += entry.batch.size();
  queue_.push_back(std::move(entry));
}

void KafkaWindow::ends(Position end, std::int64_t now_us) {
  if (jump_ || diverged_ || end < covered_) return;
  covered_ = end;
  high_ = std::max(high_, end);
  heard_us_ = now_us;
}

void KafkaWindow::heard(Watermarks marks, Position covered_before, std::int64_t now_us) {
  high_ = std::max(high_, marks.high);
  if (!started_ || covered_before > covered_) return;  // a jump came between
  if (covered_before < marks.low)
    return diverge("the topic begins at offset " + std::to_string(marks.low.value) +
                   ", but we have read up to offset " + std::to_string(covered_before.value) +
                   " only: what lies between was deleted");
  if (above_high_.believe(covered_before > marks.high, now_us))
    diverge("the topic ends at offset " + std::to_string(marks.high.value) + ", but we have read up to offset " +
            std::to_string(covered_before.value) + ": it was cut, or made anew");
  if (above_high_.any()) return;
  heard_us_ = now_us;
  if (std::exchange(out_of_range_, false) && !jump_) jump_ = covered_;
}

void KafkaWindow::reaches(Position end) { high_ = std::max(high_, end); }

KafkaWindow::Sample KafkaWindow::sample_of(const Entry& entry) {
  return {entry.next, world::crc32c(entry.batch), entry.batch.size()};
}

void KafkaWindow::diverge(const std::string& why) {
  if (!diverged_) diverged_ = why;
  queue_.clear();
  queued_bytes_ = 0;
}

}  // namespace aidledger::log
