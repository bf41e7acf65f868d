// Topics for a new ledger are all made or none: what stands in the way is said first, by a dry run too.
#include "src/ledger_tasks.hpp"
#include "tests/log/kafka_broker.hpp"
#include "tests/service/process.hpp"

using namespace aidledger;
using test::Broker;

namespace {

struct Planned {
  explicit Planned(const Broker& on) : broker(on), ledger(Broker::unique("planned")) {
    vault::make_kek(*world::real_disk(), *world::system_random(), folder / "kek");
    flags = {{"ledger", ledger},
             {"log.place", "kafka"},
             {"kafka.brokers", broker.settings({}).brokers},
             {"kek_file", folder / "kek"}};
  }
  void create(bool really) const { create_in_kafka(test::settings_in(folder.path(), flags), {really, {}}); }
  bool is_there(const std::string& topic) const {
    return log::describe_topic(broker.settings(topic), topic).has_value();
  }

  const Broker& broker;
  test::TempFolder folder;
  std::string ledger;
  test::Flags flags;
};

}  // namespace

TEST_CASE("a ledger that wants three copies is not begun where fewer brokers are up", "[kafka]") {
  const Broker broker("too few brokers");
  if (!broker || log::brokers_up(broker.settings({})) >= 3) return;
  const Planned planned(broker);
  const bool really = GENERATE(false, true);
  CHECK_THROWS_WITH(planned.create(really), Catch::StartsWith("1 broker is up, and a topic needs three"));
  CHECK_FALSE(planned.is_there(log::ledger_topic(planned.ledger)));
}

TEST_CASE("where one topic is there and not right the others are not made", "[kafka]") {
  const Broker broker("a topic that is not right");
  if (!broker) return;
  Planned planned(broker);
  planned.flags["kafka.copies"] = "single";
  const auto events = broker.settings(log::events_topic(planned.ledger));
  create_topic(events, events.topic, {log::TopicUse::ledger, true});
  CHECK_THROWS_WITH(planned.create(true), Catch::StartsWith("topic " + events.topic + ": max.message.bytes"));
  CHECK_FALSE(planned.is_there(log::ledger_topic(planned.ledger)));
}
