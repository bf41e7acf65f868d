// A process that was told to stop does not wait for brokers that answer nobody.
#include "src/goodbye.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <cstdlib>

using namespace aidledger;

namespace {

constexpr int it_was_left = 7;

/// How a process of its own ends.
int exit_of(void (*process)()) {
  const pid_t child = ::fork();
  if (child == 0) {
    process();
    std::_Exit(it_was_left);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("a process that is told to stop ends with 0, whatever still waits for a broker") {
  CHECK(exit_of([] {
          Goodbye goodbye;
          goodbye.begin(std::chrono::milliseconds(1));
          for (;;) ::pause();
        }) == 0);
}

TEST_CASE("what can be closed is closed, and nothing is cut off") {
  CHECK(exit_of([] {
          Goodbye goodbye;
          goodbye.begin(std::chrono::hours(1));
        }) == it_was_left);
}
