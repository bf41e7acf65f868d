#include "src/cli/commands/groups.hpp"

namespace aidledger::cli {

const std::vector<Command>& all_commands() {
  static const std::vector<Command> all = [] {
    std::vector<Command> joined;
    for (const auto& group :
         {serve_commands(),   act_commands(),       import_commands(),  case_commands(),  undertaker_commands(),
          subsidy_commands(), deadline_commands(),  explain_commands(), event_commands(), feed_commands(),
          policy_commands(),  calendar_commands(),  person_commands(),  token_commands(), vault_commands(),
          upkeep_commands(),  clock_commands(),     ledger_commands(),  node_commands(),  config_commands(),
          demo_commands(),    completion_commands()})
      joined.insert(joined.end(), group.begin(), group.end());
    return joined;
  }();
  return all;
}

std::vector<Parameter> with(std::vector<Parameter> own, const std::vector<Parameter>& more) {
  own.insert(own.end(), more.begin(), more.end());
  return own;
}

}  // namespace aidledger::cli
