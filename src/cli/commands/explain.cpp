#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

namespace aidledger::cli {
namespace {

std::string versions(const Tree& policies) {
  std::string text;
  if (policies.as_list() == nullptr) return text;
  for (const auto& policy : *policies.as_list()) {
    const auto *name = policy.find("name"), *version = policy.find("version");
    if (name != nullptr && version != nullptr)
      text += (text.empty() ? "" : ", ") + one_line(*name) + "@" + one_line(*version);
  }
  return text;
}

Tree rows_of(const Tree& data) {
  Tree rows = Tree::list();
  const auto* events = data.find("events");
  if (events == nullptr || events->as_list() == nullptr) return rows;
  for (Tree row : *events->as_list()) {
    if (const auto* policies = row.find("policies")) row.set("policies", versions(*policies));
    rows.push(std::move(row));
  }
  return rows;
}

Exit explain(const Arguments& arguments, Session& session) {
  const auto asked = arguments.text("KIND");
  const auto path = session.ledger_path() + "/explain/" + url_encoded(asked) + "/" + url_encoded(arguments.text("ID"));
  auto query = read_query(arguments);
  for (const auto* name : {"rule", "key", "stage"}) query.emplace_back(name, arguments.text("--" + std::string(name)));
  const auto answer = session.get(with_query(path, query));
  const auto* data = answer.find("data");
  if (session.print_json(answer) || data == nullptr) return Exit::ok;
  const auto rows = rows_of(*data);
  session.say(asked + " " + arguments.text("ID") + " rests on " + std::to_string(rows.as_list()->size()) + " facts:");
  print_list(session, list_answer(rows),
             {{"FACT", {"ref"}, Show::number},
              {"HAPPENED", {"occurred_at"}, Show::time},
              {"WHAT", {"type"}},
              {"RECORDED BY", {"by"}},
              {"CLOCKS", {"rules"}},
              {"POLICIES", {"policies"}},
              {"SAYS", {"data"}}},
             "no facts");
  return Exit::ok;
}

}  // namespace

Commands explain_commands() {
  return {{"explain",
           "the facts that made a result, with the rule and policy used",
           {{"aidledger explain undertaker U-0007", "why this undertaker is on this step of the ladder"},
            {"aidledger explain subsidy LA-2026-0007", "why the case pays what it pays"},
            {"aidledger explain deadline LA-2026-0007 --rule first-progress-call", "why it is due when it is due"}},
           with({positional("KIND", "undertaker (or standing), case, timeline, subsidy, deadline"),
                 positional("ID", "of the undertaker or case; of a deadline, of what it runs on, with --rule"),
                 option("--rule", "RULE", "which deadline"),
                 option("--key", "KEY", "which of several clocks of one rule; default: the latest"),
                 option("--stage", "STAGE", "which stage of a subsidy; default: all")},
                read_options(false)),
           explain,
           "Leave any one of these facts out, and the result would be another."}};
}

}  // namespace aidledger::cli
