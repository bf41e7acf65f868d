// The writer's part on Kafka: before it dates anything, and from time to time, its clock is held to the broker's.
#include "src/ledger/framing.hpp"
#include "src/ledger/writer.hpp"

namespace aidledger::ledger {

bool Writer::clock_compared() {
  if (!settings_.sign) return true;
  if (clock_compared_us_ && ports_.clock.monotonic_us() - *clock_compared_us_ < clock_compared_for_us) return true;
  compare_clock();
  return false;
}

void Writer::compare_clock() {
  if (const auto why = ports_.log_failing(); !why.empty()) turn_away(why);
  if (!time_question_ && !appending_ && ports_.follower.enrolled(settings_.key)) ask_the_time();
}

/// Kafka tells its time of what it appends, and of nothing else: the last record goes out once more, which is void for
/// every reader, for it is there already.
void Writer::ask_the_time() {
  time_question_ = {last_record_again(), ports_.clock.now(), ports_.clock.monotonic_us()};
  append(time_question_->frame, [this](log::Appended outcome) {
    if (stopped_ || !time_question_) return pump();
    const auto patience_us = outcome == log::Appended::unknown ? retry_append_us : read_back_us;
    ports_.strand.after(patience_us, [this, number = time_questions_] {
      if (number == time_questions_) time_question_.reset();
      pump();
    });
  });
}

/// In a frame of its own, so that its answer is not taken for that to another question.
Bytes Writer::last_record_again() {
  const Seq last = ports_.follower.head().last();
  const Bytes record = ports_.records.record(last).value();
  log::Frame frame = frame_behind(last, decode_header(record).prev_hash, settings_.ledger, settings_.key);
  frame.waiting = ++time_questions_;
  frame.records.push_back(record);
  return sign(log::encode(frame));
}

void Writer::on_read(const log::Entry& entry) {
  const bool answers = time_question_ && entry.batch == time_question_->frame;
  const bool ours = in_flight_ && entry.batch == in_flight_frame_;
  if (entry.appended_at)
    guard_.check_broker(*entry.appended_at, answers ? std::optional(time_question_->sent)
                                            : ours  ? std::optional(in_flight_sent_)
                                                    : std::nullopt);
  if (!answers) return;
  const std::int64_t now_us = ports_.clock.monotonic_us();
  if (now_us - time_question_->sent_us <= promptly_us) clock_compared_us_ = now_us;
  time_question_.reset();
}

}  // namespace aidledger::ledger
