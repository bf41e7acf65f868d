// Reading, verifying and copying the ledger files.
#include <algorithm>
#include <stdexcept>

#include "src/log/entry_reader.hpp"
#include "src/log/frame.hpp"
#include "src/log/ledger_files.hpp"
#include "src/log/record_reader.hpp"
#include "src/world/digest.hpp"

namespace aidledger::log {
namespace {

constexpr std::size_t max_open_files = 256;
constexpr std::size_t scan_ahead = 1 << 20;
constexpr std::size_t seek_ahead = 2 * index_step;
constexpr std::size_t copy_at_once = 4 << 20;

/// A position is the segment's number and an offset in its file; 0 is the beginning.
Position position_in(std::uint32_t number, std::uint64_t offset) { return {std::uint64_t{number} << 32 | offset}; }
std::uint32_t number_in(Position position) { return static_cast<std::uint32_t>(position.value >> 32); }
std::uint64_t offset_in(Position position) { return std::max<std::uint64_t>(position.value & 0xffffffff, entries_at); }

void copy_range(const world::File& from, world::File& to, std::uint64_t begin, std::uint64_t end) {
  for (std::uint64_t at = begin; at < end;) {
    Bytes piece(std::min<std::uint64_t>(copy_at_once, end - at), '\0');
    piece.resize(from.pread(at, piece.data(), piece.size()));
    if (piece.empty()) throw std::runtime_error("ledger files: a segment became shorter while it was copied");
    to.pwrite(at, piece);
    at += piece.size();
  }
}

}  // namespace

Head LedgerFiles::head() const {
  const std::lock_guard lock(mutex_);
  return last().index.head();
}

Position LedgerFiles::end() const {
  const std::lock_guard lock(mutex_);
  return position_in(last().head.number, last().index.end());
}

bool LedgerFiles::at_end(Position position) const { return !place_at(position); }

std::vector<Entry> LedgerFiles::read(Position from, std::size_t max_bytes) const {
  std::vector<Entry> entries;
  std::size_t size = 0;
  while (size < max_bytes || entries.empty()) {
    const auto place = place_at(from);
    if (!place) break;
    const std::size_t ahead = std::min(scan_ahead, std::max<std::size_t>(max_bytes - size, index_step));
    scan_place(*place, ahead, [&](BytesView frame, std::uint64_t, std::uint64_t next) {
      from = position_in(place->segment->head.number, next);
      entries.push_back({from, Bytes(frame), std::nullopt});
      size += frame.size();
      return size < max_bytes;
    });
  }
  return entries;
}

void LedgerFiles::scan(Position from, const std::function<bool(BytesView, Position)>& visit) const {
  bool wanted = true;
  while (wanted) {
    const auto place = place_at(from);
    if (!place) return;
    wanted = scan_place(*place, scan_ahead, [&](BytesView frame, std::uint64_t, std::uint64_t next) {
      from = position_in(place->segment->head.number, next);
      return visit(frame, from);
    });
  }
}

std::optional<Position> LedgerFiles::position_of(Seq seq) const {
  const auto place = place_of(seq);
  if (!place) return seq == head().next_seq ? std::optional(end()) : std::nullopt;
  std::optional<Position> found;
  scan_place(*place, seek_ahead, [&](BytesView frame, std::uint64_t offset, std::uint64_t) {
    if (seqs_of(frame).next > seq) found = position_in(place->segment->head.number, offset);
    return !found;
  });
  return found;
}

std::optional<Bytes> LedgerFiles::record(Seq seq) const {
  const auto place = place_of(seq);
  if (!place) return std::nullopt;
  auto found = read_record(*place->file, place->segment->head.number, place->offset, place->end, seq);
  if (!found) {
    throw LogDamaged(LogDamaged::Kind::damaged_entry, place->segment->path, seq, found.error().offset,
                     found.error().wrong);
  }
  return std::move(*found);
}

LedgerFiles::Sizes LedgerFiles::sizes() const {
  const std::lock_guard lock(mutex_);
  Sizes sizes{segments_.size(), 0, 0};
  for (const auto& segment : segments_) {
    sizes.entry_bytes += segment->index.end() - entries_at;
    sizes.reserved_bytes += segment->head.capacity;
  }
  return sizes;
}

void LedgerFiles::verify(const std::function<bool(std::uint64_t, std::uint64_t)>& progress) const {
  const std::uint64_t of = sizes().entry_bytes;
  std::uint64_t done = 0;
  Head reached;
  scan({}, [&](BytesView bytes, Position next) {
    const auto frame = parse(bytes);
    if (!frame || frame->first_seq != reached.next_seq || frame->prev_hash != reached.hash) {
      throw LogDamaged(LogDamaged::Kind::damaged_entry, folder_ + "/" + segment_name(number_in(next)), reached.next_seq,
                       offset_in(next), "an entry that does not continue the one before");
    }
    reached = {frame->next_seq(), world::sha256(frame->records.back())};
    done += entry_bytes(bytes.size(), frame->records.size());
    return progress(done, std::max(of, done));
  });
}

Head LedgerFiles::copy_to(const std::string& folder) const {
  disk_.make_folder(folder);
  if (!disk_.list(folder).empty()) throw std::invalid_argument("the folder to copy to is not empty: " + folder);
  struct Part {
    Place place;
    Head head;
  };
  std::vector<Part> parts;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& segment : segments_)
      parts.push_back({{segment, nullptr, entries_at, segment->index.end()}, segment->index.head()});
  }
  // Last one first: without the first one a copy that was cut short is not taken for a log.
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    const SegmentHead& head = part->place.segment->head;
    const auto from = disk_.open(part->place.segment->path, world::Disk::Mode::read);
    const auto end = static_cast<std::uint32_t>(part->place.end);
    create_segment(disk_, folder, head, [&](world::File& to) {
      copy_range(*from, to, entries_at, end);
      for (const std::uint64_t counter : {2, 3}) {
        log::write_mark(to, head.number, {counter, part->head, end, part != parts.rbegin()});
      }
    });
  }
  return parts.back().head;
}

