#include <ostream>

#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

namespace aidledger::cli {
namespace {

Exit list_cases(const Arguments& arguments, Session& session) {
  auto query = read_query(arguments);
  if (arguments.has("--overdue")) query.emplace_back("overdue", "true");
  for (const auto* name : {"undertaker", "state", "district"})
    query.emplace_back(name, arguments.text("--" + std::string(name)));
  print_list(session, session.pages(session.ledger_path() + "/cases", query, limit_of(arguments)),
             {{"CASE", {"id", "case"}},
              {"TYPE", {"case_type"}},
              {"STATUS", {"status"}},
              {"DISTRICT", {"district"}},
              {"RECIPIENT", {"recipient_name"}},
              {"UNDERTAKER", {"undertaker"}},
              {"GRADE", {"grade.grade"}},
              {"OPENED", {"opened_at"}, Show::time},
              {"OVERDUE", {"overdue"}, Show::number},
              {"NEXT DUE", {"next_due"}}},
             "no such cases");
  return Exit::ok;
}

// What is due, met and missed of a case.
void print_due(Session& session, const Tree* deadlines) {
  if (deadlines == nullptr || deadlines->as_list() == nullptr || deadlines->as_list()->empty()) return;
  session.say("");
  print_list(session, list_answer(*deadlines),
             {{"DUE", {"due", "calendar_missing"}},
              {"STATE", {"state"}},
              {"RULE", {"rule"}},
              {"OWED BY", {"owed_by"}},
              {"DONE ON", {"done.on"}}},
             "");
}

Exit show_case(const Arguments& arguments, Session& session) {
  auto answer = session.get(
      with_query(session.ledger_path() + "/cases/" + url_encoded(arguments.text("CASE")), read_query(arguments)));
  if (session.print_json(answer)) return Exit::ok;
  const auto* found = answer.at_path("data.case");
  if (found == nullptr) return print_answer(session, answer), Exit::ok;
  Tree shown = *found;
  std::erase_if(*shown.as_object(), [](const TreeMember& m) { return m.name == "deadlines"; });
  session.terminal().out << outline(shown);
  print_due(session, found->find("deadlines"));
  return Exit::ok;
}

Exit show_timeline(const Arguments& arguments, Session& session) {
  const auto path = session.ledger_path() + "/cases/" + url_encoded(arguments.text("CASE")) + "/timeline";
  print_list(session, session.pages(path, read_query(arguments), limit_of(arguments)),
             {{"SEQ", {"seq"}, Show::number},
              {"HAPPENED", {"occurred_at"}, Show::time},
              {"RECORDED", {"recorded_at"}, Show::time},
              {"WHAT", {"step", "type"}},
              {"BY", {"performer", "by"}},
              {"SAYS", {"data"}}},
             "nothing is recorded of this case");
  if (session.json()) return Exit::ok;
  auto query = read_query(arguments);
  query.emplace_back("limit", "1");
  const auto first = session.get(with_query(path, query));
  print_due(session, first.at_path("data.deadlines"));
  return Exit::ok;
}

Exit list_unwatched(const Arguments& arguments, Session& session) {
  print_list(session,
             session.pages(session.ledger_path() + "/unwatched-steps", read_query(arguments), limit_of(arguments)),
             {{"CASE", {"case"}},
              {"STEP", {"step"}},
              {"PERFORMER", {"performer"}},
              {"SUPERVISOR", {"supervisor"}},
              {"ON", {"on"}}},
             "no step was watched by whoever did it");
  return Exit::ok;
}

}  // namespace

Commands case_commands() {
  const auto id = positional("CASE", "id of the case");
  return {{"case list",
           "cases, by id",
           {{"aidledger case list --overdue", "cases in which a deadline is missed and still open"},
            {"aidledger case list --undertaker U-0007", "cases of one undertaker"},
            {"aidledger case list --json --known-at 2026-06-30T16:00:00Z", "as the ledger knew them then"}},
           with({flag("--overdue", "only cases with a missed deadline that is still open"),
                 option("--undertaker", "U", "only cases of this undertaker"),
                 option("--state", "S", "only cases in this state"),
                 option("--district", "D", "only cases of this district")},
                read_options(true)),
           list_cases},
          {"case show",
           "a case as it stands",
           {{"aidledger case show LA-2026-0007", ""}},
           with({id}, read_options(false)),
           show_case},
          {"case timeline",
           "everything that happened in a case, and what is due",
           {{"aidledger case timeline LA-2026-0007", ""},
            {"aidledger case timeline LA-2026-0007 --known-at seq:4000", "up to a record"}},
           with({id}, read_options(true)),
           show_timeline},
          {"case unwatched",
           "imported steps whose performer and supervisor are the same person",
           {{"aidledger case unwatched --limit 20", ""}},
           read_options(true),
           list_unwatched}};
}

}  // namespace aidledger::cli
