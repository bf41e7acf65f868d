#pragma once
// A shell with an environment of its own, where nothing listens at the server unless a test says so.
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "src/cli/program.hpp"

namespace aidledger::test {

struct Ran {
  int exit;
  std::string out, err;
};

class Shell {
 public:
  Shell() { environment["AIDLEDGER_SERVER"] = "http://127.0.0.1:1"; }
  Ran operator()(const std::vector<std::string>& words, const std::string& typed = {}) const {
    std::istringstream in(typed);
    std::ostringstream out, err;
    cli::Terminal terminal{in, out, err};
    const auto lookup = [this](const std::string& name) -> std::optional<std::string> {
      const auto found = environment.find(name);
      return found == environment.end() ? std::nullopt : std::optional(found->second);
    };
    const int exit = cli::run(words, lookup, terminal, hands);
    return {exit, out.str(), err.str()};
  }
  std::map<std::string, std::string> environment;
  cli::Hands hands;
};

}  // namespace aidledger::test
