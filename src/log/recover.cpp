#include "src/log/recover.hpp"

#include <algorithm>

#include "src/log/entry_reader.hpp"
#include "src/log/frame.hpp"
#include "src/log/log_damaged.hpp"
#include "src/world/digest.hpp"

namespace aidledger::log {
namespace {

using Kind = LogDamaged::Kind;
using Step = EntryReader::Step;
constexpr std::size_t read_ahead = 4 << 20;

/// Where reading a segment stopped, and why.
struct Stop {
  Kind kind = Kind::ends_before_mark;
  const char* wrong = "the log ends before what was acknowledged";
  bool torn = false;  ///< something stands there that is no entry
};

class Recovery {
 public:
  Recovery(world::Disk& disk, const std::string& folder, bool trust_indexes)
      : disk_(disk), folder_(folder), trust_indexes_(trust_indexes) {}

  Recovered run(const std::vector<std::uint32_t>& numbers) {
    for (std::uint32_t i = 0; i < numbers.size(); ++i) {
      if (numbers[i] != i) throw missing(i);
      take(i, i + 1 == numbers.size());
    }
    return {std::move(segments_), mark_};
  }

 private:
  void take(std::uint32_t number, bool last) {
    const std::string path = folder_ + "/" + segment_name(number);
    const auto file = disk_.open(path, last ? world::Disk::Mode::write : world::Disk::Mode::read);
    const auto head = read_head(*file);
    const auto [mark, one_damaged] = read_marks(*file, number);
    const Head reached = segments_.empty() ? Head{} : segments_.back()->index.head();
    if (!head || head->number != number || head->capacity < entries_at || head->capacity > max_segment_bytes) {
      throw LogDamaged(Kind::damaged_head, path, reached.next_seq, 0, "a segment's head is damaged");
    }
    if (head->before != reached) throw does_not_continue(path, *head);
    if (!mark) {
      throw LogDamaged(Kind::damaged_head, path, reached.next_seq, mark_slot_at[0],
                       "both marks of a segment are damaged");
    }
    if (file->size() < head->capacity) {
      throw LogDamaged(Kind::cut_short, path, reached.next_seq, file->size(),
                       "a segment file is shorter than it was made");
    }

    auto segment = std::make_shared<Segment>(Segment{*head, SegmentIndex(head->before), path});
    if (last || !trust_indexes_ || !take_index(*segment)) read(*segment, *file, *mark);
    if (last && one_damaged && segment->index.head().next_seq == mark->head.next_seq) {
      throw LogDamaged(
          Kind::damaged_head, path, mark->head.next_seq, segment->index.end(),
          "one of the two marks is damaged and the log ends at the other, so its last batches may be gone");
    }
    if (last) finish_last(*segment, *file, *mark);
    segments_.push_back(std::move(segment));
    mark_ = *mark;
  }

  void read(Segment& segment, const world::File& file, const Mark& mark) {
    stop_ = {};
    bool mark_met = mark.head == segment.head.before;
    EntryReader entries(file, segment.head.number, entries_at, segment.head.capacity, read_ahead);
    Step step;
    while ((step = entries.step()) == Step::entry) {
      const auto frame = parse(entries.bytes());
      const Head before = segment.index.head();
      if (!frame || frame->first_seq != before.next_seq || frame->prev_hash != before.hash) {
        stop_ = {Kind::damaged_entry, "an entry that does not continue the one before", true};
        break;
      }
      const Head head{frame->next_seq(), world::sha256(frame->records.back())};
      segment.index.add(entries.offset(), entries.next(), head);
      mark_met = mark_met || mark.head == head;
    }
    if (step == Step::bad) stop_ = {Kind::damaged_entry, entries.wrong(), true};
    if (!mark_met) throw stopped_in(segment);
  }

  /// A crash leaves at most what was never acknowledged behind the last entry. What stands between the mark and there
  /// is written once more: after a failed sync its pages may look clean and yet not be on disk.
  void finish_last(Segment& segment, world::File& file, const Mark& mark) {
    if (mark.continued) throw missing(segment.head.number + 1);
    if (stop_.torn) clear_range(file, segment.index.end(), segment.head.capacity);
    const std::uint64_t from = mark.head == segment.head.before ? entries_at : mark.end;
    if (from < segment.index.end()) {
      Bytes unmarked(segment.index.end() - from, '\0');
      unmarked.resize(file.pread(from, unmarked.data(), unmarked.size()));
      file.pwrite(from, unmarked);
    }
    file.datasync();
    if (!segments_.empty() && !mark_.continued) mark_continued(*segments_.back());
  }

  /// The crash came after the new segment was made and before the old one said so.
  void mark_continued(Segment& before) {
    const auto file = disk_.open(before.path, world::Disk::Mode::write);
    write_mark(*file, before.head.number,
               {mark_.counter + 1, before.index.head(), static_cast<std::uint32_t>(before.index.end()), true});
    file->datasync();
  }

  bool take_index(Segment& segment) {
    const std::string path = folder_ + "/" + index_name(segment.head.number);
    if (!disk_.exists(path)) return false;
    auto index = SegmentIndex::parse(world::read_file(disk_, path), segment.head.number);
    if (!index || index->before() != segment.head.before) return false;
    segment.index = std::move(*index);
    return true;
  }

  LogDamaged missing(std::uint32_t number) const {
    return {Kind::missing_file, folder_ + "/" + segment_name(number),
            segments_.empty() ? 0 : segments_.back()->index.head().next_seq, 0, "a segment file is missing"};
  }
  LogDamaged stopped_in(const Segment& segment) const {
    return {stop_.kind, segment.path, segment.index.head().next_seq, segment.index.end(), stop_.wrong};
  }
  /// The next segment begins elsewhere: this one lost its end, or that one is of another log.
  LogDamaged does_not_continue(const std::string& path, const SegmentHead& head) const {
    if (!segments_.empty() && head.before.next_seq > segments_.back()->index.head().next_seq)
      return stopped_in(*segments_.back());
    return {Kind::damaged_head, path, head.before.next_seq, 0, "a segment does not continue the one before"};
  }

  world::Disk& disk_;
  const std::string& folder_;
  bool trust_indexes_;
  std::vector<std::shared_ptr<Segment>> segments_;
  Mark mark_;
  Stop stop_;
};

}  // namespace

Recovered recover(world::Disk& disk, const std::string& folder, std::uint64_t segment_bytes, bool trust_indexes) {
  std::vector<std::uint32_t> numbers;
  for (const std::string& name : disk.list(folder)) {
    if (name.ends_with(".new")) disk.remove(folder + "/" + name);
    if (const auto number = number_of(name)) numbers.push_back(*number);
  }
  if (numbers.empty()) {
    create_segment(disk, folder, {.number = 0, .capacity = segment_bytes, .before = {}});
    numbers.push_back(0);
  }
  return Recovery(disk, folder, trust_indexes).run(numbers);
}

}  // namespace aidledger::log
