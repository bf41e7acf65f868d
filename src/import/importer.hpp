#pragma once
// Joins reader, planner and ledger: one run over one file. Running it again is harmless and takes what is new.
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "events/values/tree.hpp"
#include "src/import/planner.hpp"
#include "src/import/report.hpp"
#include "src/import/unseen.hpp"

namespace aidledger::import {

/// One action for the ledger, as it would be posted.
struct OutgoingAction {
  std::string action;
  std::string action_id;
  Instant occurred_at;
  Tree data;
};

struct ActionResult {
  enum class Kind {
    accepted,
    already,   ///< answered before, under the same id
    refused,   ///< `refusal` is its name, `detail` why
    conflict,  ///< the id was used before with another content
    failed,    ///< nothing decided or in doubt: the run ends, and goes on where it was when started again
  };
  Kind kind = Kind::accepted;
  std::string refusal, detail;
};

/// The way into a ledger: in process, or over HTTP.
class ActionSink {
 public:
  virtual ~ActionSink() = default;
  /// One result per action, in order. Actions are decided in order.
  virtual std::vector<ActionResult> submit(const std::vector<OutgoingAction>& actions) = 0;
};

struct ImportCounts {
  std::uint64_t cases = 0, steps = 0, dates = 0, undertakers = 0, actions = 0;  ///< found in the file and understood
  std::uint64_t clocks = 0;                                                     ///< of these, items that start a clock
  std::uint64_t new_records = 0, already_there = 0;                             ///< answered by the ledger
  std::uint64_t rejected = 0;                                                   ///< lines in the report
  std::vector<std::string> unseen;  ///< what the mapping names and the file does not have; filled in at the end
};

struct ImportSettings {
  PlanSettings plan;

  bool dry_run = false;
  /// Leaves the clock hold open: more files of the source follow before its clocks may be judged.
  bool keep_hold = false;
};

/// The run ended early; what was accepted stands, and the clock hold stays open until a run ends well.
struct ImportStopped : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Importer {
 public:
  using Progress = std::function<void(const ImportCounts&)>;
  /// `sink` may be null for a dry run alone.
  Importer(const ImportSettings& settings, ActionSink* sink, RejectReport& report, Progress progress);

  /// Reads the file to its end. Throws ImportStopped (refused hold or mapping, failed sink) and InputDamaged; see
  /// case_reader.hpp.
  ImportCounts run(const std::string& path);

 private:
  /// An action on its way and the event that it came from, should it be refused.
  struct Waiting {
    OutgoingAction action;
    std::shared_ptr<const SourceCase> source;
    std::size_t event = 0;
    std::shared_ptr<const PlannedPart> part;  ///< of an import-case
    bool names_someone =
        false;  ///< an import-undertaker: whoever was named before, in another case, is the same person
  };

  void begin();
  void end();
  void take(SourceCase source);
  void take_part(PlannedPart part, const std::shared_ptr<const SourceCase>& source);
  void wait_for(Waiting waiting);
  void flush();
  void answered(const Waiting& waiting, const ActionResult& result);
  void try_one_by_one(const Waiting& waiting);
  void reject(const Waiting& waiting, const ActionResult& result);
  ActionResult ask(const OutgoingAction& action);
  const Mapping& mapping() const { return settings_.plan.mapping; }

  const ImportSettings& settings_;
  ActionSink* sink_;
  RejectReport& report_;
  Progress progress_;
  ImportCounts counts_;
  Unseen unseen_;

  std::set<std::string> undertakers_;
  std::vector<Waiting> waiting_;
  std::size_t waiting_items_ = 0;
};

/// The part as the action import-case.
OutgoingAction import_case_action(const PlannedPart& part, const Mapping& mapping);

}  // namespace aidledger::import
