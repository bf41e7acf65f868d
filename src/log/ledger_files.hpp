#pragma once
// The ledger files: the accepted batches of one ledger in a folder of their own, append-only. On one node without Kafka
// they are the log; beside Kafka they are the local, verified copy.
//
// Promised: what was synced is there after a crash, and if it is not, opening throws LogDamaged, but for a window: the
// last batch until its mark is out (written with the next batch, or by write_mark), about 2 ms when the embedded log
// drives it. What was not synced may or may not be there. Nothing can be read before it is synced. One process per
// folder, held by a lock.
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "src/log/log_damaged.hpp"
#include "src/log/segment.hpp"
#include "src/log/shared_log.hpp"
#include "src/world/disk.hpp"

namespace aidledger::log {

struct LedgerFilesOptions {
  std::uint64_t segment_bytes = 64 << 20;  ///< a new segment's size; at most max_segment_bytes
  /// Space ahead of small batches is written with zeros first: overwriting syncs about 1.5 times faster than reserved
  /// space. 0 = never.
  std::uint64_t zero_ahead_bytes = 1 << 20;
  /// True: opening does not read closed segments that have a sound index; they are checked when read.
  bool trust_indexes = false;
};

class LedgerFiles {
 public:
  /// Opens or makes the folder. Throws LogDamaged, world::Locked, world::DiskError.
  static std::unique_ptr<LedgerFiles> open(world::Disk& disk, const std::string& folder,
                                           const LedgerFilesOptions& options = {});
  ~LedgerFiles();

  // Writing: one thread at a time.

  /// Writes one frame behind the last one. Throws std::invalid_argument when it is none or does not extend the log,
  /// DiskError when it could not be written: then nothing has changed. May sync what was appended before.
  void append(BytesView frame);
  /// One fdatasync for all that was appended; then it can be read. Throws DiskError only before that sync: then call
  /// drop_unsynced.
  void sync();
  /// Makes what was appended readable before it is durable: for the copy of a log that is durable elsewhere. The mark
  /// goes no further than the last sync.
  void show();
  /// Throws DiskError while there is no room for the frame that append was given last. Nothing is appended.
  void try_room();
  /// What was appended and not synced is not part of the log; after a crash it may be there all the same.
  void drop_unsynced();
  /// Writes and syncs the mark if it is behind: when it is quiet, and before a clean stop.
  void write_mark();
  /// Up to where the log goes, unsynced frames included: what the next frame has to extend.
  const Head& tail() const { return tail_; }

  // Reading: any thread, while one writes. All may throw LogDamaged and DiskError.

  Head head() const;
  Position end() const;
  /// Throws std::out_of_range when `position` lies beyond the end, as do all that take one.
  bool at_end(Position position) const;
  /// Entries from `from` on, about `max_bytes` of them, at least one if there is one.
  std::vector<Entry> read(Position from, std::size_t max_bytes) const;
  /// The same without copies: `visit` returns false to stop. The bytes are valid during the call.
  void scan(Position from, const std::function<bool(BytesView frame, Position next)>& visit) const;
  /// Where the batch that holds `seq` begins; the end for the seq that comes next; nothing beyond.
  std::optional<Position> position_of(Seq seq) const;
  /// The bytes of one record.
  std::optional<Bytes> record(Seq seq) const;

  struct Sizes {
    std::uint64_t segments;
    std::uint64_t entry_bytes;
    std::uint64_t reserved_bytes;
  };
  Sizes sizes() const;

  /// Reads everything and checks checksums and the chain from batch to batch; throws LogDamaged at the first fault.
  /// Progress in bytes of entries; return false to stop.
  void verify(const std::function<bool(std::uint64_t done, std::uint64_t of)>& progress) const;
  /// Copies what is synced now into an empty folder, from which LedgerFiles can be opened. Says up to where.
  Head copy_to(const std::string& folder) const;

 private:
  struct Pending {
    std::uint64_t offset, end;
    Head head;
  };
  struct Place {
    std::shared_ptr<const Segment> segment;
    std::shared_ptr<const world::File> file;
    std::uint64_t offset, end;
  };

  LedgerFiles(world::Disk& disk, std::string folder, const LedgerFilesOptions& options,
              std::unique_ptr<world::Lock> lock);
  Segment& last() const { return *segments_.back(); }
  void make_room(std::uint64_t entry_size);
  void roll(std::uint64_t entry_size);
  void zero_ahead(std::uint64_t entry_end);
  void put_mark(bool continued);
  std::shared_ptr<const world::File> file_of(const std::shared_ptr<Segment>& segment) const;
  std::optional<Place> place_at(Position from) const;
  std::optional<Place> place_of(Seq seq) const;
  bool scan_place(const Place& place, std::size_t ahead,
                  const std::function<bool(BytesView, std::uint64_t, std::uint64_t)>& visit) const;

  world::Disk& disk_;
  std::string folder_;
  LedgerFilesOptions options_;
  std::unique_ptr<world::Lock> lock_;

  // The writer's.
  std::shared_ptr<world::File> tail_file_;
  Head tail_;
  Head durable_;                   ///< how far the last sync went
  std::uint64_t durable_end_ = 0;  ///< likewise, in the last segment
  bool shown_ = false;             ///< something can be read that is not synced
  std::uint64_t tail_end_ = 0;
  std::uint64_t zeroed_to_ = 0;
  std::uint64_t asked_bytes_ = 0;  ///< of the entry that was appended last, or could not be
  std::vector<Pending> pending_;
  Mark mark_;
  Bytes buffer_;

  // Shared with readers.
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<Segment>> segments_;
  mutable std::deque<std::shared_ptr<Segment>> open_;  ///< those whose file is open, in order of opening
};

}  // namespace aidledger::log
