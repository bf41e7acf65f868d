#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

namespace aidledger::cli {
namespace {

Exit list_subsidies(const Arguments& arguments, Session& session) {
  auto query = read_query(arguments);
  query.emplace_back("undertaker", arguments.text("--undertaker"));
  print_list(session, session.pages(session.ledger_path() + "/subsidies", query, limit_of(arguments)),
             {{"CASE", {"case"}},
              {"UNDERTAKER", {"undertaker"}},
              {"STAGE", {"stage"}},
              {"STANDARD", {"standard"}, Show::money},
              {"SHARE", {"share"}, Show::percent},
              {"GRADE", {"grade"}},
              {"RATE", {"rate"}, Show::rate},
              {"QUALITY", {"quality_amount"}, Show::money},
              {"COSTS", {"direct_costs"}, Show::money},
              {"ENTITLEMENT", {"entitlement"}, Show::money},
              {"REVISION", {"revision"}, Show::number}},
             "no such subsidies");
  return Exit::ok;
}

Exit show_subsidy(const Arguments& arguments, Session& session) {
  print_answer(session,
               session.get(with_query(session.ledger_path() + "/subsidies/" + url_encoded(arguments.text("CASE")),
                                      read_query(arguments))));
  return Exit::ok;
}

}  // namespace

Commands subsidy_commands() {
  return {{"subsidy list",
           "what cases pay, in yuan",
           {{"aidledger subsidy list --undertaker U-0007", "the entitlements of one undertaker"}},
           with({option("--undertaker", "U", "only cases of this undertaker")}, read_options(true)),
           list_subsidies},
          {"subsidy show",
           "the entitlement of one case, with its formula and every revision",
           {{"aidledger subsidy show LA-2026-0007", ""}},
           with({positional("CASE", "id of the case")}, read_options(false)),
           show_subsidy}};
}

}  // namespace aidledger::cli
