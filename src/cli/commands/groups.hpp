#pragma once
// One function per file of this folder; all.cpp joins them.
#include <vector>

#include "src/cli/command.hpp"

namespace aidledger::cli {

using Commands = std::vector<Command>;

Commands serve_commands();
Commands act_commands();
Commands import_commands();
Commands case_commands();
Commands undertaker_commands();
Commands subsidy_commands();
Commands deadline_commands();
Commands explain_commands();
Commands event_commands();
Commands feed_commands();
Commands upkeep_commands();  ///< verify, rebuild, backup, restore
Commands policy_commands();
Commands calendar_commands();
Commands token_commands();
Commands person_commands();
Commands vault_commands();
Commands clock_commands();
Commands config_commands();
Commands demo_commands();
Commands ledger_commands();
Commands node_commands();
Commands completion_commands();

/// `own` followed by `more`.
std::vector<Parameter> with(std::vector<Parameter> own, const std::vector<Parameter>& more);

}  // namespace aidledger::cli
