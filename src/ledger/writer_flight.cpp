// The writer's part from the launch of a batch to the answers: one is in flight, sent until the log has shown some
// batch in its place; then its actions are answered, or decided anew.
#include <algorithm>

#include "src/ledger/writer.hpp"
#include "src/world/digest.hpp"

namespace aidledger::ledger {

void Writer::launch() {
  if (building_->empty()) {
    tell_held(*building_);
    building_.reset();
    return;
  }
  in_flight_ = std::move(building_);
  in_flight_frame_ = signed_frame();
  in_doubt_ = false;
  in_flight_sent_ = ports_.clock.now();
  append_in_flight();
  ports_.follower.foresee(in_flight_frame_);
}

Bytes Writer::signed_frame() const {
  Bytes frame = in_flight_->frame(settings_.ledger, settings_.key, static_cast<std::uint32_t>(arrivals_.size()));
  return settings_.sign ? sign(std::move(frame)) : frame;
}

Bytes Writer::sign(Bytes frame) const {
  const Bytes signature = settings_.sign(log::signed_part(frame).part);
  return log::with_signature(std::move(frame), signature);
}

/// The same bytes, until some batch with that first seq has been accepted.
void Writer::append_in_flight() {
  append(in_flight_frame_, [this, number = ++append_number_](log::Appended outcome) {
    if (stopped_) return;
    if (number != append_number_ || !in_flight_) return pump();
    if (outcome == log::Appended::no_room && !in_doubt_) {
      no_room_ = true;
      return give_up(ports_.log_failing(), Answer::Kind::unavailable);
    }
    in_doubt_ = true;
    append_again_after(outcome == log::Appended::done ? read_back_us : retry_append_us, number);
  });
}

/// `then` is called on the strand. What was appended may have been read back long before.
void Writer::append(Bytes frame, std::function<void(log::Appended)> then) {
  appending_ = true;
  ports_.log.append(std::move(frame), [this, then = std::move(then)](log::Appended outcome) {
    ports_.strand.post([this, then, outcome] {
      appending_ = false;
      if (!aside_.empty()) append_aside(std::exchange(aside_, {}));
      then(outcome);
    });
  });
}

void Writer::append_aside(Bytes frame) {
  if (appending_)
    aside_ = std::move(frame);
  else
    append(std::move(frame), [this](log::Appended) { pump(); });
}

void Writer::append_again_after(std::int64_t us, std::uint64_t number) {
  ports_.strand.after(us, [this, number] {
    if (number == append_number_ && in_flight_ && !appending_ && !stopped_) append_in_flight();
  });
}

void Writer::on_voided(const Verdict& verdict) {
  if (verdict.honest)
    turns_.lost(verdict.frame.writer_key,
                verdict.frame.waiting + static_cast<std::uint32_t>(verdict.frame.records.size()));
}

void Writer::on_accepted(const AcceptedBatch& batch) {
  const auto& records = batch.records;
  turns_.accepted(batch.writer, batch.waiting, ports_.clock.monotonic_us());
  if (std::any_of(records.begin(), records.end(),
                  [](const AcceptedRecord& one) { return adopts(one.record.body.events); }))
    books_.refresh(ports_.follower.rows());
  if (!in_flight_) {
    if (building_) decide_again();
    return;
  }
  const bool ours = in_flight_->first_seq() == batch.first && in_flight_->records.size() == records.size() &&
                    in_flight_->head().hash == records.back().hash;
  if (!ours) {
    turns_.beaten_by(batch.writer);
    return decide_again();
  }
  answer_in_flight(records);
}

/// Many batches were folded at once: ours may be among them.
void Writer::on_caught_up() {
  books_.refresh(ports_.follower.rows());
  if (!in_flight_) {
    if (building_) decide_again();
    return;
  }
  std::vector<AcceptedRecord> records;
  for (Seq seq = in_flight_->first_seq(); seq < in_flight_->head().next_seq; ++seq)
    if (const auto bytes = ports_.records.record(seq))
      records.push_back({decode_record(*bytes), world::sha256(*bytes)});
  const bool ours = records.size() == in_flight_->records.size() && records.back().hash == in_flight_->head().hash;
  if (ours) answer_in_flight(records);
  const Batch* const oldest = in_flight_ ? in_flight_.get() : building_.get();
  if (oldest != nullptr && oldest->first_seq() != ports_.follower.head().next_seq) decide_again();
}

void Writer::answer_in_flight(const std::vector<AcceptedRecord>& records) {
  const Seq first = in_flight_->first_seq();
  const auto done = std::move(in_flight_);
  if (building_) building_->state.rebase(ports_.follower.rows());
  for (std::size_t i = 0; i < records.size(); ++i) done->asked[i].answer(answer_of(records[i].record, records[i].hash));
  for (auto& [seq, answer] : done->copies) {
    Answer again = answer_of(records[seq - first].record, records[seq - first].hash);
    again.replayed = true;
    answer(again);
  }
  tell_held(*done);
}

void Writer::tell_held(Batch& batch) {
  for (auto& [asked, answer] : batch.held) asked.answer(answer);
  batch.held.clear();
}

/// A rival's batch came first: everything decided on the lost state is decided anew, in the order in which it was
/// asked.
void Writer::decide_again() {
  std::deque<Asked> again;
  for (auto* batch : {in_flight_.get(), building_.get()}) {
    if (batch == nullptr) continue;
    const std::size_t base = again.size();
    for (auto& asked : batch->asked) again.push_back(std::move(asked));
    for (auto& [asked, answer] : batch->held) again.push_back(std::move(asked));
    for (auto& [seq, answer] : batch->copies) {
      Asked copy = again[base + seq - batch->first_seq()];
      copy.answer = std::move(answer);
      again.push_back(std::move(copy));
    }
  }
  in_flight_.reset();
  building_.reset();
  ++append_number_;
  for (auto asked = again.rbegin(); asked != again.rend(); ++asked) arrivals_.push_front(std::move(*asked));
}

Answer Writer::replay(Seq seq) const {
  const auto bytes = ports_.records.record(seq);
  if (!bytes) return unavailable("record " + std::to_string(seq) + " cannot be read");
  Answer answer = answer_of(decode_record(*bytes), world::sha256(*bytes));
  answer.replayed = true;
  return answer;
}

void Writer::on_halted() {
  stop("halted: " + std::string(code_of(ports_.follower.halt())) + ", " + ports_.follower.halted_why());
}

void Writer::stop(const std::string& why) {
  stopped_ = true;
  stopped_why_ = why;
  give_up(why, Answer::Kind::unknown);
}

/// Everything that waits is told so, and `sent` of what was given to the log.
void Writer::give_up(const std::string& why, Answer::Kind sent) {
  Answer of_sent = unavailable(why);
  of_sent.kind = sent;
  for (auto* batch : {in_flight_.get(), building_.get()}) {
    if (batch == nullptr) continue;
    for (auto& asked : batch->asked) asked.answer(batch == in_flight_.get() ? of_sent : unavailable(why));
    for (auto& [seq, answer] : batch->copies) answer(of_sent);
    for (auto& [asked, answer] : batch->held) asked.answer(unavailable(why));
  }
  in_flight_.reset();
  building_.reset();
  turn_away(why);
}

}  // namespace aidledger::ledger
