#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

namespace aidledger::cli {
namespace {

// "why_not": [{"reason": "held", ...}] as one text, for the table.
void name_reasons(Tree& answer) {
  for (auto& item : *answer.as_object())
    if (item.name == "items")
      for (auto& undertaker : *item.value.as_list()) {
        std::string text;
        if (const auto* why = undertaker.find("why_not"); why != nullptr && why->as_list() != nullptr)
          for (const auto& each : *why->as_list())
            if (const auto* reason = each.find("reason")) text += (text.empty() ? "" : ", ") + one_line(*reason);
        if (!text.empty()) undertaker.set("reasons", text);
      }
}

Exit list_undertakers(const Arguments& arguments, Session& session) {
  auto query = read_query(arguments);
  for (const auto* name : {"step", "district", "category"})
    query.emplace_back(name, arguments.text("--" + std::string(name)));
  if (arguments.has("--ineligible")) query.emplace_back("eligible", "false");
  auto answer = session.pages(session.ledger_path() + "/undertakers", query, limit_of(arguments));
  if (!session.json()) name_reasons(answer);
  print_list(session, answer,
             {{"UNDERTAKER", {"id"}},
              {"NAME", {"name"}},
              {"CATEGORY", {"category"}},
              {"DISTRICT", {"district"}},
              {"STEP", {"ladder_step"}, Show::number},
              {"OPEN", {"load.open"}, Show::number},
              {"CLOSED", {"load.closed"}, Show::number},
              {"ELIGIBLE", {"eligible"}},
              {"WHY NOT", {"reasons"}}},
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
