#pragma once
// How a command ends. The numbers are part of the interface: scripts rely on them.
#include <stdexcept>
#include <string>

namespace aidledger::cli {

enum class Exit : int {
  ok = 0,
  check_failed = 1,  ///< verification found damage, or a check of a file failed
  usage = 2,         ///< the command or its input cannot be understood
  not_found = 3,
  conflict = 4,     ///< the same action id with another request, or a version that is not the current one
  unavailable = 5,  ///< no service there, or an outcome that is not known: ask again
  refused = 6,      ///< a rule or missing rights
};

/// Ends the command: the message goes to stderr, `hint` (what to do) on a line below it.
struct Failure : std::runtime_error {
  Failure(Exit exit, const std::string& message, std::string hint_text = {})
      : std::runtime_error(message), code(exit), hint(std::move(hint_text)) {}
  Exit code;
  std::string hint;
};

}  // namespace aidledger::cli
