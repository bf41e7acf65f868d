#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

namespace aidledger::cli {
namespace {

Exit list_deadlines(const Arguments& arguments, Session& session) {
  auto query = read_query(arguments);
  for (const auto* name : {"undertaker", "case", "rule", "state", "from", "to"})
    query.emplace_back(name, arguments.text("--" + std::string(name)));
  query.emplace_back("with_step", arguments.text("--with-step"));
  if (arguments.has("--overdue")) query.emplace_back("state", "missed-still-open");
  print_list(session, session.pages(session.ledger_path() + "/deadlines", query, limit_of(arguments)),
             {{"DUE", {"due", "calendar_missing"}},
              {"STATE", {"state"}},
              {"RULE", {"rule"}},
              {"OF", {"subject.id", "subject"}},
              {"OWED BY", {"owed_by"}},
              {"FROM", {"from"}, Show::time},
              {"DONE ON", {"done.on"}},
              {"POLICY", {"policy.name", "policy"}},
              {"VERSION", {"policy.version"}}},
             "no such deadlines");
  return Exit::ok;
}

Exit count_deadlines(const Arguments& arguments, Session& session) {
  const auto answer = session.get(with_query(session.ledger_path() + "/statistics", read_query(arguments)));
  if (session.print_json(answer)) return Exit::ok;
  Tree rows = Tree::list();
  if (const auto* rules = answer.at_path("data.deadlines"); rules != nullptr && rules->as_list() != nullptr)
    rows = *rules;
  std::vector<Field> fields{{"RULE", {"rule"}}, {"TOTAL", {"total"}, Show::number}};
  for (const auto* state : {"not-yet-due", "met", "missed", "missed-still-open", "calendar-missing", "waived",
                            "excused", "withdrawn", "window-closed"})
    fields.push_back({state, {"states." + std::string(state)}, Show::number});
  print_list(session, list_answer(rows), fields, "no deadline was ever set");
  if (const auto* steps = answer.at_path("data.unwatched_steps"))
    session.say("\nsteps whose performer and supervisor are the same person: " + one_line(*steps));
  return Exit::ok;
}

}  // namespace

Commands deadline_commands() {
  return {
      {"deadlines",
       "what is due, met and missed, and by whom",
       {{"aidledger deadlines --overdue", "what was missed and is still open"},
        {"aidledger deadlines --undertaker U-0007", "what one undertaker owes"},
        {"aidledger deadlines --state met --to 2026-12-31", "what was done in time"}},
       with({option("--undertaker", "U", "only what this undertaker (or role) owes"),
             option("--case", "CASE", "only deadlines of this case"), option("--rule", "RULE", "only this rule"),
             option("--state", "S",
                    "not-yet-due, met, missed, missed-still-open, calendar-missing, waived, excused, withdrawn, "
                    "window-closed"),
             flag("--overdue", "the same as --state missed-still-open"),
             option("--from", "DATE", "only what falls due on this date or later"),
             option("--to", "DATE", "only what falls due on this date or earlier"),
             option("--with-step", "STEP", "only of cases that have a step of this name on or before the due date")},
            read_options(true)),
       list_deadlines},
      {"statistics",
       "deadlines by rule and state, in numbers",
       {{"aidledger statistics", ""}},
       read_options(false),
       count_deadlines}};
}

}  // namespace aidledger::cli
