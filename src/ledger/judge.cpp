#include "src/ledger/judge.hpp"

#include <array>

#include "events/record.hpp"
#include "src/vault/writer_key.hpp"
#include "src/world/digest.hpp"
#include "src/world/sabotage.hpp"

namespace aidledger::ledger {
namespace {

Verdict void_because(std::string why) {
  Verdict verdict;
  verdict.why = std::move(why);
  return verdict;
}

Verdict halt_because(Halt halt, std::string why) {
  Verdict verdict;
  verdict.judgement = Judgement::halt;
  verdict.halt = halt;
  verdict.why = std::move(why);
  return verdict;
}

/// Step 1: not signed by an enrolled writer key, or of another ledger. Empty when it is ours.
std::string not_ours(const log::Envelope& envelope, BytesView batch, const Bench& bench) {
  if (envelope.ledger != bench.ledger) return "of ledger " + envelope.ledger;
  if (!bench.signed_batches) return {};
  const auto key = bench.enrolled(envelope.writer_key);
  if (!key) return "of a writer key that is not enrolled";
  const auto parts = log::signed_part(batch);
  if (world::sabotaged(world::Sabotage::accept_unsigned) && parts.signature.empty()) return {};
  return vault::signed_by(*key, parts.part, parts.signature) ? "" : "its signature does not verify";
}

/// Signed, and decided on a record that we hold: another batch came first, or it is this one, seen again.
Verdict too_late(log::Frame frame, const Head& head, const Bench& bench) {
  Verdict verdict =
      void_because("decided on record " + std::to_string(frame.first_seq) + ", which another batch became");
  verdict.honest = true;
  verdict.held_already =
      frame.next_seq() <= head.next_seq && bench.hash_at(frame.next_seq() - 1) == world::sha256(frame.records.back());
  verdict.frame = std::move(frame);
  return verdict;
}

}  // namespace

std::string_view code_of(Halt halt) {
  constexpr std::array<std::string_view, 6> codes{"",       "NEEDS_VERSION", "LOG_DIVERGED",
                                                  "POISON", "CLOCK_SUSPECT", "LOG_UNFIT"};
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
    return {Judgement::accepted, Halt::none, {}, std::move(*frame), false, false};
  if (frame->first_seq < head.next_seq) {
    const Hash before = frame->first_seq == 0 ? Hash{} : bench.hash_at(frame->first_seq - 1);
    if (frame->prev_hash == before) return too_late(std::move(*frame), head, bench);
  }
  return halt_because(Halt::log_diverged, "a batch that begins with record " + std::to_string(frame->first_seq) +
                                              " was decided on a history that is not held here (next record: " +
                                              std::to_string(head.next_seq) + ")");
}

}  // namespace aidledger::ledger
