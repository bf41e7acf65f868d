#pragma once
// A node on the topic; its vault is one that all nodes share.
#include "tests/simulation/ground.hpp"
#include "tests/simulation/shared_log.hpp"

namespace aidledger::simulation {

class OnTopic : public Ground {
 public:
  OnTopic(Topic& topic, Chain& chain, vault::Vault& vault) : topic_(topic), chain_(chain), vault_(vault) {}

  bool start(Strand& strand, Fate& fate) override {
    log_ = std::make_unique<TopicLog>(topic_, strand, fate);
    return true;
  }
  void crash(bool) override { log_.reset(); }
  log::SharedLog& log() override { return *log_; }
  const ledger::RecordSource& records() const override { return chain_; }
  vault::Vault& vault() override { return vault_; }

 private:
  Topic& topic_;
  Chain& chain_;
  vault::Vault& vault_;
  std::unique_ptr<TopicLog> log_;
};

}  // namespace aidledger::simulation
