#pragma once
// What the commands cannot do themselves because it takes the concrete classes of other rooms. main hands it in.
#include <functional>
#include <string>
#include <vector>

#include "events/values/tree.hpp"
#include "src/cli/terminal.hpp"
#include "src/settings/settings.hpp"

namespace aidledger::cli {

struct Serving {
  bool create = true;          ///< make the ledger where the folder is empty
  bool demonstration = false;  ///< a new ledger is a demonstration ledger
};

struct DemoWish {
  std::uint64_t seed = 1;
  std::string end_date;  ///< last day of the year of casework; empty = yesterday
  std::uint64_t undertakers = 120, cases = 2000;
};

/// Takes lines of actions (one JSON object each) and answers each, in order: {"status": 201, ...} or a problem.
using ActionSink = std::function<std::vector<Tree>(const std::vector<std::string>& lines)>;

struct ImportWish {
  std::string map, file, report;
  std::string source;      ///< replaces the mapping's source name: another file of the same shape, other cases
  std::string people_key;  ///< a file with a secret, where the mapping says that people are called by name
  bool dry_run = false;
  bool keep_hold = false;  ///< more files of the source follow before its clocks are judged
  ActionSink sink;         ///< the running service; empty = the ledger in the data folder
};

/// Each takes the settings in force and may throw Failure. Empty functions are commands that this build does not have.
/// Trees are results: printed as they are with --json, as text without.
struct Hands {
  using Settings = settings::Settings;
  /// Returns when it has stopped cleanly.
  std::function<void(const Settings&, const Serving&, Terminal&)> serve;
  /// Facts from `from` on, one tree per event, until `line` returns false.
  std::function<void(const Settings&, std::uint64_t from, const std::function<bool(const Tree&)>& line)> events;
  /// {"records": n, "head": hex, "rows_compared": n, "intact": bool, "findings": [{"seq","what"}]}; the figures only
  /// where the ledger files could be read to their end.
  std::function<Tree(const Settings&, Progress&)> verify;
  /// {"records": n, "rows": n}.
  std::function<Tree(const Settings&, Progress&)> rebuild;
  /// {"ledger","cases","undertakers","records"}.
  std::function<Tree(const Settings&, const DemoWish&, Progress&)> demo;
  /// As import::run_import says it.
  std::function<Tree(const Settings&, const ImportWish&, Progress&)> import;
  /// {"records","verified"}: from a backup folder to the (empty) data and vault folders.
  std::function<Tree(const Settings&, const std::string& from, Progress&)> restore;
  /// {"place","folder","last_event","ledger_next_seq"}; the last is null where a service has the ledger open.
  std::function<Tree(const Settings&)> feed_status;
  /// Tells the feed anew, into `to` (new or empty; empty text = in place). {"folder","records","last_event"}.
  std::function<Tree(const Settings&, const std::string& to, Progress&)> feed_rebuild;
  /// Writes a JSON Schema per kind of event into a folder. {"folder","schemas"}.
  std::function<Tree(const Settings&, const std::string& folder)> feed_schemas;
  /// The AsyncAPI document.
  std::function<Tree(const Settings&)> feed_asyncapi;
  /// A ledger's log made in Kafka, moved there, its lost end put back; without `really` a dry run:
  /// {"plan": [...], "done": bool, ...}.
  std::function<Tree(const Settings&, bool really, Progress&)> create_ledger, move_ledger;
  std::function<Tree(const Settings&, bool really, const std::string& first_token_file,
                     const std::string& second_token_file, Progress&)>
      repair_log;
  /// {"seq","hash","done"} and, where another follows, "next_poison": its seq.
  std::function<Tree(const Settings&, bool really, const std::string& first_token_file,
                     const std::string& second_token_file, const std::string& hash, const std::string& reason,
                     Progress&)>
      pass_poison;
  /// {"node","key_id","public_key"}: of this folder's node, made where there is none.
  std::function<Tree(const Settings&)> node_key;
  /// {"file","kek_id"}: a new key-encryption key in a new file.
  std::function<Tree(const std::string& file)> make_kek;
  /// {"ledger","entries","kek_id"}: the shared vault wrapped by the key in force.
  std::function<Tree(const Settings&, Progress&)> rewrap_vault;
  /// {"ledger","entries","put"}: a vault's folder, or its backup, put into the shared vault's empty topic.
  std::function<Tree(const Settings&, const std::string& folder, Progress&)> publish_vault;
  /// A token, made in the vault of a folder that no service has open.
  std::function<Tree(const Settings&, const Tree& body)> add_token;
};

}  // namespace aidledger::cli
