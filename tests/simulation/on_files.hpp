#pragma once
// A node without Kafka: the production embedded log, ledger files and vault directory, on disks that forget, tear and
// fail. What was readable is there after every crash; only damage to the last batch, before its mark was out, may pass
// for a torn tail (README.md, "What it promises").
#include "src/log/embedded_log.hpp"
#include "src/vault/directory_vault.hpp"
#include "tests/simulation/chain.hpp"
#include "tests/simulation/ground.hpp"

namespace aidledger::simulation {

/// Records that could be read before a crash are not there after it.
struct Lost {
  Seq from, to;
};

class OnFiles : public Ground {
 public:
  OnFiles(Chain& chain, Random& random, std::uint64_t segment_bytes, Instant begin)
      : Ground(random, segment_bytes), chain_(chain), begin_(begin) {}

  /// Also throws Lost.
  void start(const Process& process) override;
  void crash(bool power) override;
  log::SharedLog& log() override { return *watched_; }
  vault::Vault& vault() override { return *vault_; }
  void end_soon() override;
  void heal() override;

  /// While no process runs: a bit of some segment is another one.
  void damage();
  bool damaged() const { return !backup_.empty(); }
  /// The files are put back from a backup.
  void restore();

 private:
  void check_kept();

  Chain& chain_;
  Instant begin_;
  test::MemoryDisk vault_disk_;
  std::map<std::string, test::MemoryDisk::Node> backup_;  ///< before the damage
  Seq marked_ = 0;                                        ///< before the damage: where the newest mark stood

  std::unique_ptr<vault::DirectoryVault> vault_;
  std::unique_ptr<log::EmbeddedLog> log_;
  std::unique_ptr<log::SharedLog> watched_;
  std::unique_ptr<Strand> commits_;
};

}  // namespace aidledger::simulation
