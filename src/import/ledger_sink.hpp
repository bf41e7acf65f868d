#pragma once
// The two ways into a ledger: the one that this process has open, and a running service that takes lines.
#include "src/import/importer.hpp"
#include "src/ledger/ledger.hpp"

namespace aidledger::import {

/// In process. The ledger must have been started and must outlive the sink; submit() waits for the answers, so it must
/// not be called on the ledger's strand.
class LedgerSink : public ActionSink {
 public:
  LedgerSink(ledger::Ledger& ledger, Principal principal) : ledger_(ledger), principal_(std::move(principal)) {}
  std::vector<ActionResult> submit(const std::vector<OutgoingAction>& actions) override;

 private:
  ledger::Ledger& ledger_;
  Principal principal_;
};

/// Over lines of JSON, each answered in order by one tree: {"status": 201, ...}, or a problem with "status", "name",
/// "detail".
class LinesSink : public ActionSink {
 public:
  using Post = std::function<std::vector<Tree>(const std::vector<std::string>& lines)>;
  explicit LinesSink(Post post) : post_(std::move(post)) {}
  std::vector<ActionResult> submit(const std::vector<OutgoingAction>& actions) override;

 private:
  Post post_;
};

/// {"type", "action_id", "occurred_at", "data"}: one line of a posted batch.
Tree line_of(const OutgoingAction& action);

}  // namespace aidledger::import
