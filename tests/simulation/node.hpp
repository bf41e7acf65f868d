#pragma once
// One node of the simulation: the production ledger on simulated ports. A crash drops the ledger object and whatever
// was not durable.
#include "src/ledger/ledger.hpp"
#include "src/ledger/may_ask.hpp"
#include "src/ledger/opening.hpp"
#include "src/vault/sealing.hpp"
#include "tests/simulation/durable.hpp"
#include "tests/simulation/shared_log.hpp"

namespace aidledger::simulation {

inline constexpr const char* ledger_id = "simulated";
inline Zone simulated_zone() { return {"Asia/Shanghai", {{Instant{INT64_MIN / 2}, 8 * 3600}}}; }

/// The chain as an outsider reads it: every batch of the topic judged by the one rule that matters, whoever appended
/// it.
class Chain : public ledger::RecordSource {
 public:
  explicit Chain(const Topic& topic) : topic_(topic) {}
  void read_on() {
    for (; read_ < topic_.batches.size(); ++read_) {
      const auto frame = log::parse(topic_.batches[read_]);
      if (!frame || frame->first_seq != records.size() ||
          frame->prev_hash != (records.empty() ? Hash{} : hashes.back()))
        continue;
      for (const auto bytes : frame->records) {
        records.emplace_back(bytes);
        hashes.push_back(world::sha256(bytes));
      }
    }
  }
  std::optional<Bytes> record(Seq seq) const override {
    const_cast<Chain*>(this)->read_on();
    return seq < records.size() ? std::optional(records[seq]) : std::nullopt;
  }
  std::vector<Bytes> records;
  std::vector<Hash> hashes;

 private:
  const Topic& topic_;
  std::size_t read_ = 0;
};

class Node {
 public:
  Node(Topic& topic, Chain& chain, vault::Vault& vault, Random& random, Instant begin)
      : topic_(topic), chain_(chain), vault_(vault), random_(random), clock_(topic.schedule(), begin) {}

  void start() {
    strand_ = std::make_unique<Strand>(topic_.schedule());
    log_ = std::make_unique<TopicLog>(topic_, *strand_);
    sealer_ = std::make_unique<vault::Sealer>(vault_, random_, ledger_id);
    ledger_ = std::make_unique<ledger::Ledger>(
        ledger::LedgerPorts{*log_, rows_, chain_, clock_, random_, *strand_, *sealer_, ledger::may_ask_in(ledger_id)},
        ledger::LedgerSettings{ledger_id, simulated_zone(), {}, false, 5'000'000});
    ledger_->start({});
  }
  void crash() {
    ledger_.reset();
    sealer_.reset();
    log_.reset();
    strand_.reset();
    rows_.crash(random_);
  }
  bool up() const { return ledger_ != nullptr; }
  ledger::Ledger& ledger() { return *ledger_; }
  Strand& strand() { return *strand_; }
  Rows& rows() { return rows_; }
  Clock& clock() { return clock_; }
  vault::Sealer& sealer() { return *sealer_; }

 private:
  Topic& topic_;
  Chain& chain_;
  vault::Vault& vault_;
  Random& random_;
  Clock clock_;
  Rows rows_;
  std::unique_ptr<Strand> strand_;
  std::unique_ptr<TopicLog> log_;
  std::unique_ptr<vault::Sealer> sealer_;
  std::unique_ptr<ledger::Ledger> ledger_;
};

}  // namespace aidledger::simulation
