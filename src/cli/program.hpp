#pragma once
// The program as a function: from words to an exit code.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "src/cli/hands.hpp"
#include "src/cli/terminal.hpp"

namespace aidledger::cli {

using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// `words`: without the program's name. Never throws.
int run(const std::vector<std::string>& words, const Environment& environment, Terminal& terminal, const Hands& hands);
/// The same with the process's own words, environment and terminal.
int run(int argc, char** argv, const Hands& hands);

}  // namespace aidledger::cli
