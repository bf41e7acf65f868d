#pragma once
// Help, written from the declarations: examples first.
#include <string>

#include "src/cli/command.hpp"

namespace aidledger::cli {

/// All commands, one line each.
std::string overview();
std::string help_of(const Command& command);
/// Of a first word with several commands below it ("case"): their lines.
std::string group_help(const std::string& word);
/// A completion script for bash.
std::string bash_completion();

}  // namespace aidledger::cli
