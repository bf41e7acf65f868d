#pragma once
// A node without Kafka: the production embedded log, ledger files and vault directory, on disks that forget, tear and
// fail. What was readable is there after every crash; only damage to the last batch, before its mark was out, may pass
// for a torn tail (README.md, "What it promises").
#include "src/log/embedded_log.hpp"
#include "src/vault/directory_vault.hpp"
#include "tests/simulation/chain.hpp"
#include "tests/simulation/ground.hpp"
#include "tests/support/memory_disk.hpp"

namespace aidledger::simulation {

/// Records that could be read before a crash are not there after it.
struct Lost {
  Seq from, to;
};

class OnFiles : public Ground {
 public:
  OnFiles(Schedule& schedule, Chain& chain, Random& random, std::uint64_t segment_bytes, Instant begin)
      : schedule_(schedule), chain_(chain), random_(random), begin_(begin) {
    options_.segment_bytes = segment_bytes;
  }

  /// Also throws Lost.
  bool start(Strand& strand, Fate& fate) override;
  void crash(bool power) override;
  log::SharedLog& log() override { return *watched_; }
  const ledger::RecordSource& records() const override { return *records_; }
  vault::Vault& vault() override { return *vault_; }

  /// Some call to the disk of the ledger files fails, soon.
  void fail_soon();
  /// The process ends within some call to one of the disks, soon.
  void end_soon();
  void heal();
  /// While no process runs: a bit of some segment is another one.
  void damage();
  bool damaged() const { return !backup_.empty(); }
  /// The files are put back from a backup.
  void restore();

 private:
  bool kept();

  Schedule& schedule_;
  Chain& chain_;
  Random& random_;
  Instant begin_;
  log::LedgerFilesOptions options_;
  test::MemoryDisk disk_, vault_disk_;
  std::map<std::string, test::MemoryDisk::Node> backup_;  ///< before the damage
  Seq marked_ = 0;                                        ///< before the damage: where the newest mark stood

  std::unique_ptr<vault::DirectoryVault> vault_;
  std::unique_ptr<log::LedgerFiles> files_;
  std::unique_ptr<log::EmbeddedLog> log_;
  std::unique_ptr<log::SharedLog> watched_;
  std::unique_ptr<ledger::RecordSource> records_;
  std::unique_ptr<Strand> commits_;
};

}  // namespace aidledger::simulation
