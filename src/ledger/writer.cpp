#include "src/ledger/writer.hpp"

#include <algorithm>

#include "events/governance.hpp"
#include "events/values/decode_error.hpp"
#include "src/world/digest.hpp"
#include "src/world/sabotage.hpp"

namespace aidledger::ledger {
namespace {

Answer unavailable(std::string why) {
  Answer answer;
  answer.kind = Answer::Kind::unavailable;
  answer.detail = std::move(why);
  return answer;
}

Answer refused(rules::Refusal refusal) {
  Answer answer;
  answer.kind = Answer::Kind::refused;
  answer.refusal = std::move(refusal);
  return answer;
}

Answer conflict() {
  Answer answer;
  answer.kind = Answer::Kind::conflict;
  answer.detail = "this action id came before with another request";
  return answer;
}

bool adopts(const std::vector<Event>& events) {
  return std::any_of(events.begin(), events.end(), [](const Event& event) {
    return event.as<PolicyAdopted>() || event.as<PolicyRepealed>() || event.as<CalendarAdopted>();
  });
}

std::array<std::uint8_t, 16> salt_from(world::Random& random) {
  std::array<std::uint8_t, 16> salt{};
  const Bytes bytes = random.bytes(salt.size());
  std::copy(bytes.begin(), bytes.end(), salt.begin());
  return salt;
}

/// Idempotency is per principal: no other caller can use an id up.
std::string dedupe_key(const rules::Request& request) {
  return rules::answer_key(world::sabotaged(world::Sabotage::global_action_id) ? "" : request.principal,
                           request.action_id);
}

}  // namespace

Writer::Writer(WriterPorts ports, WriterSettings settings)
    : ports_(std::move(ports)),
      settings_(std::move(settings)),
      books_(ports_.parsers),
      guard_(ports_.clock),
      turns_(settings_.key) {
  began_ = ports_.follower.head().next_seq;
  books_.refresh(ports_.follower.rows());
  if (!settings_.demonstration && !ports_.follower.head().empty())
    guard_.check_start(ports_.follower.head().recorded_at);
}

void Writer::ask(Asked asked) {
  if (stopped_) return asked.answer(unavailable(stopped_why_));
  if (arrivals_.size() >= max_waiting_actions) return asked.answer(unavailable("too many actions are waiting"));
  arrivals_.push_back(std::move(asked));
}

const Head& Writer::tip() const {
  return building_ ? building_->head() : in_flight_ ? in_flight_->head() : ports_.follower.head();
}

Batch& Writer::building() {
  if (!building_)
    building_ = std::make_unique<Batch>(
        tip(), in_flight_ ? static_cast<const Rows&>(in_flight_->state) : ports_.follower.rows());
  return *building_;
}

void Writer::pump() {
  if (stopped_) return;
  if (ports_.follower.halt() != Halt::none) return on_halted();
  if (const auto& why = ports_.follower.blocked(); !why.empty()) return turn_away(why);
  if (!guard_.trusted()) return turn_away("CLOCK_SUSPECT: " + guard_.finding());
  if (disk_full()) return turn_away(ports_.log_failing());
  const bool read_to_the_end = ports_.follower.at_end() || world::sabotaged(world::Sabotage::decide_before_the_end);
  if (!in_flight_ && !read_to_the_end) {  // who has not read to the end does not decide
    if (const auto why = ports_.log_failing(); !why.empty()) turn_away(why);
    return;
  }
  if (settings_.sign && !arrivals_.empty() && !ports_.follower.enrolled(settings_.key))
    return turn_away("this node's key is not enrolled: aidledger node enrol");
  if (!in_flight_ && !clock_compared()) return;
  if (in_flight_ ? turns_.contended() : hold_back()) return;
  const bool books_stale = (in_flight_ && in_flight_->closed) || (building_ && building_->closed);
  if (!books_stale && prepare_arrivals())
    while (!(building_ && building_->closed) && decide_next()) {
    }
  if (building_ && !in_flight_ && !appending_) launch();
}

void Writer::turn_away(const std::string& why) {
  for (auto& asked : std::exchange(arrivals_, {})) asked.answer(unavailable(why));
}

/// Nothing is sealed in vain meanwhile: whoever has no id yet would get another one, and keys, with each asking.
bool Writer::disk_full() { return no_room_ = no_room_ && !ports_.log_failing().empty(); }

/// True while it is somebody else's turn; then it looks again in time.
bool Writer::hold_back() {
  const std::int64_t wait = idle() ? 0 : turns_.wait_us(ports_.clock.monotonic_us());
  if (wait > 0 && !std::exchange(holding_back_, true))
    ports_.strand.after(wait, [this] {
      holding_back_ = false;
      pump();
    });
  return wait > 0;
}

/// Digests all that waits, seals what is no retry (nor looks for one where nothing is to seal); false when nothing
/// waits.
bool Writer::prepare_arrivals() {
  std::vector<Asked*> to_seal;
  const std::size_t count = std::min(arrivals_.size(), log::max_records_per_batch);
  for (std::size_t i = 0; i < count; ++i) {
    Asked& asked = arrivals_[i];
    if (asked.ready) continue;
    ports_.sealing.digest(asked);
    if (!SealingStep::seals(asked) || !known(asked.request, building())) to_seal.push_back(&asked);
    asked.ready = true;
  }
  try {
    ports_.sealing.seal(to_seal);
  } catch (const std::runtime_error& error) {
    give_back(to_seal, error.what());
  }
  return !arrivals_.empty();
}

/// Their keys are not durable: nothing was decided, and whoever asked may ask again.
void Writer::give_back(const std::vector<Asked*>& unsealed, const std::string& why) {
  std::deque<Asked> kept;
  for (auto& asked : arrivals_)
    if (std::ranges::find(unsealed, &asked) == unsealed.end())
      kept.push_back(std::move(asked));
    else
      asked.answer(unavailable("the vault cannot be written now: " + why));
  arrivals_ = std::move(kept);
}

bool Writer::decide_next() {
  if (arrivals_.empty() || !arrivals_.front().ready) return false;
  const std::size_t before = arrivals_.size();
  Asked asked = std::move(arrivals_.front());
  arrivals_.pop_front();
  decide_one(std::move(asked));
  return arrivals_.size() < before;  // an action that no longer fits the batch went back to the front
}

Instant Writer::now_for(const Asked& asked) const {
  const bool simulated = settings_.demonstration && asked.simulated_now;
  return std::max(simulated ? *asked.simulated_now : ports_.clock.now(), tip().recorded_at);
}

std::shared_ptr<const rules::AnswerRow> Writer::known(const rules::Request& request, const Batch& batch) const {
  auto row = batch.state.get<rules::AnswerRow>(dedupe_key(request));
  if (world::sabotaged(world::Sabotage::dedupe_in_a_cache) && row && row->seq < began_) row.reset();
  return row;
}

bool Writer::answer_known(Asked& asked, Batch& batch) {
  const auto known = this->known(asked.request, batch);
  if (!known) return false;
  if (known->digest != asked.request.digest) {
    refuse(batch, std::move(asked), conflict());
  } else if (known->seq < ports_.follower.head().next_seq) {
    asked.answer(replay(known->seq));
  } else {
    const bool flying = in_flight_ && known->seq < in_flight_->head().next_seq;
    (flying ? *in_flight_ : batch).copies.emplace_back(known->seq, std::move(asked.answer));
  }
  return true;
}

/// A no rests on all that is in doubt: it waits until that has been accepted.
void Writer::refuse(Batch& batch, Asked asked, Answer answer) {
  const bool in_doubt = in_flight_ != nullptr || !batch.empty();
  if (!in_doubt || world::sabotaged(world::Sabotage::refuse_while_in_doubt))
    asked.answer(answer);
  else
    (batch.empty() ? *in_flight_ : batch).held.emplace_back(std::move(asked), std::move(answer));
}

void Writer::decide_one(Asked asked) {
  Batch& batch = building();
  if (answer_known(asked, batch)) return;
  const Instant now = now_for(asked);
  auto& request = asked.request;
  if (auto refusal = ports_.may_ask(asked.principal, request, batch.state, now))
    return refuse(batch, std::move(asked), refused(std::move(*refusal)));
  const Rows& past = batch.state;
  Layer trial(past);
  auto decided = rules::decide(request, trial, books_, settings_.zone, now, batch.head().next_seq);
  if (!decided) return refuse(batch, std::move(asked), refused(std::move(decided.error())));
  Record record;
  record.header = {record_format,         suite_sha256_ed25519, settings_.ledger,
                   batch.head().next_seq, batch.head().hash,    now};
  record.body = {request.principal, request.action_id, std::string(request.type->name), request.digest,
                 request.actor,     decided->policies, salt_from(ports_.random),        std::move(decided->events)};
  Bytes bytes = encode_record(record);
  if (bytes.size() > max_record_size)
    return refuse(batch, std::move(asked),
                  refused(rules::refuse(rules::too_large, std::to_string(bytes.size()) + " bytes")));
  if (!batch.fits(bytes.size())) return arrivals_.push_front(std::move(asked));
  trial.put(dedupe_key(request), rules::AnswerRow{record.header.seq, request.digest});
  batch.state.absorb(trial);
  batch.closed = adopts(record.body.events);
  const Hash hash = world::sha256(bytes);
  batch.add(std::move(bytes), hash, now, std::move(asked));
}

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
  turns_.launched(ports_.clock.monotonic_us());
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
