// Two ledgers on one real broker: two processes follow both and take actions for both; the feed's topics of each stay
// apart though they share tables; one that waits for its topics leaves the other served.
#include <fstream>

#include "src/feed/event_messages.hpp"
#include "src/ledger_tasks.hpp"
#include "tests/log/kafka_broker.hpp"
#include "tests/service/process.hpp"

using namespace aidledger;
using test::Answered;
using test::Broker;
using test::Process;
namespace fs = std::filesystem;

namespace {

/// Two new ledgers on the broker, and the settings of processes that follow them.
struct Cities {
  explicit Cities(const Broker& broker) : north(Broker::unique("n")), south(Broker::unique("s")) {
    const auto random = world::system_random();
    const auto disk = world::real_disk();
    vault::make_kek(*disk, *random, folder / "north.kek");
    vault::make_kek(*disk, *random, folder / "south.kek");
    flags = {{"ledger", north + "," + south},
             {"log.place", "kafka"},
             {"kafka.brokers", broker.settings({}).brokers},
             {"kafka.copies", "single"},
             {"kek_file", north + "=" + folder / "north.kek" + "," + south + "=" + folder / "south.kek"},
             {"feed.place", "kafka"}};
  }
  /// Makes one of them, by node a.
  void make(const std::string& ledger) {
    const auto made = create_in_kafka(settings::settings_of(of("a"), ledger), {true, {}});
    std::string& keys = flags["kafka.first_key"];
    keys += (keys.empty() ? "" : ",") + ledger + "=" + *made.find("first_key")->as_string();
  }
  settings::Settings of(const std::string& node) {
    auto all = flags;
    all["node"] = node;
    return test::settings_in(folder / node, all);
  }
  std::vector<std::string> both() const { return {north, south}; }

  test::TempFolder folder;
  std::string north, south;
  test::Flags flags;
};

Answered ask(Process& process, const std::string& ledger, const std::string& token, const std::string& type,
             const Tree& data) {
  return process.post("/v1/ledgers/" + ledger + "/actions", token, Process::action(type, type, data));
}

/// Until /readyz says so of it; empty: until it takes actions.
void becomes(Process& process, const std::string& ledger, const std::string& code) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  for (;;) {
    const auto answered = process.get("/v1/ledgers/" + ledger + "/readyz", "");
    if (*answered.body.find("ledgers")->as_list()->front().find("code") == Tree(code)) {
      CHECK(answered.status == (code.empty() ? 200 : 503));
      return;
    }
    REQUIRE(std::chrono::steady_clock::now() < until);
  }
}

void ready(Process& process, const std::string& ledger) { becomes(process, ledger, ""); }

/// Two people enrol a node's key in a ledger.
void enrol(Process& process, const Tree& key, const std::string& ledger) {
  CHECK(ask(process, ledger, process.operator_token(ledger), "propose-writer-key",
            Tree::object()
                .set("proposal", "add-b")
                .set("node", "b")
                .set("key_id", *key.find("key_id"))
                .set("public_key", *key.find("public_key")))
            .status == 201);
  CHECK(ask(process, ledger, process.token(ledger, "director", "centre-director"), "confirm-writer-key",
            Tree::object().set("proposal", "add-b").set("key_id", *key.find("key_id")))
            .status == 201);
}

std::string seq_of(const Answered& answered) {
  REQUIRE(answered.status == 201);
  return std::to_string(*answered.body.at_path("receipt.seq")->as_int());
}

/// The ids of the events on a topic, from which the ledger's name is told apart.
std::vector<std::string> sources_on(const log::KafkaSettings& settings) {
  log::KafkaClient reader(log::KafkaClient::Kind::consumer, settings, log::feed_consumer());
  log::assign(reader.handle(), settings.topic, 0);
  std::vector<std::string> sources;
  for (;;) {
    const auto message = log::poll(reader.handle(), 1'000);
    if (!message) continue;
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) return sources;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    const auto event = json::parse(std::string_view(static_cast<const char*>(message->payload), message->len));
    sources.push_back(*event->find("source")->as_string());
  }
}

}  // namespace

TEST_CASE("two processes follow two ledgers on a broker, and each takes actions for both", "[kafka]") {
  const Broker broker("two ledgers and two processes");
  if (!broker) return;
  Cities cities(broker);
  for (const auto& ledger : cities.both()) cities.make(ledger);
  Process a(cities.of("a"));
  a.serving(cities.both());
  const auto node_b = cities.of("b");
  for (const auto& ledger : cities.both()) ready(a, ledger);
  for (const auto& ledger : cities.both()) enrol(a, node_key(settings::settings_of(node_b, ledger)), ledger);
  Process b(node_b);
  b.serving(cities.both());
  std::map<std::string, std::string> last;
  for (const auto& ledger : cities.both()) {
    ready(b, ledger);
    const auto of_a = seq_of(a.act(ledger, a.operator_token(ledger), "u-a"));
    CHECK(b.get("/v1/ledgers/" + ledger + "/policies?min_seq=" + of_a, b.operator_token(ledger)).status == 200);
    last[ledger] = seq_of(b.act(ledger, b.operator_token(ledger), "u-b"));
    CHECK(a.get("/v1/ledgers/" + ledger + "/policies?min_seq=" + last[ledger], a.operator_token(ledger)).status == 200);
  }
  CHECK(a.act(cities.south, b.operator_token(cities.north), "u-c").status == 403);
  CHECK(b.act(cities.south, a.operator_token(cities.north), "u-c").status == 403);

  for (const auto& ledger : cities.both()) {  // the feed tells each ledger on its own topic, claimed in its own records
    const auto figure = [&](Process& process) {
      return process.figures().find("aidledger_feed_next_seq{ledger=\"" + ledger + "\"} " +
                                    std::to_string(std::stoll(last[ledger]) + 1)) != std::string::npos;
    };
    const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    while (!figure(a) && !figure(b)) REQUIRE(std::chrono::steady_clock::now() < until);
    const auto topic = feed::events_topic(ledger);
    const auto sources = sources_on(broker.settings(topic));
    CHECK(sources.size() > 10);
    for (const auto& source : sources) CHECK(source.find(ledger) != std::string::npos);
  }
}

