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
    if (!ground_->start(*strand_)) rows_.clear();
    sealer_ = std::make_unique<vault::Sealer>(ground_->vault(), random_, ledger_id);
    auto ledger =
        std::make_unique<ledger::Ledger>(ledger::LedgerPorts{ground_->log(), rows_, ground_->records(), clock_, random_,
                                                             *strand_, *sealer_, ledger::may_ask_in(ledger_id)},
                                         ledger::LedgerSettings{ledger_id, simulated_zone(), {}, false, 5'000'000});
    ledger->start({});
    ledger_ = std::move(ledger);
  }
  void crash(bool power = true) {
    ledger_.reset();
    sealer_.reset();
    ground_->crash(power);
    strand_.reset();
    rows_.crash(random_);
  }
  bool up() const { return ledger_ != nullptr; }
  ledger::Ledger& ledger() { return *ledger_; }
  ForgetfulRows& rows() { return rows_; }
  Clock& clock() { return clock_; }
  vault::Sealer& sealer() { return *sealer_; }

 private:
  std::unique_ptr<Ground> ground_;
  Schedule& schedule_;
  Random& random_;
  Clock clock_;
  ForgetfulRows rows_;
  std::unique_ptr<Strand> strand_;
  std::unique_ptr<vault::Sealer> sealer_;
  std::unique_ptr<ledger::Ledger> ledger_;
};

}  // namespace aidledger::simulation
