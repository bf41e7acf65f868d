#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

namespace aidledger::cli {
namespace {

Exit list_deadlines(const Arguments& arguments, Session& session) {
  auto query = read_query(arguments);
  for (const auto* name : {"undertaker", "case", "rule", "status", "from", "to"})
    query.emplace_back(name, arguments.text("--" + std::string(name)));
  if (arguments.has("--overdue")) query.emplace_back("overdue", "true");
  print_list(session, session.pages(session.ledger_path() + "/deadlines", query, limit_of(arguments)),
             {{"DUE", {"due", "calendar_missing"}},
              {"STATUS", {"status", "state"}},
              {"RULE", {"rule", "start.value.rule", "start.rule", "clock"}},
              {"CASE", {"case", "start.value.case"}},
              {"OWED BY", {"owed_by", "start.value.owed_by"}},
              {"DONE ON", {"done_on", "done.value.on", "done.on"}},
              {"STARTED", {"started_on", "start.value.started"}}},
             "no such deadlines");
  return Exit::ok;
}

}  // namespace

Commands deadline_commands() {
  return {{"deadlines",
           "what is due, met and missed, and by whom",
           {{"aidledger deadlines --status missed", "what was missed"},
            {"aidledger deadlines --undertaker U-0007", "what one undertaker owes"},
            {"aidledger deadlines --status due --to 2026-12-31", "what falls due until then"}},
           with({option("--undertaker", "U", "only what this undertaker owes"),
                 option("--case", "CASE", "only deadlines of this case"), option("--rule", "RULE", "only this rule"),
                 option("--status", "S", "only due, met, missed, waived, excused, withdrawn or calendar-missing ones"),
                 flag("--overdue", "only what is overdue now"),
                 option("--from", "DATE", "only what falls due on this date or later"),
                 option("--to", "DATE", "only what falls due on this date or earlier")},
                read_options(true)),
           list_deadlines}};
}

}  // namespace aidledger::cli
