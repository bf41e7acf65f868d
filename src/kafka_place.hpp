#pragma once
// The log in Kafka: the ledger's topic behind its gate, the accepted batches as ledger files beside it, and the vault
// in a compacted topic that all nodes share.
#include <functional>

#include "src/file_copy.hpp"
#include "src/kafka_vault_topic.hpp"
#include "src/log/kafka_log.hpp"
#include "src/log_gate.hpp"
#include "src/log_place.hpp"
#include "src/vault/topic_vault.hpp"
#include "src/vault/writer_key.hpp"

namespace aidledger {

struct KafkaPlaceSettings {
  log::KafkaSettings kafka;             ///< brokers and security; the topics follow from the ledger's id
  std::string node = "first";           ///< what this node is called in the ledger
  Bytes first_public_key;               ///< pinned: who may write record 0
  std::string kek_file;                 ///< the key-encryption key of the vault topic
  std::vector<std::string> older_keks;  ///< files of keys that still open
  bool accept_single_copy = false;      ///< one replica will do
  bool begins = false;                  ///< may write the ledger's beginning into empty topics
};

inline constexpr const char* no_first_key =
    "kafka.first_key is not set, and without it anybody's record 0 would do: give the first_key that `aidledger ledger "
    "create` or `ledger move` has printed";

/// Throws std::runtime_error, saying what to do, when one cannot be used.
vault::KekRing read_keks(world::Disk& disk, const KafkaPlaceSettings& settings);

/// How a node comes to its ledger.
enum class Arrival {
  begins,   ///< empty topics are those of a new one
  joins,    ///< it was begun elsewhere, or will be
  goes_on,  ///< its files hold records
};

/// Of a ledger whose topic is empty.
log::LogFailure not_begun(const std::string& ledger);

class KafkaPlace : public LogPlace {
 public:
  struct World {
    world::Disk& disk;
    world::Clock& clock;
    world::Random& random;
  };
  /// `note`: the path of the copy's note. Throws log::LogFailure, std::runtime_error.
  KafkaPlace(const KafkaPlaceSettings& settings, const std::string& ledger, const World& world, log::LedgerFiles& files,
             const std::string& note, Arrival arrival);
  ~KafkaPlace() override;

  log::SharedLog& log() override { return *log_; }
  vault::Vault& vault() override { return *vault_; }
  ledger::AcceptedCopy* copy() override { return &copy_; }
  std::string failing() const override;
  std::optional<std::string> diverged() const override { return log_ ? log_->diverged() : std::nullopt; }
  void watch(ledger::Ledger& ledger) override;
  void stop() override;

  /// Record 0 of the topic, signed by the pinned key; nothing where the topic is empty. Throws log::LogFailure: give_up
  /// when the topic begins with anything else.
  std::optional<Bytes> record_0();
  /// Appends the frame of record 0, once, and returns when it can be read back; the vault's secrets are made first.
  /// Throws log::LogFailure: give_up when this clock, which has dated it, is far from the brokers'.
  void open_with(const Bytes& frame);
  log::KafkaLog& kafka() { return *log_; }
  /// What the vault's topic told of late; for readiness and metrics.
  vault::TopicVaultState vault_state() const { return vault_->state(); }
  /// Tells of names that came into the vault from other nodes, from now on.
  void follow_vault(std::function<void(const std::vector<std::string>& names)> came);

 private:
  HeldLog held(const ledger::Ledger& ledger) const;
  void check_clock();
  void look_for_copy();
  std::vector<std::string> vault_findings() const;

  KafkaPlaceSettings settings_;
  std::string ledger_;
  world::Clock& clock_;
  world::Random& random_;
  log::LedgerFiles& files_;
  KafkaVaultTopic vault_topic_;
  std::unique_ptr<vault::TopicVault> vault_;
  FileCopy copy_;
  std::unique_ptr<log::KafkaLog> log_;
  std::unique_ptr<LogGate> gate_;
  std::unique_ptr<world::Tasks> looks_, vault_looks_, vault_asks_;
};

}  // namespace aidledger
