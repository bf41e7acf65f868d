#pragma once
// What a running command has in its hands: settings, terminal, the service, and the work that needs no service.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "events/values/tree.hpp"
#include "src/cli/client.hpp"
#include "src/cli/hands.hpp"
#include "src/cli/outcome.hpp"
#include "src/cli/terminal.hpp"
#include "src/settings/settings.hpp"

namespace aidledger::cli {

/// Parts of a query string, encoded when it is built. Empty values are left out.
using Query = std::vector<std::pair<std::string, std::string>>;
std::string with_query(std::string path, const Query& query);

class Session {
 public:
  Session(const settings::Settings& settings, Terminal& terminal, const Hands& hands, bool json)
      : settings_(settings), terminal_(terminal), hands_(hands), json_(json) {}

  /// As they are for the one ledger that the command is about; a Failure of usage where there are several and none is
  /// named.
  const settings::Settings& settings();
  /// As they are: for what is about every ledger, or about none.
  const settings::Settings& all_settings() const { return settings_; }
  Terminal& terminal() { return terminal_; }
  const Hands& hands() const { return hands_; }
  bool json() const { return json_; }
  /// Whether the work is on the folder that --data names, which no service has open. --server goes before it; a Failure
  /// of usage where the environment or the settings file names a service: one of the two is not what is meant.
  bool on_folder() const;

  /// "/v1/ledgers/<ledger>": the one that the settings name, else the only one that the service has.
  std::string ledger_path();
  /// Opens the token file and makes the client when first called.
  Client& client();
  /// The body of a 2xx answer; a Failure for anything else.
  Tree get(const std::string& target);
  Tree post(const std::string& target, const Tree& body, const std::map<std::string, std::string>& headers = {});
  /// {"up_to_seq", "items"}: all items of a list that comes in pages, at most `most` (0 = all). The seq is the first
  /// page's.
  Tree pages(const std::string& path, Query query, std::uint64_t most);

  /// Says, once, on stderr that what was read may be behind the log, where the answer carries that mark.
  void heed(const HttpAnswer& answer);

  /// Prints a tree as JSON where --json was given and returns true.
  bool print_json(const Tree& tree);
  /// A line on stdout / a message on stderr.
  void say(const std::string& line);
  void note(const std::string& message);
  /// True where the person at the terminal agrees; a Failure where there is none and --yes was not given.
  bool confirm(const std::string& question, bool yes);

 private:
  settings::Settings settings_;
  std::optional<settings::Settings> one_;
  Terminal& terminal_;
  const Hands& hands_;
  bool json_;
  std::unique_ptr<Client> client_;
  std::string ledger_;
  bool heeded_ = false;
};

/// What stands under "data", or the answer itself.
const Tree& data_of(const Tree& answer);
/// The items of an answer that is a list; none where it is something else.
const TreeList& items_of(const Tree& answer);
/// The body as a tree, or the Failure that a problem document, a status and the exit codes make of it.
Tree body_of(const HttpAnswer& answer);
/// The same for a problem that came as a line among others.
Failure failure_of(unsigned status, const Tree& problem);

}  // namespace aidledger::cli
