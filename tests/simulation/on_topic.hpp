#pragma once
// A node on the topic, as the product composes one: the log behind its gate, the accepted batches as ledger files on a
// disk of its own, a key of its own that signs. The vault is one that all nodes share.
#include "src/file_copy.hpp"
#include "src/log_gate.hpp"
#include "src/retracing.hpp"
#include "src/vault/writer_key.hpp"
#include "tests/simulation/feed.hpp"
#include "tests/simulation/ground.hpp"
#include "tests/simulation/topic_log.hpp"

namespace aidledger::simulation {

class OnTopic : public Ground {
 public:
  OnTopic(Topic& topic, Chain& chain, vault::Vault& vault, std::uint64_t segment_bytes, std::string name)
      : Ground(topic.random(), segment_bytes), topic_(topic), chain_(chain), vault_(vault), name_(std::move(name)) {
    take_new_key();
  }
  /// Where the public feed goes; before the first start.
  void publish_to(FeedTopics& topics) { feed_topics_ = &topics; }
  /// Who may write record 0: the node's configuration.
  void pin(Bytes first_public_key) { first_public_key_ = std::move(first_public_key); }

  void start(const Process& process) override;
  void crash(bool power) override;
  log::SharedLog& log() override { return *log_; }
  vault::Vault& vault() override { return vault_; }
  void describe(ledger::LedgerPorts& ports, ledger::LedgerSettings& settings) override;
  void watch(ledger::Ledger& ledger) override;
  bool may_write() const override { return chain_.key(name_of_key(key_->id())) == Chain::Key::enrolled; }

  void cut_off(std::int64_t for_us) { log_->cut_off(for_us); }
  void slow_down(std::int64_t by_us) { log_->slow_down(by_us); }
  const vault::WriterKey& key() const { return *key_; }
  const std::string& name() const { return name_; }
  /// While no process runs.
  void take_new_key();
  // For `ledger repair`: between these no process runs. Closing them, it lets the log be read anew.
  void open_files();
  void close_files();
  HeldLedger held_ledger() const { return {*files_, *key_, ledger_id, first_public_key_}; }

 private:
  HeldLog held(const ledger::Ledger& ledger) const;
  std::string failing() const;

  Topic& topic_;
  Chain& chain_;
  vault::Vault& vault_;
  Bytes first_public_key_;
  std::string name_;
  int keys_ = 0;
  std::unique_ptr<vault::WriterKey> key_;

  std::unique_ptr<FileCopy> copy_;
  std::unique_ptr<TopicLog> log_;
  std::unique_ptr<LogGate> gate_;
  std::unique_ptr<Strand> looks_;
  FeedTopics* feed_topics_ = nullptr;
  std::unique_ptr<Publishing> publishing_;
  world::Clock* clock_ = nullptr;  ///< of the process that runs
  Fate* fate_ = nullptr;
};

}  // namespace aidledger::simulation
