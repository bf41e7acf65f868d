#include "src/ledger/writer.hpp"

#include <algorithm>

#include "src/world/digest.hpp"
#include "src/world/sabotage.hpp"

namespace aidledger::ledger {
namespace {

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
    return turn_away(std::string(key_not_enrolled));
  if (!in_flight_ && !clock_compared()) return;
  if (in_flight_ ? turns_.contended() : hold_back()) return;
  if (!in_flight_) turns_.begun(ports_.clock.monotonic_us());
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

}  // namespace aidledger::ledger
