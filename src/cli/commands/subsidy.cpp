#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

namespace aidledger::cli {
namespace {

// A row for each stage: what its last revision says.
void add_stages(const Tree& item, Tree& rows) {
  const auto* stages = item.find("stages");
  if (stages == nullptr || stages->as_list() == nullptr) return;
  for (const auto& stage : *stages->as_list()) {
    const auto* revisions = stage.find("revisions");
    Tree row = Tree::object();
    if (revisions != nullptr && revisions->as_list() != nullptr && !revisions->as_list()->empty())
      row = revisions->as_list()->back();
    for (const auto* name : {"stage", "undertaker", "entitlement"})
      if (const auto* value = stage.find(name)) row.set(name, *value);
    rows.push(row.set("case", *item.find("case")));
  }
}

Exit list_subsidies(const Arguments& arguments, Session& session) {
  auto query = read_query(arguments);
  query.emplace_back("undertaker", arguments.text("--undertaker"));
  const auto answer = session.pages(session.ledger_path() + "/subsidies", query, limit_of(arguments));
  if (session.print_json(answer)) return Exit::ok;
  Tree rows = Tree::list();
  for (const auto& item : items_of(answer)) add_stages(item, rows);
  print_list(session, list_answer(std::move(rows)),
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
