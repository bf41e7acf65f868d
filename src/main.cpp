// aidledger: one program, many commands (src/cli). This file and its neighbours are the only ones that know every
// concrete class.
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "src/cli/outcome.hpp"
#include "src/cli/program.hpp"
#include "src/hands.hpp"

namespace {

/// What no thread can go on after: rows that cannot be read any more, an impossible state. Nothing is lost by ending
/// here, and a start looks at everything anew.
[[noreturn]] void end_process() {
  try {
    if (const auto error = std::current_exception()) std::rethrow_exception(error);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "aidledger: %s. The process ends here; start it again: what was acknowledged is there.\n",
                 error.what());
    std::_Exit(static_cast<int>(aidledger::cli::Exit::check_failed));
  } catch (...) {
  }
  std::abort();
}

}  // namespace

int main(int argc, char** argv) {
  std::set_terminate(end_process);
  return aidledger::cli::run(argc, argv, aidledger::make_hands());
}
