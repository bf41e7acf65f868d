// Opening and writing. Reading is in ledger_files_read.cpp.
#include "src/log/ledger_files.hpp"

#include <algorithm>
#include <stdexcept>

#include "src/log/entry_format.hpp"
#include "src/log/recover.hpp"
#include "src/world/digest.hpp"
#include "src/world/sabotage.hpp"

namespace aidledger::log {
namespace {

constexpr std::uint64_t small_entry_bytes = 64 << 10;  ///< larger ones gain nothing from zeroed space

void save_index(world::Disk& disk, const std::string& folder, const Segment& segment) {
  const std::string path = folder + "/" + index_name(segment.head.number);
  const Bytes bytes = segment.index.encode(segment.head.number);
  if (disk.exists(path) && world::read_file(disk, path) == bytes) return;
  world::replace_file(disk, path, bytes);
}

}  // namespace

std::unique_ptr<LedgerFiles> LedgerFiles::open(world::Disk& disk, const std::string& folder,
                                               const LedgerFilesOptions& options) {
  disk.make_folder(folder);
  auto lock = disk.lock(folder + "/LOCK");
  return std::unique_ptr<LedgerFiles>(new LedgerFiles(disk, folder, options, std::move(lock)));
}

LedgerFiles::LedgerFiles(world::Disk& disk, std::string folder, const LedgerFilesOptions& options,
                         std::unique_ptr<world::Lock> lock)
    : disk_(disk), folder_(std::move(folder)), options_(options), lock_(std::move(lock)) {
  if (options_.segment_bytes < entries_at || options_.segment_bytes > max_segment_bytes) {
    throw std::invalid_argument("a segment has between " + std::to_string(entries_at) + " and " +
                                std::to_string(max_segment_bytes) + " bytes");
  }
  Recovered found = recover(disk_, folder_, options_.segment_bytes, options_.trust_indexes);
  segments_ = std::move(found.segments);
  mark_ = found.mark;
  tail_file_ = disk_.open(last().path, world::Disk::Mode::write);
  tail_ = last().index.head();
  tail_end_ = zeroed_to_ = durable_end_ = last().index.end();
  durable_ = tail_;
  for (std::size_t i = 0; i + 1 < segments_.size(); ++i) save_index(disk_, folder_, *segments_[i]);
  write_mark();
}

LedgerFiles::~LedgerFiles() = default;

void LedgerFiles::append(BytesView frame) {
  const auto parsed = parse(frame);
  if (!parsed) throw std::invalid_argument("ledger files: " + parsed.error());
  if (parsed->first_seq != tail_.next_seq || parsed->prev_hash != tail_.hash) {
    throw std::invalid_argument("ledger files: a batch from seq " + std::to_string(parsed->first_seq) +
                                " does not extend a log that " + "goes on with seq " + std::to_string(tail_.next_seq));
  }
  const std::uint64_t size = entry_bytes(frame.size(), parsed->records.size());
  asked_bytes_ = size;
  make_room(size);
  encode_entry(frame, *parsed, last().head.number, tail_end_, buffer_);
  tail_file_->pwrite(tail_end_, buffer_);
  tail_ = {parsed->next_seq(), world::sha256(parsed->records.back())};
  pending_.push_back({tail_end_, tail_end_ + size, tail_});
  tail_end_ += size;
}

void LedgerFiles::try_room() {
  make_room(asked_bytes_);
  tail_file_->pwrite(tail_end_, Bytes(asked_bytes_, '\0'));  // where a file system reserves nothing
}

void LedgerFiles::sync() {
  if (pending_.empty() && !shown_) return;
  if (mark_.head != durable_) put_mark(false);  // what is durable already; one sync for both
  if constexpr (!world::sabotaged(world::Sabotage::answer_before_sync)) tail_file_->datasync();
  show();
  durable_ = tail_;
  durable_end_ = tail_end_;
  shown_ = false;
}

void LedgerFiles::show() {
  const std::lock_guard lock(mutex_);
  for (const Pending& entry : pending_) last().index.add(entry.offset, entry.end, entry.head);
  shown_ = shown_ || !pending_.empty();
  pending_.clear();
}

void LedgerFiles::drop_unsynced() {
  pending_.clear();
  tail_ = last().index.head();
  tail_end_ = last().index.end();
}

void LedgerFiles::write_mark() {
  if (mark_.head == durable_) return;
  put_mark(false);
  tail_file_->datasync();
}

void LedgerFiles::put_mark(bool continued) {
  const Mark mark{mark_.counter + 1, durable_, static_cast<std::uint32_t>(durable_end_), continued};
  log::write_mark(*tail_file_, last().head.number, mark);
  mark_ = mark;
}

void LedgerFiles::make_room(std::uint64_t entry_size) {
  if (tail_end_ + entry_size > last().head.capacity) roll(entry_size);
  if (entry_size <= small_entry_bytes) zero_ahead(tail_end_ + entry_size);
}

/// The new segment is durable before the old one says that the log goes on, and that is durable before anything stands
/// in the new one.
void LedgerFiles::roll(std::uint64_t entry_size) {
  sync();
  const SegmentHead head{last().head.number + 1, std::max(options_.segment_bytes, entries_at + entry_size), tail_};
  create_segment(disk_, folder_, head);
  const std::string path = folder_ + "/" + segment_name(head.number);
  auto file = disk_.open(path, world::Disk::Mode::write);
  put_mark(true);
  tail_file_->datasync();
  try {
    save_index(disk_, folder_, last());
  } catch (const world::DiskError&) {
    // Only a shortcut: the next start makes it again.
  }
  {
    const std::lock_guard lock(mutex_);
    segments_.push_back(std::make_shared<Segment>(Segment{head, SegmentIndex(head.before), path}));
  }
  tail_file_ = std::move(file);
  tail_end_ = zeroed_to_ = durable_end_ = entries_at;
  mark_ = {.counter = 1, .head = head.before, .end = entries_at};
}

void LedgerFiles::zero_ahead(std::uint64_t entry_end) {
  if (entry_end <= zeroed_to_ || options_.zero_ahead_bytes == 0) return;
  const std::uint64_t to = std::min(entry_end + options_.zero_ahead_bytes, last().head.capacity);
  tail_file_->pwrite(entry_end, Bytes(to - entry_end, '\0'));
  zeroed_to_ = to;
}

}  // namespace aidledger::log
