// W8: an action asked of a node on Kafka until it is answered: decided, signed, appended, read back, folded. The limit:
// a plain client with the same bytes on their way, each record a message that is produced and read back. Then a new
// node that catches up with that ledger, against a plain client that reads its topic. On the brokers that
// AIDLEDGER_KAFKA names (ops/bench brings up one, then three); without them nothing is measured.
#include <algorithm>
#include <cstdlib>

#include "tests/bench/plain_client.hpp"

namespace aidledger::bench {
namespace {

struct Bench {
  Bench(const std::string& folder, const std::string& brokers) : node(folder, brokers), plain(node.topic()) {}

  WritingNode node;
  PlainClient plain;
};

}  // namespace

std::vector<Workload> kafka_workloads(const std::string& folder) {
  const char* const brokers = std::getenv("AIDLEDGER_KAFKA");
  if (brokers == nullptr) return {};
  const auto bench = std::make_shared<Bench>(folder, brokers);
  const auto on = "on Kafka, brokers: " + std::to_string(1 + std::ranges::count(std::string(brokers), ','));
  std::vector<Workload> workloads;
  for (const std::size_t clients : {1, 8, 64}) {
    const auto what = "W8 action answered " + on + ", clients: " + std::to_string(clients);
    workloads.push_back({what + ", p50", "us", 1.5, [=] { return bench->node.answered(clients).p50_us; },
                         [=] { return bench->plain.read_back(bench->node.last_records(clients)).p50_us; },
                         Better::less});
    if (clients == 64)
      workloads.push_back({what + ", rate", "/s", 0.6, [=] { return bench->node.answered(clients).per_second; },
                           [=] { return bench->plain.read_back(bench->node.last_records(clients)).per_second; }});
  }
  workloads.push_back({"W8 new node catches up " + on, "records/s", 0,
                       [=] { return bench->node.caught_up_per_second(); },
                       [=] { return bench->plain.read_per_second(bench->node.records()); }});
  return workloads;
}

}  // namespace aidledger::bench
