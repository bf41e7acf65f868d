#include "src/file_copy.hpp"

#include "src/log/frame.hpp"
#include "src/log/little_endian.hpp"
#include "src/world/digest.hpp"

namespace aidledger {
namespace {

constexpr std::uint64_t settle_bytes = 4 << 20;
constexpr std::int64_t settle_us = 100'000;
constexpr std::size_t note_bytes = 3 * 8 + sizeof(Hash) + 4;  ///< next_seq, at, first_seq, frame, CRC-32C of these

}  // namespace

FileCopy::FileCopy(log::LedgerFiles& files, world::Disk& disk, world::Clock& clock, const std::string& note)
    : files_(files), clock_(clock) {
  using Mode = world::Disk::Mode;
  file_ = disk.open(note, disk.exists(note) ? Mode::write : Mode::create);
  read_note();
}

void FileCopy::read_note() {
  Bytes bytes(note_bytes, '\0');
  if (file_->pread(0, bytes.data(), note_bytes) != note_bytes) return;
  const BytesView view = bytes;
  if (log::get<std::uint32_t>(view, note_bytes - 4) != world::crc32c(view.substr(0, note_bytes - 4))) return;
  const Note note{log::get<std::uint64_t>(view, 0),
                  {log::get<std::uint64_t>(view, 8)},
                  log::get<std::uint64_t>(view, 16),
                  log::get_hash(view, 24)};
  if (note.next_seq > 0 && note.next_seq <= files_.head().next_seq) note_ = note;
}

Bytes FileCopy::batch_with(Seq seq) const {
  Bytes batch;
  if (const auto from = files_.position_of(seq))
    files_.scan(*from, [&](BytesView frame, log::Position) {
      batch = Bytes(frame);
      return false;
    });
  return batch;
}

void FileCopy::write_note() {
  Bytes bytes;
  log::put(bytes, std::uint64_t{note_.next_seq});
  log::put(bytes, std::uint64_t{note_.at.value});
  log::put(bytes, std::uint64_t{note_.first_seq});
  bytes.append(view_of(note_.frame));
  log::put(bytes, std::uint32_t{world::crc32c(bytes)});
  file_->pwrite(0, bytes);
  noted_anew_ = false;
}

void FileCopy::keep(BytesView frame, log::Position at) {
  const auto seqs = log::seqs_of(frame);
  if (seqs.first < files_.tail().next_seq) return;
  files_.append(frame);
  files_.show();
  unsettled_ += frame.size();
  const std::lock_guard lock(mutex_);
  note_ = {seqs.next, at, seqs.first, {}};
}

/// Now and then, and at the last that is held: a place to read on from at the next start.
void FileCopy::met(BytesView frame, log::Position at) {
  const auto seqs = log::seqs_of(frame);
  if (seqs.next < files_.head().next_seq && !due()) return;
  const std::lock_guard lock(mutex_);
  if (seqs.next < note_.next_seq || (seqs.next == note_.next_seq && note_.judged)) return;
  note_ = {seqs.next, at, seqs.first, world::sha256(frame)};
  noted_anew_ = true;
}

void FileCopy::came_from_elsewhere(log::Position last_batch_at) {
  const Seq end = files_.head().next_seq;
  const std::lock_guard lock(mutex_);
  note_ = {end, last_batch_at, log::seqs_of(batch_with(end - 1)).first, {}, false};
}

bool FileCopy::due() const { return unsettled_ >= settle_bytes || clock_.monotonic_us() - settled_at_us_ >= settle_us; }

void FileCopy::settle() {
  if (due()) settle_now();
}

void FileCopy::settle_now() {
  if (unsettled_ == 0 && !noted_anew_) return;
  if (unsettled_ > 0) files_.sync();
  const std::lock_guard lock(mutex_);
  write_note();
  unsettled_ = 0;
  settled_at_us_ = clock_.monotonic_us();
}

void FileCopy::scan(Seq seq, const std::function<bool(BytesView frame)>& visit) {
  const auto from = files_.position_of(seq);
  if (from) files_.scan(*from, [&](BytesView frame, log::Position) { return visit(frame); });
}

ledger::AcceptedCopy::Resume FileCopy::resume() const {
  const std::lock_guard lock(mutex_);
  return {note_.at, note_.first_seq, note_.judged};
}

std::optional<FileCopy::Noted> FileCopy::noted() const {
  const std::lock_guard lock(mutex_);
  if (note_.next_seq == 0) return std::nullopt;
  return Noted{note_.at, note_.frame != Hash{} ? note_.frame : world::sha256(batch_with(note_.next_seq - 1))};
}

}  // namespace aidledger
