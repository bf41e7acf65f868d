// A node reads a log that others keep only once it is known to be the right one, and stops when it turns out unfit.
#include "src/log_gate.hpp"

#include <catch2/catch.hpp>

#include "src/log/frame.hpp"
#include "src/world/digest.hpp"
#include "tests/support/memory_world.hpp"

using namespace aidledger;

namespace {

Bytes batch_of(Seq first, const std::string& record) {
  log::Frame frame;
  frame.ledger = "city";
  frame.first_seq = first;
  frame.records.push_back(record);
  return log::encode(frame);
}

/// A topic in memory: offset = index.
struct FakeTopic : log::LogIdentity {
  std::string cluster_id() override { return topic.cluster_id; }
  log::Watermarks watermarks() override {
    if (away) throw log::LogFailure(log::Remedy::retry, "no broker answers at 127.0.0.1:9");
    return {{low}, {shown()}};
  }
  std::optional<log::Entry> entry_at(log::Position at) override {
    if (at.value >= shown()) return std::nullopt;
    return log::Entry{{at.value + 1}, batches[at.value], {}};
  }
  std::optional<std::string> diverged() const override { return std::nullopt; }
  std::optional<log::TopicState> describe() const {
    if (away) throw log::LogFailure(log::Remedy::retry, "no broker answers at 127.0.0.1:9");
    return missing ? std::nullopt : std::optional(topic);
  }
  std::size_t shown() const { return old_end.value_or(batches.size()); }
  std::optional<std::size_t> old_end;  ///< a leader that was frozen shows it
  std::vector<Bytes> batches{batch_of(0, "first"), batch_of(1, "second"), batch_of(2, "third")};
  std::uint64_t low = 0;
  bool away = false, missing = false;
  log::TopicState topic{"aidledger.ledger.city.v1", "c-1", 1, 3, 3, log::topic_configs({}), 0, 3};
};

struct Gate {
  Gate()
      : gate({topic,
              clock,
              [this] { return topic.describe(); },
              {},
              [this] { return held; },
              [this] { ++opened; },
              [this](ledger::Halt halt, const std::string& why) { halts.push_back({halt, why}); },
              [this] { ++resumed; },
              [this] { return vault; }}) {
    held = {"c-1", world::sha256("first"), {3}, HeldLog::Batch{{2}, world::sha256(batch_of(2, "third"))}};
  }
  /// The halt that the next look leads to.
  ledger::Halt halted() {
    const std::size_t before = halts.size();
    gate.look();
    return halts.size() > before ? halts.back().first : ledger::Halt::none;
  }
  /// The halt that looks for so long lead to, in the gate's own rhythm.
  ledger::Halt halted_within(std::int64_t us) {
    const std::size_t before = halts.size();
    for (const std::int64_t until = clock.monotonic + us; clock.monotonic <= until;) {
      const auto again = gate.look();
      if (!again) break;
      clock.pass(*again);
    }
    return halts.size() > before ? halts.back().first : ledger::Halt::none;
  }
  test::ManualClock clock;
  FakeTopic topic;
  HeldLog held;
  int opened = 0, resumed = 0;
  std::vector<std::pair<ledger::Halt, std::string>> halts;
  std::vector<std::string> vault;  ///< what is wrong with its topic
  LogGate gate;
};

}  // namespace

TEST_CASE("a log that is the one we hold is opened, once") {
  Gate g;
  CHECK(g.halted() == ledger::Halt::none);
  CHECK(g.opened == 1);
  CHECK(g.gate.waiting_for().empty());
  g.gate.look();
  CHECK(g.opened == 1);
}

TEST_CASE("a broker that is away, or a topic that is not there yet, is waited for") {
  Gate g;
  g.topic.away = true;
  CHECK(g.halted() == ledger::Halt::none);
  CHECK(g.gate.waiting_for() == "no broker answers at 127.0.0.1:9");
  g.topic.away = false;
  g.topic.missing = true;
  CHECK(g.gate.look());
  CHECK(g.gate.waiting_for().find("aidledger ledger create") != std::string::npos);
  CHECK(g.opened == 0);
  g.topic.missing = false;
  g.gate.look();
  CHECK(g.opened == 1);
}

