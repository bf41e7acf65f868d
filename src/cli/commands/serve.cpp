#include "src/cli/commands/groups.hpp"
#include "src/cli/session.hpp"

namespace aidledger::cli {
namespace {

Exit serve(const Arguments& arguments, Session& session) {
  if (!session.hands().serve) throw Failure(Exit::usage, "this build cannot serve");
  session.hands().serve(session.all_settings(),
                        {.create = !arguments.has("--existing"), .demonstration = arguments.has("--demonstration")},
                        session.terminal());
  return Exit::ok;
}

}  // namespace

Commands serve_commands() {
  return {
      {"serve",
       "start the service on this machine",
       {{"aidledger serve", "on ./data; an empty folder becomes the ledger 'city'"},
        {"aidledger serve --data /srv/3101 --ledger 3101", "another folder and name"},
        {"aidledger serve --data /srv --ledger north,south", "two ledgers, in /srv/north and /srv/south"},
        {"aidledger serve --http-port 9000", "another port"}},
       {flag("--existing", "refuse to start where the folder holds no ledger"),
        flag("--demonstration", "a new ledger is one for demonstrations: recorded times may be simulated")},
       serve,
       "A new ledger gets its first record, the shipped policies and calendars, and the operator's token in\n"
       "<data>/operator.token. Ctrl-C stops cleanly; started again, it goes on where it was.\n"
       "Of several ledgers each has its folders, <data>/<ledger> and <vault>/<ledger>, and its own operator; one that\n"
       "cannot be opened is said and leaves the others served. Other commands take --ledger to say which."}};
}

}  // namespace aidledger::cli
