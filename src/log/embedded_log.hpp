#pragma once
// The log of one node without Kafka: the ledger files, written by group commit. All that was asked for while the last
// sync ran goes out with the next: one fdatasync. Nothing can be read before it is durable.
#include <mutex>

#include "src/log/ledger_files.hpp"
#include "src/log/shared_log.hpp"
#include "src/world/world.hpp"

namespace aidledger::log {

/// Once nothing was appended for so long, the mark of the last batch is written alone.
inline constexpr std::int64_t quiet_before_mark_us = 2'000;

/// While the disk is full it is tried so often whether there is room again.
inline constexpr std::int64_t look_for_room_us = 1'000'000;

/// How long its thread looks for the next batch before it sleeps (world::thread_tasks).
inline constexpr std::int64_t look_for_batch_us = 50;

class EmbeddedLog : public SharedLog {
 public:
  /// `commits` = the strand on which it writes (world::thread_tasks(), or the simulation's). It is destroyed before the
  /// log, the log before the files.
  EmbeddedLog(LedgerFiles& files, world::Tasks& commits);

  /// Also with several in flight, each extending the one before. A batch that starts before the end of the log is an
  /// honest loser: it is not kept, and answered `done`, for reading back gives the batch that came first. One that
  /// starts beyond it ends the process: with one writer it cannot be. `no_room` = the disk is full, `unknown` = it
  /// refused otherwise; the log is as before, failing() says why. Once there is room again, it wakes its reader.
  void append(Bytes batch, std::function<void(Appended)> done) override;
  std::vector<Entry> read(Position from, std::size_t max_bytes) override;
  void on_readable(std::function<void()> wake) override;
  bool at_end(Position position) override;

  /// Why the last append failed; empty when it did not, or once there is room again.
  std::string failing() const;

 private:
  struct Waiting {
    Bytes batch;
    std::function<void(Appended)> done;
  };

  void commit();
  Appended write(const std::vector<Waiting>& group);
  bool put(const Bytes& batch);
  void fails(const std::string& why);
  void look_for_room();
  std::function<void()> reader() const;
  void mark_when_quiet();

  LedgerFiles& files_;
  world::Tasks& commits_;
  bool mark_waits_ = false;  ///< of the commit strand, as is the next
  bool appended_since_ = false;
  bool looks_for_room_ = false;  ///< likewise
  mutable std::mutex mutex_;
  std::vector<Waiting> waiting_;
  std::function<void()> wake_ = [] {};
  std::string failing_;
};

}  // namespace aidledger::log
