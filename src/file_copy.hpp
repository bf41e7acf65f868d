#pragma once
// The accepted batches of a ledger whose log is in Kafka, as ledger files on this node's disk: readable at once,
// durable in groups (Kafka keeps what a power cut takes). Beside them lies a note of where the last one lies in the
// log; a note that is missing, torn or behind costs reading again, once: what is met there again is noted as well.
#include <memory>
#include <mutex>
#include <string>

#include "src/ledger/accepted_copy.hpp"
#include "src/log/ledger_files.hpp"
#include "src/world/world.hpp"

namespace aidledger {

class FileCopy : public ledger::AcceptedCopy {
 public:
  /// `note`: the path of the note. Throws world::DiskError.
  FileCopy(log::LedgerFiles& files, world::Disk& disk, world::Clock& clock, const std::string& note);

  void keep(BytesView frame, log::Position at) override;
  void met(BytesView frame, log::Position at) override;
  void settle() override;
  void scan(Seq seq, const std::function<bool(BytesView frame)>& visit) override;
  Resume resume() const override;
  /// Where the log holds the last batch of files that came from elsewhere and are still to be judged. Not written down
  /// before that batch is met in the log, or another one is kept.
  void came_from_elsewhere(log::Position last_batch_at);
  /// Makes durable now what is not: before a clean stop.
  void settle_now();

  struct Noted {
    log::Position at;
    Hash frame;
  };
  /// The last batch of which it is known where it lies in the log.
  std::optional<Noted> noted() const;

 private:
  struct Note {
    Seq next_seq = 0;
    log::Position at;
    Seq first_seq = 0;   ///< of the batch that lies at `at`
    Hash frame{};        ///< of that batch, where it was met; zero: it is the one that is held
    bool judged = true;  ///< not on the disk
  };
  void read_note();
  Bytes batch_with(Seq seq) const;
  void write_note();
  bool due() const;

  log::LedgerFiles& files_;
  world::Clock& clock_;
  std::unique_ptr<world::File> file_;
  mutable std::mutex mutex_;  ///< of note_
  Note note_;
  std::uint64_t unsettled_ = 0;  ///< bytes
  bool noted_anew_ = false;      ///< since the note was written
  std::int64_t settled_at_us_ = 0;
};

}  // namespace aidledger
