// A node that its brokers turn away at a start: it goes on trying, says why in one sentence, and goes on by itself once
// that has been mended there; what no broker can mend ends it.
#include "src/ledger_tasks.hpp"
#include "tests/log/kafka_secured.hpp"
#include "tests/service/process.hpp"

using namespace aidledger;
using test::Process;
using test::Secured;
namespace fs = std::filesystem;

namespace {

/// A ledger on a broker that lets in whom it knows, and the settings of a node that follows it.
struct Guarded {
  explicit Guarded(const Secured& secured) : broker(secured), ledger(test::Broker::unique("g")) {
    vault::make_kek(*world::real_disk(), *world::system_random(), folder / "kek");
    flags = {{"ledger", ledger},
             {"log.place", "kafka"},
             {"kafka.brokers", broker.plain.settings({}).brokers},
             {"kafka.copies", "single"},
             {"kek_file", folder / "kek"}};
    const auto made = create_in_kafka(settings(), {true, {}});
    flags["kafka.first_key"] = *made.find("first_key")->as_string();
    flags["kafka.brokers"] = broker.address();
    flags["kafka.protocol"] = "sasl_ssl";
    flags["kafka.sasl_mechanism"] = "SCRAM-SHA-512";
    as("aidledger");
    copy("ca.pem", "ca");
    flags["kafka.ca_file"] = folder / "ca";
    flags["kafka.sasl_password_file"] = folder / "password";
  }
  void as(const std::string& user) {
    flags["kafka.sasl_user"] = user;
    copy(user + ".password", "password");
  }
  /// Gives the node one of the broker's files, in place of what it had.
  void copy(const std::string& from, const std::string& to) const {
    fs::copy_file(broker.folder + from, folder / to, fs::copy_options::overwrite_existing);
    fs::permissions(folder / to, fs::perms::owner_read | fs::perms::owner_write);
  }
  settings::Settings settings() const { return test::settings_in(folder.path(), flags); }

  const Secured& broker;
  test::TempFolder folder;
  std::string ledger;
  test::Flags flags;
};

}  // namespace

TEST_CASE_METHOD(Secured, "a node that is not let in tries on, says why once, and goes on when it is", "[kafka]") {
  if (!*this) return;
  Guarded node(*this);
  std::string because;
  std::function<void()> mend;
  SECTION("another password") {
    because = "does not let the user 'aidledger' in: ";
    node.copy("stranger.password", "password");
    mend = [&] { node.copy("aidledger.password", "password"); };
  }
  SECTION("an authority that the broker's certificate is not from") {
    because = "TLS with Kafka at " + address() + " was refused: ";
    node.copy("other-ca.pem", "ca");
    mend = [&] { node.copy("ca.pem", "ca"); };
  }
  SECTION("no right to the topics") {
    because = "the user 'stranger' has no right to topic '" + log::ledger_topic(node.ledger) + "'";
    node.as("stranger");
    mend = [&] {
      test::allow(plain.settings(log::ledger_topic(node.ledger)), "stranger");
      test::allow(plain.settings(log::vault_topic(node.ledger)), "stranger");
    };
  }
  SECTION("no right to write to the vault's topic, and no operator's token yet") {
    const auto vault = plain.settings(log::vault_topic(node.ledger));
    because = "the user 'stranger' has no right to topic '" + vault.topic + "'";
    node.as("stranger");
    test::allow(plain.settings(log::ledger_topic(node.ledger)), "stranger");
    test::allow(vault, "stranger", RD_KAFKA_ACL_OPERATION_READ);
    mend = [&] { test::allow(plain.settings(log::vault_topic(node.ledger)), "stranger"); };
  }
  node.flags["data"] = node.folder / "another";
  Process process(node.settings());
  const std::string waits = "ledger " + node.ledger + " waits for Kafka: ";
  CHECK_THAT(process.heard({waits, "none left"}), Catch::Contains(because));
  const auto readyz = process.get("/v1/ledgers/" + node.ledger + "/readyz", "");
  CHECK(readyz.status == 503);
  CHECK(*readyz.body.find("ledgers")->as_list()->front().find("code") == Tree("LOG_UNREACHABLE"));
  CHECK_THAT(*readyz.body.find("ledgers")->as_list()->front().find("why")->as_string(), Catch::Contains(because));
  mend();
  process.serving({node.ledger});
  CHECK(process.times_heard(waits) == 1);
}

TEST_CASE_METHOD(Secured, "what no broker can mend ends a start at once", "[kafka]") {
  if (!*this) return;
  Guarded node(*this);
  std::string because;
  SECTION("a file that is not there") {
    node.flags["kafka.sasl_password_file"] = node.folder / "no-such-file";
    because = "no-such-file cannot be read";
  }
  SECTION("a mechanism that nobody knows") {
    node.flags["kafka.sasl_mechanism"] = "SCRAM-SHA-1";
    because = "'SCRAM-SHA-1' is no SASL mechanism that is known here";
  }
  SECTION("an authority's file that holds none") {
    std::ofstream(node.folder / "ca") << "none";
    because = "Kafka's settings cannot be right";
  }
  SECTION("no key to know the ledger by, in a folder that holds nothing of it") {
    node.flags["data"] = node.folder / "another";
    node.flags["kafka.first_key"] = "";
    because = "kafka.first_key is not set";
  }
  Process process(node.settings());
  process.heard({"none left"});
  CHECK_THROWS_WITH(std::rethrow_exception(process.ledgers().failure()), Catch::Contains(because));
}
