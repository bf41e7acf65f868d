#pragma once
// Acceptance: every reader judges every batch, in log order, by the same steps and on the frame alone (ARCHITECTURE.md,
// "The log arbitrates").
#include <functional>
#include <string>

#include "src/ledger/head.hpp"
#include "src/log/frame.hpp"

namespace aidledger::ledger {

/// Reasons to stop taking actions; reads go on, marked stale. Each has an entry in the runbook.
enum class Halt { none, needs_version, log_diverged, poison, clock_suspect };
std::string_view code_of(Halt halt);

enum class Judgement { accepted, void_, halt };

struct Verdict {
  Judgement judgement = Judgement::void_;
  Halt halt = Halt::none;
  std::string why;
  log::Frame frame;  ///< of an accepted batch; views of the judged bytes
};

struct Bench {
  std::string ledger;
  bool signed_batches = false;  ///< on Kafka; an embedded ledger's batches carry no signature and none is checked
  std::function<bool(const log::KeyId& key)> enrolled;
  std::function<bool(const log::KeyId& key, BytesView part, BytesView signature)> verify;
  /// The hash we hold of record `seq` (seq < head.next_seq).
  std::function<Hash(Seq seq)> hash_at;
};

Verdict judge(const Head& head, BytesView batch, const Bench& bench);

}  // namespace aidledger::ledger
