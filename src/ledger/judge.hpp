#pragma once
// Acceptance: every reader judges every batch, in log order, by the same steps and on the frame alone (ARCHITECTURE.md,
// "The log arbitrates").
#include <functional>
#include <optional>
#include <string>

#include "src/ledger/head.hpp"
#include "src/log/frame.hpp"

namespace aidledger::ledger {

/// Reasons to stop taking actions; reads go on, marked stale. Each has an entry in the runbook.
/// `log_unfit`: the topic's settings would let history be lost; it ends when they have been mended.
enum class Halt { none, needs_version, log_diverged, poison, clock_suspect, log_unfit };
std::string_view code_of(Halt halt);

enum class Judgement { accepted, void_, halt };

struct Verdict {
  Judgement judgement = Judgement::void_;
  Halt halt = Halt::none;
  std::string why;
  log::Frame frame;           ///< of a batch of ours that could be read; views of the judged bytes
  bool honest = false;        ///< void, but signed by an enrolled writer: another batch came first
  bool held_already = false;  ///< void because it is here already, record for record: read again, or sent twice
};

struct Bench {
  std::string ledger;
  bool signed_batches = false;  ///< on Kafka; an embedded ledger's batches carry no signature and none is checked
  Bytes first_public_key;       ///< pinned by configuration: who may write record 0
  /// The public key of a writer that may sign now; nothing for any other.
  std::function<std::optional<Bytes>(const log::KeyId& key)> enrolled;
  /// The hash we hold of record `seq` (seq < head.next_seq).
  std::function<Hash(Seq seq)> hash_at;
};

Verdict judge(const Head& head, BytesView batch, const Bench& bench);

}  // namespace aidledger::ledger
