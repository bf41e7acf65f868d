// W8: an action asked of a node on Kafka until it is answered: decided, signed, appended, read back, folded. The limit:
// a plain client with the same bytes on their way, each record a message that is produced and read back. Then a new
// node that catches up with that ledger, against a plain client that reads its topic. On the brokers that
// AIDLEDGER_KAFKA names (ops/bench brings up one, then three); without them nothing is measured.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <future>

#include "src/first_start.hpp"
#include "src/ledger_tasks.hpp"
#include "src/log/frame.hpp"
#include "src/log/kafka_client.hpp"
#include "src/log/kafka_topics.hpp"
#include "tests/bench/bench.hpp"

namespace aidledger::bench {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

/// Answers per run, by clients.
std::size_t answers_of(std::size_t clients) { return clients * (clients == 1 ? 300 : 200); }

struct Taken {
  double p50_us, per_second;
};

/// Notes when each of so many was begun and done.
class Stopwatch {
 public:
  void done(steady_clock::time_point begun) {
    times_.push_back(std::chrono::duration<double, std::micro>(steady_clock::now() - begun).count());
  }
  std::size_t count() const { return times_.size(); }
  Taken taken() {
    const std::chrono::duration<double> all = steady_clock::now() - start_;
    const auto middle = times_.begin() + static_cast<std::ptrdiff_t>(times_.size() / 2);
    std::nth_element(times_.begin(), middle, times_.end());
    return {*middle, static_cast<double>(times_.size()) / all.count()};
  }

