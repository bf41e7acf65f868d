#include "src/ledger/judge.hpp"

#include <array>

#include "events/record.hpp"

namespace aidledger::ledger {
namespace {

Verdict void_because(std::string why) { return {Judgement::void_, Halt::none, std::move(why), {}}; }
Verdict halt_because(Halt halt, std::string why) { return {Judgement::halt, halt, std::move(why), {}}; }

/// Step 1: not signed by an enrolled writer key, or of another ledger. Empty when it is ours.
std::string not_ours(const log::Envelope& envelope, BytesView batch, const Bench& bench) {
  if (envelope.ledger != bench.ledger) return "of ledger " + envelope.ledger;
  if (!bench.signed_batches) return {};
  if (!bench.enrolled(envelope.writer_key)) return "of a writer key that is not enrolled";
  const auto parts = log::signed_part(batch);
  return bench.verify(envelope.writer_key, parts.part, parts.signature) ? "" : "its signature does not verify";
}

}  // namespace

std::string_view code_of(Halt halt) {
  constexpr std::array<std::string_view, 5> codes{"", "NEEDS_VERSION", "LOG_DIVERGED", "POISON", "CLOCK_SUSPECT"};
  return codes.at(static_cast<std::size_t>(halt));
}

Verdict judge(const Head& head, BytesView batch, const Bench& bench) {
  const auto envelope = log::parse_envelope(batch);
  if (!envelope) return void_because(envelope.error());
  if (auto why = not_ours(*envelope, batch, bench); !why.empty()) return void_because(std::move(why));
  if (envelope->version != log::frame_version || envelope->catalogue > catalogue_version)
    return halt_because(Halt::needs_version, "a batch of frame version " + std::to_string(envelope->version) +
                                                 " and catalogue version " + std::to_string(envelope->catalogue) +
                                                 "; this program knows frame 1 and catalogue " +
                                                 std::to_string(catalogue_version));
  auto frame = log::parse(batch);
  if (!frame) return halt_because(Halt::log_diverged, "a batch of ours that cannot be read: " + frame.error());
  if (frame->first_seq == head.next_seq && frame->prev_hash == head.hash)
    return {Judgement::accepted, Halt::none, {}, std::move(*frame)};
  if (frame->first_seq < head.next_seq) {
    const Hash before = frame->first_seq == 0 ? Hash{} : bench.hash_at(frame->first_seq - 1);
    if (frame->prev_hash == before)
      return void_because("decided on record " + std::to_string(frame->first_seq) + ", which another batch became");
  }
  return halt_because(Halt::log_diverged, "a batch that begins with record " + std::to_string(frame->first_seq) +
                                              " was decided on a history that is not held here (next record: " +
                                              std::to_string(head.next_seq) + ")");
}

}  // namespace aidledger::ledger
