#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

namespace aidledger::cli {
namespace {

Exit list_undertakers(const Arguments& arguments, Session& session) {
  auto query = read_query(arguments);
  for (const auto* name : {"step", "district", "category"})
    query.emplace_back(name, arguments.text("--" + std::string(name)));
  if (arguments.has("--ineligible")) query.emplace_back("eligible", "false");
  print_list(session, session.pages(session.ledger_path() + "/undertakers", query, limit_of(arguments)),
             {{"UNDERTAKER", {"id"}},
              {"NAME", {"name"}},
              {"CATEGORY", {"category"}},
              {"DISTRICT", {"district"}},
              {"STEP", {"ladder_step"}, Show::number},
              {"OPEN", {"load"}, Show::number},
              {"ELIGIBLE", {"eligible"}},
              {"WHY NOT", {"why_not"}}},
             "no such undertakers");
  return Exit::ok;
}

Exit show_undertaker(const Arguments& arguments, Session& session) {
  print_answer(session, session.get(with_query(
                            session.ledger_path() + "/undertakers/" + url_encoded(arguments.text("UNDERTAKER")),
                            read_query(arguments))));
  return Exit::ok;
}

}  // namespace

Commands undertaker_commands() {
  return {{"undertaker list",
           "undertakers and where they stand",
           {{"aidledger undertaker list --step 3", "those on the third step of the ladder"},
            {"aidledger undertaker list --ineligible", "those who may take no new case, and why"}},
           with({option("--step", "N", "only those on this step of the ladder (0 to 3)"),
                 option("--district", "D", "only this district"), option("--category", "C", "only this category"),
                 flag("--ineligible", "only those who may take no new case")},
                read_options(true)),
           list_undertakers},
          {"undertaker show",
           "one undertaker: ladder step, the cases counted, eligibility and why not, load",
           {{"aidledger undertaker show U-0007", ""},
            {"aidledger undertaker show U-0007 --known-at 2026-03-31T16:00:00Z", "as known then"}},
           with({positional("UNDERTAKER", "id of the undertaker")}, read_options(false)),
           show_undertaker}};
}

}  // namespace aidledger::cli
