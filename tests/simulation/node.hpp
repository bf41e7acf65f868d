#pragma once
// One node of the simulation: the production ledger on simulated ports. A crash drops the ledger object and whatever
// was not durable.
#include "src/ledger/ledger.hpp"
#include "src/ledger/may_ask.hpp"
#include "src/vault/sealing.hpp"
#include "tests/simulation/durable.hpp"
#include "tests/simulation/ground.hpp"

namespace aidledger::simulation {

inline Zone simulated_zone() { return {"Asia/Shanghai", {{Instant{INT64_MIN / 2}, 8 * 3600}}}; }

class Node {
 public:
  Node(std::size_t index, std::unique_ptr<Ground> ground, Schedule& schedule, Random& random, Instant begin)
      : index_(index), ground_(std::move(ground)), schedule_(schedule), random_(random), clock_(schedule, begin) {}

  /// Throws what its ground throws; then crash() before the next start.
  void start() {
    strand_ = std::make_unique<Strand>(schedule_, index_);
    ground_->start({schedule_, index_, *strand_, fate_, clock_});
    if (const auto head = ledger::decode_head(rows_.position()); head && head->next_seq > ground_->end()) rows_.clear();
    sealer_ = std::make_unique<vault::Sealer>(ground_->vault(), random_, ledger_id);
    ledger::LedgerPorts ports{ground_->log(), rows_,    ground_->records(), clock_,
                              random_,        *strand_, *sealer_,           ledger::may_ask_in(ledger_id)};
    ledger::LedgerSettings settings{ledger_id, simulated_zone(), {}, false, 5'000'000};
    ground_->describe(ports, settings);
    auto ledger = std::make_unique<ledger::Ledger>(std::move(ports), std::move(settings));
    ledger->start({});
    ground_->watch(*ledger);
    ledger_ = std::move(ledger);
  }
  /// Within some call to its rows, its log or its disk, soon.
  void end_soon() { random_.chance(500) ? ground_->end_soon() : fate_.end_at_call(1 + random_.below(20)); }
  void fail_soon() { ground_->fail_soon(); }
  void heal() { fate_.spare(), ground_->heal(); }
  void crash(bool power) {
    fate_.spare();
    accepting_ = 0;
    ledger_.reset();
    sealer_.reset();
    ground_->crash(power);
    strand_.reset();
    rows_.crash(random_);
  }
  bool may_write() const { return ground_->may_write(); }
  bool up() const { return ledger_ != nullptr; }
  ledger::Ledger& ledger() { return *ledger_; }
  ForgetfulRows& rows() { return rows_; }
  Clock& clock() { return clock_; }
  /// Its clock stepped too far, or stands behind the last record, and no operator has accepted it: it records nothing.
  bool clock_suspect() const { return finding_ != 0; }
  void suspect_clock(bool suspect) { finding_ = suspect ? ++findings_ : 0; }
  /// An operator asks for it; it takes effect before the answer.
  void clock_is_accepted() { suspect_clock(false), ++accepting_; }
  void clock_was_accepted() { --accepting_; }
  bool accepting_clock() const { return accepting_ > 0; }
  /// Which suspicion it is under; 0 = none.
  int finding() const { return finding_; }
  vault::Sealer& sealer() { return *sealer_; }

 private:
  std::size_t index_;
  std::unique_ptr<Ground> ground_;
  Schedule& schedule_;
  Random& random_;
  Clock clock_;
  Fate fate_;
  int finding_ = 0, findings_ = 0, accepting_ = 0;
  ForgetfulRows rows_{fate_};
  std::unique_ptr<Strand> strand_;
  std::unique_ptr<vault::Sealer> sealer_;
  std::unique_ptr<ledger::Ledger> ledger_;
};

}  // namespace aidledger::simulation
