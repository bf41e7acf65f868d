#include "src/ledger/ledger.hpp"

#include "events/governance.hpp"
#include "src/ledger/parsers.hpp"
#include "src/rules/governance.hpp"

namespace aidledger::ledger {

View::View(std::shared_ptr<const store::RowReader> reader, std::optional<Seq> known_at) : reader_(std::move(reader)) {
  const auto head = decode_head(reader_->position());
  next_seq_ = head ? head->next_seq : 0;
  if (known_at) {
    next_seq_ = std::min(next_seq_, *known_at + 1);
    rows_ = std::make_unique<RowsKnownAt>(*reader_, *known_at);
  } else {
    rows_ = std::make_unique<StoredRows>(*reader_);
  }
}

Ledger::Ledger(LedgerPorts ports, LedgerSettings settings) : ports_(std::move(ports)), settings_(std::move(settings)) {
  Bench bench;
  bench.ledger = settings_.ledger;
  bench.signed_batches = static_cast<bool>(settings_.sign);
  bench.first_public_key = settings_.first_public_key;
  log_open_ = ports_.copy == nullptr;
  follower_ = std::make_unique<Follower>(ports_.log, ports_.store, ports_.records, std::move(bench), ports_.copy);
  sealing_ = std::make_unique<SealingStep>(ports_.sealer, ports_.random, ports_.clock);
}

Ledger::~Ledger() = default;

void Ledger::catch_up(const std::function<void(Seq)>& progress) {
  if (ports_.copy != nullptr)
    follower_->catch_up_from_copy(progress);
  else
    follower_->catch_up(progress);
}

void Ledger::start(const std::function<void(Seq)>& progress) {
  catch_up(progress);
  erase_what_is_recorded();
  WriterPorts ports{ports_.log,    *follower_, ports_.records, ports_.clock,   ports_.random,
                    ports_.strand, *sealing_,  parsers(),      ports_.may_ask, ports_.log_failing};
  writer_ = std::make_unique<Writer>(std::move(ports), WriterSettings{settings_.ledger, settings_.zone, settings_.key,
                                                                      settings_.demonstration, settings_.sign});
  timekeeper_ = std::make_unique<Timekeeper>(*writer_, *follower_, ports_.clock, settings_.zone);
  follower_->tell({[this](const AcceptedBatch& batch) { accepted(batch); },
                   [this](const log::Entry& entry) { writer_->on_read(entry); },
                   [this](const Verdict& verdict) { writer_->on_voided(verdict); }, [this] { caught_up(); },
                   [this](Halt, const std::string&) { writer_->on_halted(); }});
  publish_health();
  ports_.log.on_readable([this] { ports_.strand.post([this] { wake(); }); });
  ports_.strand.post([this] { wake(); });
  if (settings_.timekeeper) ports_.strand.post([this] { look_at_clocks(); });
}

void Ledger::wake() {
  if (stopping_) return;
  if (log_open_ && follower_->halt() == Halt::poison && follower_->passed_by_now()) writer_->go_on();
  pass_when_dated();
  if (log_open_ && follower_->halt() == Halt::none)
    if (const auto why = ports_.log_diverged()) follower_->stop(Halt::log_diverged, *why);
  const auto own = own_batches_, others = other_batches_;
  while (log_open_ && follower_->step()) {
    if (follower_->folded_to() > follower_->head().next_seq) publish_health();
  }
  look_at_end();
  const bool answered_alone = own_batches_ > own && other_batches_ == others && !writer_->turns().contended();
  answered_alone ? pump_soon() : writer_->pump();
  publish_health();
}

/// Behind what the strand holds: whoever was just answered and asks again is in the next batch, not in one of his own.
/// Beside another node there is no time for that: it would have gone on before, and what is decided be void, or
/// nothing.
void Ledger::pump_soon() {
  if (std::exchange(about_to_pump_, true)) return;
  ports_.strand.post([this] {
    about_to_pump_ = false;
    if (stopping_) return;
    writer_->pump();
    publish_health();
  });
}

/// A log that ends before it has shown what is held here was cut while this node was away.
void Ledger::look_at_end() {
  const bool early = log_open_ && follower_->ends_too_early();
  if (cut_.believe(early, ports_.clock.monotonic_us()))
    follower_->stop(Halt::log_diverged, "the log ends without records that are held here: it was cut, or made anew");
}

void Ledger::look_at_clocks() {
  if (stopping_) return;
  const bool more = timekeeper_turn() && timekeeper_->look();
  follower_->try_again();
  wake();
  ports_.strand.after(more ? settings_.timekeeper_interval_us / 100 : settings_.timekeeper_interval_us,
                      [this] { look_at_clocks(); });
}

void Ledger::ask(Asked asked) {
  ports_.strand.post([this, asked = std::move(asked)]() mutable {
    writer_->ask(std::move(asked));
    if (std::exchange(about_to_wake_, true)) return;
    ports_.strand.post([this] {  // what arrived together is decided together
      about_to_wake_ = false;
      wake();
    });
  });
}

void Ledger::accept_clock(Asked asked) {
  ports_.strand.post([this, asked = std::move(asked)]() mutable {
    if (!ports_.may_ask(asked.principal, asked.request, follower_->rows(), ports_.clock.now()))
      writer_->clock_guard().accept();
    writer_->ask(std::move(asked));
    wake();
  });
}

/// The node whose batch was accepted last acts first; the others leave it ten rounds, for it may be gone.
bool Ledger::timekeeper_turn() const {
  const auto& turns = writer_->turns();
  return !settings_.sign || !turns.last() || *turns.last() == settings_.key ||
         ports_.clock.monotonic_us() - turns.last_at_us() > 10 * settings_.timekeeper_interval_us;
}

void Ledger::open_log() {
  ports_.strand.post([this] {
    log_open_ = true;
    wake();
  });
}

void Ledger::halt(Halt halt, std::string why) {
  ports_.strand.post([this, halt, why = std::move(why)] {
    if (stopping_ || follower_->halt() != Halt::none) return;
    follower_->stop(halt, why);
    publish_health();
  });
}

void Ledger::go_on() {
  ports_.strand.post([this] {
    if (stopping_ || follower_->halt() != Halt::log_unfit) return;
    follower_->go_on();
    writer_->go_on();
    wake();
  });
}

void Ledger::accepted(const AcceptedBatch& batch) {
  std::vector<std::string> gone;
  for (const auto& one : batch.records)
    for (const auto& event : one.record.body.events)
      if (const auto* erased = event.as<SubjectDataErased>()) gone.push_back(erased->person.value);
  if (!gone.empty()) ports_.sealer.erase_persons(gone);
  ++(batch.writer == settings_.key ? own_batches_ : other_batches_);
  publish_health();
  writer_->on_accepted(batch);
  release_readers();
}

void Ledger::caught_up() {
  erase_what_is_recorded();
  publish_health();
  writer_->on_caught_up();
  release_readers();
}

void Ledger::release_readers() {
  const auto readable = waiting_.lower_bound(follower_->head().next_seq);
  std::vector<std::function<void()>> ready;
  for (auto one = waiting_.begin(); one != readable; ++one) ready.push_back(std::move(one->second));
  waiting_.erase(waiting_.begin(), readable);
  for (const auto& then : ready) then();
}

void Ledger::when_readable(Seq seq, std::function<void()> then) {
  ports_.strand.post([this, seq, then = std::move(then)]() mutable {
    if (seq < follower_->head().next_seq)
      then();
    else
      waiting_.emplace(seq, std::move(then));
  });
}

void Ledger::stop(std::function<void()> done) {
  ports_.strand.post([this, done = std::move(done)] {
    stopping_ = true;
    if (writer_) writer_->stop("the service is stopping");
    done();
  });
}

/// A vault restored from before an erasure must not bring the person back.
void Ledger::erase_what_is_recorded() {
  std::vector<std::string> gone;
  follower_->rows().each<rules::ErasureRow>({}, [&](auto, const rules::ErasureRow& row) {
    if (row.erased) gone.push_back(row.person.value);
    return true;
  });
  if (!gone.empty()) ports_.sealer.erase_persons(gone);
}

std::optional<Record> Ledger::record(Seq seq) const {
  const auto bytes = ports_.records.record(seq);
  return bytes ? std::optional(decode_record(*bytes)) : std::nullopt;
}

void Ledger::publish_health() {
  const std::lock_guard lock(health_mutex_);
  health_.halt = follower_->halt() != Halt::none            ? follower_->halt()
                 : writer_->clock_guard().finding().empty() ? Halt::none
                                                            : Halt::clock_suspect;
  health_.why = follower_->halt() != Halt::none ? follower_->halted_why() : writer_->clock_guard().finding();
  health_.next_seq = follower_->head().next_seq;
  health_.waiting = writer_->waiting();
  publish_reading();
  health_.own_batches = own_batches_;
  health_.other_batches = other_batches_;
  health_.folded_to = follower_->folded_to();
  health_.voids = follower_->voids();
  health_.blocked = follower_->blocked();
  poisoned_ = follower_->halt() == Halt::poison ? follower_->poisoned() : std::nullopt;
  health_.clock_trusted = writer_->clock_guard().finding().empty();
}

/// The caller holds the mutex.
void Ledger::publish_reading() {
  health_.at_end = log_open_ && follower_->at_end();
  health_.caught_up = health_.caught_up || health_.at_end;
  health_.read_to = follower_->read_to();
  health_.log_end = std::max(health_.read_to, follower_->log_end());
  lag_.note(health_.at_end ? health_.log_end : health_.read_to, health_.log_end, ports_.clock.monotonic_us());
  health_.behind_since_us = lag_.since_us();
}

Health Ledger::health() const {
  const std::lock_guard lock(health_mutex_);
  return health_;
}

rules::TextParsers Ledger::parsers() const { return ledger::parsers(); }

}  // namespace aidledger::ledger