/// The caller holds the mutex.
std::shared_ptr<const world::File> LedgerFiles::file_of(const std::shared_ptr<Segment>& segment) const {
  if (!segment->file) {
    segment->file = disk_.open(segment->path, world::Disk::Mode::read);
    open_.push_back(segment);
    if (open_.size() > max_open_files) {
      open_.front()->file.reset();
      open_.pop_front();
    }
  }
  return segment->file;
}

std::optional<LedgerFiles::Place> LedgerFiles::place_at(Position from) const {
  const std::lock_guard lock(mutex_);
  std::size_t number = number_in(from);
  std::uint64_t offset = offset_in(from);
  if (number + 1 < segments_.size() && offset == segments_[number]->index.end()) {
    ++number;
    offset = entries_at;
  }
  if (number >= segments_.size() || offset > segments_[number]->index.end()) {
    throw std::out_of_range("ledger files: a position beyond the end of the log");
  }
  const auto& segment = segments_[number];
  if (offset == segment->index.end()) return std::nullopt;
  return Place{segment, file_of(segment), offset, segment->index.end()};
}

std::optional<LedgerFiles::Place> LedgerFiles::place_of(Seq seq) const {
  const std::lock_guard lock(mutex_);
  if (seq >= last().index.head().next_seq) return std::nullopt;
  const auto after = std::upper_bound(segments_.begin(), segments_.end(), seq,
                                      [](Seq s, const auto& segment) { return s < segment->head.before.next_seq; });
  const auto& segment = *std::prev(after);
  return Place{segment, file_of(segment), segment->index.start_for(seq), segment->index.end()};
}

/// False when the visitor stopped. Everything up to the place's end was synced, so it has to be there.
bool LedgerFiles::scan_place(const Place& place, std::size_t ahead,
                             const std::function<bool(BytesView, std::uint64_t, std::uint64_t)>& visit) const {
  EntryReader entries(*place.file, place.segment->head.number, place.offset, place.end, ahead);
  EntryReader::Step step;
  while ((step = entries.step()) == EntryReader::Step::entry) {
    if (!visit(entries.bytes(), entries.offset(), entries.next())) return false;
  }
  if (step == EntryReader::Step::bad || entries.offset() != place.end) {
    throw LogDamaged(LogDamaged::Kind::damaged_entry, place.segment->path, place.segment->head.before.next_seq,
                     entries.offset(),
                     step == EntryReader::Step::bad ? entries.wrong() : "entries that were there are gone");
  }
  return true;
}

}  // namespace aidledger::log
