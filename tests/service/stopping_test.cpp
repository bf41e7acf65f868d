// A service that is told to stop ends, whatever its ledger still waits for.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "src/serve.hpp"
#include "tests/service/process.hpp"

using namespace aidledger;

TEST_CASE("a service on Kafka that is told to stop ends with 0, though its ledger is never opened") {
  test::TempFolder folder;
  const std::string never_read = folder / "password";  // whoever opens it for reading waits for what we do not write
  REQUIRE(::mkfifo(never_read.c_str(), 0600) == 0);
  const auto settings = test::settings_in(folder.path(), {{"ledger", "north"},
                                                          {"log.place", "kafka"},
                                                          {"kafka.brokers", "127.0.0.1:1"},
                                                          {"kafka.first_key", std::string(64, '0')},
                                                          {"kafka.protocol", "sasl_plaintext"},
                                                          {"kafka.sasl_mechanism", "PLAIN"},
                                                          {"kafka.sasl_user", "a"},
                                                          {"kafka.sasl_password_file", never_read},
                                                          {"http.port", "0"}});
  const pid_t service = ::fork();
  if (service == 0) {
    serve(settings, {}, {}, [](const std::string&) {});
    std::_Exit(EXIT_FAILURE);
  }
  const int waits_now = ::open(never_read.c_str(), O_WRONLY);
  ::kill(service, SIGTERM);
  int status = 0;
  REQUIRE(::waitpid(service, &status, 0) == service);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == EXIT_SUCCESS);
  ::close(waits_now);
}