TEST_CASE("another cluster, another record 0, another last batch: LOG_DIVERGED, and no more looking") {
  Gate g;
  SECTION("another cluster") { g.topic.topic.cluster_id = "c-2"; }
  SECTION("another record 0") { g.topic.batches[0] = batch_of(0, "other"); }
  SECTION("cut, and the last record again in another batch") {
    log::Frame again;
    again.ledger = "city";
    again.waiting = 1;
    again.first_seq = 2;
    again.records.push_back("third");
    g.topic.batches.back() = log::encode(again);
  }
  SECTION("cut and filled again") { g.topic.batches.back() = batch_of(2, "other"); }
  SECTION("its beginning is gone") { g.topic.low = 1; }
  CHECK(g.halted() == ledger::Halt::log_diverged);
  CHECK_FALSE(g.gate.look());
  CHECK(g.opened == 0);
}

TEST_CASE("a log that is shorter than it was is LOG_DIVERGED once every answer of twenty seconds has said so") {
  Gate g;
  SECTION("an empty topic") { g.topic.batches.clear(); }
  SECTION("an empty topic, of which we know no place") {
    g.topic.batches.clear();
    g.held.position = {0};
    g.held.last_batch.reset();
  }
  SECTION("cut behind our position") { g.topic.batches.pop_back(); }
  SECTION("cut before our last batch, of which alone we know the place") {
    g.topic.batches.pop_back();
    g.held.position = {0};
  }
  CHECK(g.halted_within(log::believe_cut_after_us - 1) == ledger::Halt::none);
  CHECK_FALSE(g.gate.waiting_for().empty());
  CHECK(g.halted_within(0) == ledger::Halt::log_diverged);
  CHECK(g.opened == 0);
}

TEST_CASE("a leader that was frozen and shows the end of its old days halts nobody") {
  Gate g;
  g.topic.old_end = 1;
  CHECK(g.halted_within(log::believe_cut_after_us - 1) == ledger::Halt::none);
  CHECK(g.opened == 0);
  g.topic.old_end.reset();
  CHECK(g.halted() == ledger::Halt::none);
  CHECK(g.opened == 1);
}

TEST_CASE("a node that stood still itself has asked nobody meanwhile") {
  Gate g;
  g.topic.old_end = 1;
  CHECK(g.halted() == ledger::Halt::none);
  g.clock.pass(log::believe_cut_after_us);
  CHECK(g.halted_within(log::believe_cut_after_us - 1) == ledger::Halt::none);
  CHECK(g.halted() == ledger::Halt::log_diverged);
}

TEST_CASE("brokers that are away have not said that the log was cut") {
  Gate g;
  g.topic.old_end = 1;
  CHECK(g.halted() == ledger::Halt::none);
  g.topic.away = true;
  CHECK(g.halted_within(log::believe_cut_after_us) == ledger::Halt::none);
  g.topic.away = false;
  g.topic.old_end.reset();
  CHECK(g.halted() == ledger::Halt::none);
  CHECK(g.opened == 1);
}

TEST_CASE("a log that is made anew while it is open, however long, is LOG_DIVERGED") {
  Gate g;
  CHECK(g.halted() == ledger::Halt::none);
  g.topic.batches = {batch_of(0, "other"), batch_of(1, "second"), batch_of(2, "third"), batch_of(3, "fourth")};
  CHECK(g.halted() == ledger::Halt::log_diverged);
}

TEST_CASE("settings that would lose history stop the writing until they are mended") {
  Gate g;
  g.topic.topic.configs["cleanup.policy"] = "compact";
  CHECK(g.halted() == ledger::Halt::log_unfit);
  CHECK(g.halts.back().second.find("cleanup.policy") != std::string::npos);
  CHECK(g.opened == 0);
  g.topic.topic.configs = log::topic_configs({});
  CHECK(g.halted() == ledger::Halt::none);
  CHECK(g.resumed == 1);
  CHECK(g.opened == 1);
  g.topic.topic.configs["retention.ms"] = "1000";
  CHECK(g.halted() == ledger::Halt::log_unfit);
}

TEST_CASE("a vault's topic that would lose keys stops the writing until it is mended") {
  Gate g;
  g.vault = {"topic aidledger.vault.city.v1: cleanup.policy is 'delete': set it to compact"};
  CHECK(g.halted() == ledger::Halt::log_unfit);
  CHECK(g.halts.back().second == g.vault.front());
  g.vault.clear();
  CHECK(g.halted() == ledger::Halt::none);
  CHECK(g.resumed == 1);
}

TEST_CASE("a new node, which holds nothing, takes the log as it is") {
  Gate g;
  g.held = {};
  CHECK(g.halted() == ledger::Halt::none);
  CHECK(g.opened == 1);
}