 private:
  steady_clock::time_point start_ = steady_clock::now();
  std::vector<double> times_;
};

/// A ledger of its own on the brokers, and the node that writes it.
class WritingNode {
 public:
  WritingNode(const std::string& folder, const std::string& brokers) : folder_(folder) {
    fs::remove_all(folder);
    fs::create_directories(folder);
    std::ofstream(folder + "/kek") << world::system_random()->bytes(32);
    fs::permissions(folder + "/kek", fs::perms::owner_read | fs::perms::owner_write);
    flags_ = {{"data", folder + "/data"},
              {"ledger", "bench-" + to_hex(world::system_random()->bytes(4))},
              {"log.place", "kafka"},
              {"kafka.brokers", brokers},
              {"kafka.copies", brokers.contains(',') ? "several" : "single"},
              {"kek_file", folder + "/kek"}};
    const Tree made = create_in_kafka(settings(), {true, {}});
    flags_["kafka.first_key"] = *made.find("first_key")->as_string();
    node_ = std::make_unique<Node>(node_settings(settings()), NodeProgress{});
    node_->start();
    node_->wait_for_end();
  }
  ~WritingNode() {
    node_.reset();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  WritingNode(const WritingNode&) = delete;
  WritingNode& operator=(const WritingNode&) = delete;

  /// So many clients, each with one action asked at a time.
  Taken answered(std::size_t clients) {
    std::vector<ledger::Asked> actions;
    for (std::size_t i = 0; i < answers_of(clients); ++i) actions.push_back(action());
    const auto asking = std::make_shared<Asking>(std::move(actions));
    auto finished = asking->finished.get_future();
    for (std::size_t i = 0; i < clients; ++i) ask(asking);
    finished.wait();
    return asking->watch.taken();
  }
  /// A node that has nothing reads the whole ledger and folds it: records per second.
  double caught_up_per_second() {
    fs::remove_all(folder_ + "/new");
    auto flags = flags_;
    flags["data"] = folder_ + "/new";
    const Seq records = node_->ledger().health().next_seq;
    return per_second(records, [&] {
      NodeSettings to = node_settings(settings(flags));
      to.create = true;
      Node another(to, {});
      another.start();
      another.wait_for_end();
    });
  }

  Seq records() const { return node_->ledger().health().next_seq; }
  /// The last so many.
  std::vector<Bytes> last_records(std::size_t count) const {
    std::vector<Bytes> last;
    for (Seq seq = records() - static_cast<Seq>(count); seq < records(); ++seq)
      last.push_back(*node_->records().record(seq));
    return last;
  }
  log::KafkaSettings topic() {
    auto to = kafka_settings(settings()).kafka;
    to.topic = log::ledger_topic(flags_["ledger"]);
    return to;
  }

 private:
  using Flags = std::map<std::string, std::string>;
  struct Asking {
    explicit Asking(std::vector<ledger::Asked> all) : actions(std::move(all)) {}
    std::vector<ledger::Asked> actions;  ///< made before the clock runs, as the plain client's messages are
    std::atomic<std::size_t> asked = 0;
    Stopwatch watch;  ///< of the strand
    std::promise<void> finished;
  };

  settings::Settings settings() const { return settings(flags_); }
  static settings::Settings settings(const Flags& flags) {
    return *settings::Settings::from({flags, [](const auto&) { return std::nullopt; }, {}, {}});
  }

  ledger::Asked action() {
    const auto name = "u" + std::to_string(++made_);
    return operator_asks(*node_, "import-undertaker", Tree::object().set("undertaker", name).set("source", "bench"),
                         "ask-" + name, std::nullopt);
  }

  /// A client: asks again when it is answered.
  void ask(const std::shared_ptr<Asking>& asking) {
    const std::size_t next = asking->asked++;
    if (next >= asking->actions.size()) return;
    auto asked = std::move(asking->actions[next]);
    asked.answer = [this, asking, begun = steady_clock::now()](const ledger::Answer& answer) {
      if (answer.kind != ledger::Answer::Kind::accepted)
        throw std::logic_error("refused: " + answer.refusal.sentence + answer.detail);
      asking->watch.done(begun);
      if (asking->watch.count() == asking->actions.size()) return asking->finished.set_value();
      ask(asking);
    };
    node_->ledger().ask(std::move(asked));
  }

  std::string folder_;
  Flags flags_;
  std::unique_ptr<Node> node_;
  std::uint64_t made_ = 0;
};

/// Produces and reads back, and reads a topic from its beginning.
class PlainClient {
 public:
  explicit PlainClient(log::KafkaSettings ledger) : ledger_(std::move(ledger)), settings_(ledger_) {
    settings_.topic += ".plain";
    create_topic(settings_, settings_.topic, {log::TopicUse::ledger, !settings_.brokers.contains(',')});
    producer_.emplace(log::KafkaClient::Kind::producer, settings_, log::ledger_producer());
    consumer_.emplace(log::KafkaClient::Kind::consumer, settings_, log::ledger_consumer());
    producer_->partitions(settings_.topic, 10'000);
    log::assign(consumer_->handle(), settings_.topic, 0);
  }

  /// One message on its way for each of these.
  Taken read_back(const std::vector<Bytes>& records) {
    const std::size_t clients = records.size();
    Stopwatch watch;
    std::deque<steady_clock::time_point> begun;
    const auto send = [&] {
      const auto& value = records[(watch.count() + begun.size()) % clients];
      begun.push_back(steady_clock::now());
      log::produce(producer_->handle(), {settings_.topic, std::nullopt, value});
    };
    for (std::size_t i = 0; i < clients; ++i) send();
    while (!begun.empty()) {
      for (int wait_ms = 1'000; const auto message = log::poll(consumer_->handle(), wait_ms); wait_ms = 0) {
        if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) break;
        watch.done(begun.front());
        begun.pop_front();
      }
      // What came back together goes out together.
      while (begun.size() < clients && watch.count() + begun.size() < answers_of(clients)) send();
      rd_kafka_poll(producer_->handle(), 0);
    }
    return watch.taken();
  }

  double read_per_second(Seq records) {
    return per_second(records, [&] {
      const log::KafkaClient reader(log::KafkaClient::Kind::consumer, ledger_, log::ledger_consumer());
      log::assign(reader.handle(), ledger_.topic, 0);
      for (Seq next = 0; next < records;) {
        const auto message = log::poll(reader.handle(), 1'000);
        if (message && message->err == RD_KAFKA_RESP_ERR_NO_ERROR) next = log::seqs_of(log::value_of(*message)).next;
      }
    });
  }

 private:
  log::KafkaSettings ledger_, settings_;
  std::optional<log::KafkaClient> producer_, consumer_;
};

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
