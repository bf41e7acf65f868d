#pragma once
// The log of one machine: the ledger files themselves, and a vault in a folder.
#include "src/log/embedded_log.hpp"
#include "src/log_place.hpp"

namespace aidledger {

class EmbeddedPlace : public LogPlace {
 public:
  EmbeddedPlace(log::LedgerFiles& files, vault::Vault& vault)
      : files_(files), vault_(vault), commits_(world::thread_tasks(log::look_for_batch_us)), log_(files, *commits_) {}

  log::SharedLog& log() override { return log_; }
  vault::Vault& vault() override { return vault_; }
  std::string failing() const override { return log_.failing(); }
  /// Runs what was posted, which tells the strand. Where a full disk does not take the mark, the one before it stands.
  void stop() override {
    commits_.reset();
    try {
      files_.write_mark();
    } catch (const world::DiskError&) {
    }
  }

 private:
  log::LedgerFiles& files_;
  vault::Vault& vault_;
  std::unique_ptr<world::Tasks> commits_;
  log::EmbeddedLog log_;
};

}  // namespace aidledger
