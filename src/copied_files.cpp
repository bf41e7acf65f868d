#include "src/copied_files.hpp"

#include "src/log/frame.hpp"

namespace aidledger {
namespace {

/// Batches that are not the ones held (void ones, mostly) are passed so often before a look is given up.
constexpr int most_passed = 4;

struct Seen {
  log::Position at;
  Seq first_seq, next_seq;
};

/// The batch of the files that begins with `seq`; empty where none does.
Bytes batch_from(const log::LedgerFiles& files, Seq seq) {
  Bytes found;
  if (const auto from = files.position_of(seq))
    files.scan(*from, [&](BytesView frame, log::Position) {
      if (log::seqs_of(frame).first == seq) found = Bytes(frame);
      return false;
    });
  return found;
}

Seq first_of_last_batch(const log::LedgerFiles& files) {
  Seq first = 0;
  files.scan(*files.position_of(files.head().next_seq - 1), [&](BytesView frame, log::Position) {
    first = log::seqs_of(frame).first;
    return false;
  });
  return first;
}

/// The first batch in [from, until) that tells where it stands in the ledger: one that is held, or one beyond.
std::optional<Seen> first_known(log::LogIdentity& log, const log::LedgerFiles& files, log::Position from,
                                log::Position until) {
  const Seq end = files.head().next_seq;
  for (int passed = 0; from < until && passed < most_passed; ++passed) {
    const auto entry = log.entry_at(from);
    if (!entry || entry->next > until) return std::nullopt;
    const auto frame = log::parse(entry->batch);
    const bool known = frame && (frame->first_seq >= end || entry->batch == batch_from(files, frame->first_seq));
    if (known) return Seen{{entry->next.value - 1}, frame->first_seq, frame->next_seq()};
    from = entry->next;
  }
  return std::nullopt;
}

/// Whether the batch that comes before it in the ledger comes before it in the log: one that was sent twice lies behind
/// others once more.
bool follows_its_own(log::LogIdentity& log, const log::LedgerFiles& files, const Seen& seen) {
  if (seen.first_seq == 0) return true;
  for (std::uint64_t back = 1; back <= most_passed && back <= seen.at.value; ++back) {
    const auto before = first_known(log, files, {seen.at.value - back}, seen.at);
    if (!before || before->first_seq == seen.first_seq) continue;
    return before->first_seq < seen.first_seq && before->next_seq == seen.first_seq;
  }
  return false;
}

}  // namespace

std::optional<log::Position> place_of_last_batch(log::LogIdentity& log, const log::LedgerFiles& files) {
  auto [low, high] = log.watermarks();
  const auto beginning = log.entry_at(low);
  if (!beginning || beginning->batch != batch_from(files, 0)) return std::nullopt;  // other batches, or another ledger
  const Seq wanted = first_of_last_batch(files);
  while (low < high) {
    const log::Position middle{low.value + (high.value - low.value) / 2};
    const auto seen = first_known(log, files, middle, high);
    if (!seen || seen->first_seq > wanted)
      high = middle;
    else if (seen->first_seq == wanted && follows_its_own(log, files, *seen))
      return seen->at;
    else if (seen->first_seq == wanted)
      high = middle;
    else
      low = {seen->at.value + 1};
  }
  return std::nullopt;
}

}  // namespace aidledger
