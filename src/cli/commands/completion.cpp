#include <ostream>

#include "src/cli/commands/groups.hpp"
#include "src/cli/help.hpp"
#include "src/cli/session.hpp"

namespace aidledger::cli {

Commands completion_commands() {
  return {{"completion",
           "a completion script for bash",
           {{"source <(aidledger completion)", "for this shell"}},
           {},
           [](const Arguments&, Session& session) {
             session.terminal().out << bash_completion();
             return Exit::ok;
           }}};
}

}  // namespace aidledger::cli
