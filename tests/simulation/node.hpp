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
  Node(std::unique_ptr<Ground> ground, Schedule& schedule, Random& random, Instant begin)
      : ground_(std::move(ground)), schedule_(schedule), random_(random), clock_(schedule, begin) {}

  /// Throws what its ground throws; then crash() before the next start.
  void start() {
    strand_ = std::make_unique<Strand>(schedule_);
    if (!ground_->start(*strand_, fate_)) rows_.clear();
    sealer_ = std::make_unique<vault::Sealer>(ground_->vault(), random_, ledger_id);
    auto ledger =
        std::make_unique<ledger::Ledger>(ledger::LedgerPorts{ground_->log(), rows_, ground_->records(), clock_, random_,
                                                             *strand_, *sealer_, ledger::may_ask_in(ledger_id)},
                                         ledger::LedgerSettings{ledger_id, simulated_zone(), {}, false, 5'000'000});
    ledger->start({});
    ledger_ = std::move(ledger);
  }
  /// Within some call to its rows or its log, soon.
  void end_soon() { fate_.end_at_call(1 + random_.below(20)); }
  void crash(bool power) {
    fate_.spare();
    ledger_.reset();
    sealer_.reset();
    ground_->crash(power);
    strand_.reset();
    rows_.crash(random_);
  }
  Fate& fate() { return fate_; }
  bool up() const { return ledger_ != nullptr; }
  ledger::Ledger& ledger() { return *ledger_; }
  ForgetfulRows& rows() { return rows_; }
  Clock& clock() { return clock_; }
  /// Its clock stepped too far, or stands behind the last record, and no operator has accepted it: it records nothing.
  bool clock_suspect() const { return finding_ != 0; }
  void suspect_clock(bool suspect) { finding_ = suspect ? ++findings_ : 0; }
  /// Which suspicion it is under; 0 = none.
  int finding() const { return finding_; }
  vault::Sealer& sealer() { return *sealer_; }

 private:
  std::unique_ptr<Ground> ground_;
  Schedule& schedule_;
  Random& random_;
  Clock clock_;
  Fate fate_;
  int finding_ = 0, findings_ = 0;
  ForgetfulRows rows_{fate_};
  std::unique_ptr<Strand> strand_;
  std::unique_ptr<vault::Sealer> sealer_;
  std::unique_ptr<ledger::Ledger> ledger_;
};

}  // namespace aidledger::simulation
