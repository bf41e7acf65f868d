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
             {{"CASE", {"case", "id"}},
              {"TYPE", {"case_type", "opened.value.case_type", "opened.case_type"}},
              {"STATE", {"state", "status", "progress.value.status", "progress.status"}},
              {"DISTRICT", {"district", "opened.value.district", "opened.district"}},
              {"UNDERTAKER", {"undertaker", "lead.value.undertaker", "lead.undertaker"}},
              {"GRADE", {"grade.value.grade", "grade.grade", "grade"}},
              {"OPENED", {"opened_at", "opened.value.at", "opened.at"}},
              {"OVERDUE", {"overdue", "missed"}}},
             "no such cases");
  return Exit::ok;
}

Exit show_case(const Arguments& arguments, Session& session) {
  print_object(session, session.get(with_query(session.ledger_path() + "/cases/" + url_encoded(arguments.text("CASE")),
                                               read_query(arguments))));
  return Exit::ok;
}

Exit show_timeline(const Arguments& arguments, Session& session) {
  const auto path = session.ledger_path() + "/cases/" + url_encoded(arguments.text("CASE")) + "/timeline";
  const auto answer = session.get(with_query(path, read_query(arguments)));
  const auto* items = answer.find("items");
  if (items == nullptr) items = answer.find("timeline");
  print_list(session, items == nullptr || session.json() ? answer : *items,
             {{"SEQ", {"seq", "at.seq"}, Show::number},
              {"HAPPENED", {"occurred_at"}},
              {"WHAT", {"step", "name", "event"}},
              {"BY", {"performer", "by"}},
              {"RECORDED", {"recorded_at"}},
              {"SAYS", {"data"}}},
             "nothing is recorded of this case");
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
           with({id}, read_options(false)),
           show_timeline}};
}

}  // namespace aidledger::cli
