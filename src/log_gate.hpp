#pragma once
// Lets a node read a log that others keep once it is known to be the right one, and goes on looking: is it the cluster
// and the topic that the ledger names, does it begin with the record 0 that we hold, does it reach as far as we have
// read, do its settings keep history? Whatever the log cannot answer now is asked again; that it is shorter than it was
// has to be its answer for a while.
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "src/ledger/judge.hpp"
#include "src/log/kafka_topics.hpp"
#include "src/log/log_identity.hpp"
#include "src/world/world.hpp"

namespace aidledger {

/// What this node holds of the log.
struct HeldLog {
  std::string cluster_id;        ///< as the ledger names it; empty where it does not yet
  std::optional<Hash> record_0;  ///< hash of our record 0
  log::Position position;        ///< where we read on
  struct Batch {
    log::Position at;
    Hash frame;  ///< of all its bytes: its records may lie in the log once more
  };
  std::optional<Batch> last_batch;  ///< the last one of which the place is known
};

struct GatePorts {
  log::LogIdentity& identity;
  world::Clock& clock;
  std::function<std::optional<log::TopicState>()> describe;  ///< throws log::LogFailure
  log::TopicExpectation expected;
  std::function<HeldLog()> held;
  std::function<void()> open;                                  ///< called once
  std::function<void(ledger::Halt, const std::string&)> halt;  ///< LOG_DIVERGED, once; LOG_UNFIT
  std::function<void()> go_on;                                 ///< LOG_UNFIT is over
  /// What is wrong with the vault's topic; throws log::LogFailure.
  std::function<std::vector<std::string>()> vault_findings = [] { return std::vector<std::string>(); };
};

struct Difference {
  std::string what;           ///< a sentence
  bool shorter_only = false;  ///< as a log looks, too, whose brokers show an old end
};
/// How the log differs from what we hold; nothing while it does not. Throws log::LogFailure.
std::optional<Difference> difference(log::LogIdentity& identity, const HeldLog& held);

class LogGate {
 public:
  explicit LogGate(GatePorts ports) : ports_(std::move(ports)) {}
  /// Looks once; returns after how long to look again, in microseconds; nothing when there is no use in it.
  std::optional<std::int64_t> look();
  /// Looks from now on, on `tasks`, which has to be gone before the gate is.
  void watch(world::Tasks& tasks);
  /// Why the log is not open yet; empty when it is.
  std::string waiting_for() const;

 private:
  std::optional<std::int64_t> judge(const log::TopicState& topic);
  std::optional<std::int64_t> open_unless_it_differs(const HeldLog& held);
  void wait_for(std::string why);

  GatePorts ports_;
  bool open_ = false, unfit_ = false;
  log::CutDoubt cut_;
  mutable std::mutex mutex_;
  std::string waiting_for_ = "the log has not been looked at yet";
};

}  // namespace aidledger
