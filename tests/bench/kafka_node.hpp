#pragma once
// A node that writes a ledger of its own on real brokers, for W8.
#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>

#include "src/first_start.hpp"
#include "src/ledger_tasks.hpp"
#include "src/log/frame.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/stopwatch.hpp"

namespace aidledger::bench {

namespace fs = std::filesystem;

/// Answers per run, by clients.
inline std::size_t answers_of(std::size_t clients) { return clients * (clients == 1 ? 300 : 200); }

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

}  // namespace aidledger::bench
