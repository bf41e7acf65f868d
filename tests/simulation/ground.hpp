#pragma once
// What a node stands on: its log, its ledger files, its vault. Made by each start, gone with each crash but for what
// was durable.
#include "src/ledger/ledger.hpp"
#include "src/log/ledger_files.hpp"
#include "tests/simulation/fate.hpp"
#include "tests/simulation/schedule.hpp"
#include "tests/support/memory_disk.hpp"

namespace aidledger::simulation {

inline constexpr const char* ledger_id = "simulated";

/// One incarnation of a node.
struct Process {
  Schedule& schedule;
  std::size_t node;
  Strand& strand;
  Fate& fate;
  world::Clock& clock;
};

class Ground {
 public:
  Ground(Random& random, std::uint64_t segment_bytes) : random_(random) { options_.segment_bytes = segment_bytes; }
  virtual ~Ground() = default;
  /// Throws what keeps a process from starting.
  virtual void start(const Process& process) = 0;
  /// The process is gone, `power`: with it whatever the machine had not written.
  virtual void crash(bool power) = 0;
  virtual log::SharedLog& log() = 0;
  virtual vault::Vault& vault() = 0;
  /// What the ledger is told of the log beyond that.
  virtual void describe(ledger::LedgerPorts&, ledger::LedgerSettings&) {}
  /// A ledger has started on it.
  virtual void watch(ledger::Ledger&) {}
  /// Whether batches from here count.
  virtual bool may_write() const { return true; }

  const ledger::RecordSource& records() const { return records_; }
  Seq end() const { return files_->head().next_seq; }
  /// Some call to the disk of the ledger files fails, soon.
  void fail_soon() { disk_.fail_call(soon(), random_.chance(500) ? ENOSPC : EIO); }
  /// The process ends within some call to a disk, soon.
  virtual void end_soon() { disk_.end_at_call(soon()); }
  virtual void heal() { disk_.fail_call(0, 0); }

 protected:
  class FileRecords : public ledger::RecordSource {
   public:
    explicit FileRecords(const std::unique_ptr<log::LedgerFiles>& files) : files_(files) {}
    std::optional<Bytes> record(Seq seq) const override { return files_->record(seq); }

   private:
    const std::unique_ptr<log::LedgerFiles>& files_;
  };

  int soon() { return 1 + static_cast<int>(random_.below(60)); }
  void end(test::MemoryDisk& disk, bool power) {
    std::mt19937 dice(static_cast<std::uint32_t>(random_.next()));
    power ? disk.crash(dice) : disk.kill();
  }

  Random& random_;
  log::LedgerFilesOptions options_;
  test::MemoryDisk disk_;
  std::unique_ptr<log::LedgerFiles> files_;

 private:
  FileRecords records_{files_};
};

}  // namespace aidledger::simulation
