#include "src/cli/asking.hpp"
#include "src/cli/commands/groups.hpp"
#include "src/cli/render.hpp"

namespace aidledger::cli {
namespace {

Exit explain(const Arguments& arguments, Session& session) {
  const auto path = session.ledger_path() + "/explain/" + url_encoded(arguments.text("KIND")) + "/" +
                    url_encoded(arguments.text("ID"));
  auto query = read_query(arguments);
  for (const auto* name : {"rule", "key", "stage"}) query.emplace_back(name, arguments.text("--" + std::string(name)));
  print_object(session, session.get(with_query(path, query)));
  return Exit::ok;
}

}  // namespace

Commands explain_commands() {
  return {
      {"explain",
       "the records that made a result, with the rule and policy used",
       {{"aidledger explain standing U-0007", "why this undertaker is on this step of the ladder"},
        {"aidledger explain subsidy LA-2026-0007", "why the case pays what it pays"},
        {"aidledger explain case LA-2026-0007", "what made the case what it is"}},
       with({positional("KIND", "standing, case, timeline, subsidy or deadline"),
             positional("ID", "of the undertaker or case"), option("--rule", "RULE", "which deadline of the object"),
             option("--key", "KEY", "which of several clocks of one rule"),
             option("--stage", "STAGE", "which stage of a subsidy")},
            read_options(false)),
       explain,
       "Leave any one of these records out, and the result would be another."}};
}

}  // namespace aidledger::cli