TEST_CASE("a node is ready once its key is enrolled, and no more once it is revoked; its reads are as good",
          "[kafka]") {
  const Broker broker("a node that is enrolled");
  if (!broker) return;
  Cities cities(broker);
  cities.make(cities.north);
  cities.flags["ledger"] = cities.north;
  const Tree key = node_key(cities.of("b"));
  Process a(cities.of("a")), b(cities.of("b"));
  a.serving({cities.north}), b.serving({cities.north});
  ready(a, cities.north);
  const auto token = a.operator_token(cities.north);
  const auto reads = [&] { return b.get("/v1/ledgers/" + cities.north + "/policies", token); };
  const std::string why = "KEY_NOT_ENROLLED: the key of this node ",
                    no = "ledger " + cities.north + " takes no actions: " + why;

  becomes(b, cities.north, "KEY_NOT_ENROLLED");
  b.heard({no + "is not enrolled: "});
  CHECK(reads().status == 200);
  CHECK(reads().stale.empty());
  const auto turned_away = b.act(cities.north, token, "u-1");
  CHECK(turned_away.status == 503);
  CHECK_THAT(*turned_away.body.find("detail")->as_string(),
             Catch::StartsWith(why) && Catch::Contains("`aidledger node enrol --name b --key-id "));

  enrol(a, key, cities.north);
  ready(b, cities.north);
  b.heard({"ledger " + cities.north + " takes actions"});
  CHECK(b.times_heard("ledger " + cities.north + " takes actions again") == 0);
  CHECK(b.act(cities.north, token, "u-1").status == 201);

  const Tree& id = *key.find("key_id");
  CHECK(ask(a, cities.north, token, "revoke-writer-key", Tree::object().set("key_id", id).set("reason", "stolen"))
            .status == 201);
  becomes(b, cities.north, "KEY_NOT_ENROLLED");
  b.heard({no + "(" + *id.as_string() + ") was revoked by record "});
  CHECK(reads().status == 200);
}

TEST_CASE("a ledger whose topics are not there leaves the other served, and is served once it is made", "[kafka]") {
  const Broker broker("a ledger that waits");
  if (!broker) return;
  Cities cities(broker);
  cities.make(cities.north);
  const auto begins = settings::settings_of(cities.of("c"), cities.south);
  cities.flags["kafka.first_key"] += "," + cities.south + "=" + *node_key(begins).find("public_key")->as_string();
  Process process(cities.of("a"));
  process.serving({cities.north});
  const std::string waits = "ledger " + cities.south + " waits for Kafka: ";
  CHECK_THAT(process.heard({waits, "the ledger " + cities.south + " could not"}),
             Catch::Contains("there is no topic '" + log::ledger_topic(cities.south) + "'"));
  ready(process, cities.north);
  CHECK(process.act(cities.north, process.operator_token(cities.north), "u-1").status == 201);
  CHECK(process.get("/v1/ledgers/" + cities.south + "/readyz", "").status == 503);
  create_in_kafka(begins, {true, {}});
  process.serving(cities.both());
  becomes(process, cities.south, "KEY_NOT_ENROLLED");
}

TEST_CASE("nobody begins a ledger who only follows it", "[kafka]") {
  const Broker broker("a ledger that is not begun");
  if (!broker) return;
  Cities cities(broker);
  cities.flags["ledger"] = cities.north;
  cities.flags["kafka.first_key"] = std::string(64, '0');
  for (const auto& [topic, use] : {std::pair{log::ledger_topic(cities.north), log::TopicUse::ledger},
                                   std::pair{log::vault_topic(cities.north), log::TopicUse::vault}})
    create_topic(broker.settings(topic), topic, {use, true});
  Process process(cities.of("b"));
  CHECK_THAT(process.heard({"ledger " + cities.north + " waits for Kafka: ", "none left"}),
             Catch::Contains("the topic " + log::ledger_topic(cities.north) + " is empty"));
  for (const auto& topic : {log::ledger_topic(cities.north), log::vault_topic(cities.north)})
    CHECK(log::describe_topic(broker.settings(topic), topic)->high == 0);
}
