#include "tests/simulation/stage.hpp"

#include "tests/simulation/opening.hpp"
#include "tests/simulation/shipped.hpp"

namespace aidledger::simulation {
namespace {

constexpr std::int64_t quiet_us = 50'000'000;       ///< virtual; longer than any append is late
constexpr std::int64_t tolerance_us = 300'000'000;  ///< between a wall clock and what it should say
constexpr std::int64_t answer_us = 120'000'000;     ///< longer than the brokers take to say it

}  // namespace

Stage::Stage(std::uint64_t seed, const std::optional<Configuration>& given)
    : random(seed),
      config(given ? *given : draw(random)),
      schedule(random),
      trace(schedule),
      begin(*parse_instant("2024-03-01T09:00:00+08:00")),
      topic(schedule, random, chain, begin),
      forger(topic, chain, random),
      desk(random, trace, chain) {}

void Stage::open() {
  topic.decided_blindly = [this] { trace.violated("F32", "a node decided before it had read to the end"); };
  for (std::size_t i = 0; i < config.nodes; ++i)
    nodes.push_back(std::make_unique<Node>(i, config.on_files ? on_files() : on_topic(), schedule, random, begin));
  if (!topic_nodes.empty()) {
    const auto& first = topic_nodes.front()->key();
    first_key_id_ = name_of_key(first.id());
    first_public_key_ = first.public_key();
    chain.pin(first_key_id_, first_public_key_);
    for (auto* node : topic_nodes) node->pin(first.public_key());
    topic.land(opening_batch(&first, begin, random));
  }
  for (auto& node : nodes) node->start();
  for (std::size_t i = 1; i < topic_nodes.size(); ++i) {
    propose_key(*topic_nodes[i]);
    settle();
    confirm_key();
    settle();
  }
  for (const auto& one : shipped()) {
    desk.ask(*nodes.front(),
             {one.action, one.data, somebody("operator"), "shipped-" + std::to_string(desk.history().size())});
    settle();
  }
  topic.set_faults(config.log);
  feed.fails = config.feed;
}

std::unique_ptr<Ground> Stage::on_files() {
  auto ground = std::make_unique<OnFiles>(chain, random, config.segment_bytes, begin);
  files = ground.get();
  return ground;
}

std::unique_ptr<Ground> Stage::on_topic() {
  auto ground = std::make_unique<OnTopic>(topic, chain, vault_, config.segment_bytes,
                                          "node-" + std::to_string(topic_nodes.size()));
  ground->publish_to(feed);
  topic_nodes.push_back(ground.get());
  forger.steal(ground->key());
  return ground;
}

/// On a disk that ends or fails where nobody can go on, the process is gone.
bool Stage::step() {
  try {
    return schedule.step();
  } catch (const world::ProcessEnds& ends) {
    trace("the process ends: " + ends.why);
  } catch (const world::DiskError& error) {
    trace(std::string("the process ends: ") + error.what());
  }
  crash(*nodes[schedule.running()]);
  return true;
}

void Stage::settle() {
  const std::int64_t until = schedule.now_us() + quiet_us;
  while ((schedule.anybody_ready() || schedule.next_timer_us() <= until) && step()) {
  }
}

void Stage::crash(Node& node) { end(node, !log_changed && random.chance(500)); }

void Stage::kill(Node& node) { end(node, false); }

void Stage::end(Node& node, bool power) {
  trace(power ? "power cut" : "crash");
  ++crashes;
  node.crash(power);
  desk.clients.casework.nobody_answers();
}

void Stage::restart(Node& node) {
  const Seq before = chain.records.size();
  trace("restart");
  start(node);
  if (chain.records.size() >= before) return;
  trace("damage took the unmarked last batch, from record " + std::to_string(chain.records.size()));
  desk.forgive(chain.records.size());
}

void Stage::start(Node& node) {
  try {
    node.start();
    const auto held = ledger::decode_head(node.rows().position());
    const bool behind = held && !held->empty() && held->recorded_at.us - node.clock().now().us > tolerance_us;
    const bool off = !topic_nodes.empty() && std::abs(node.clock().skew_us) > tolerance_us + answer_us;
    node.suspect_clock(behind || off);
    return;
  } catch (const world::ProcessEnds& ends) {
    trace("the start ends: " + ends.why);
  } catch (const world::DiskError& error) {
    trace(std::string("no start: ") + error.what());
  } catch (const log::LogDamaged& refusal) {
    refused(refusal);
  } catch (const Lost& lost) {
    trace.violated("I1", "records " + std::to_string(lost.from) + " to " + std::to_string(lost.to - 1) +
                             " could be read and are gone");
  }
  node.crash(!log_changed && random.chance(500));
}

void Stage::refused(const log::LogDamaged& refusal) {
  trace(std::string("refuses to start: ") + refusal.what());
  if (files == nullptr || !files->damaged())
    return trace.violated("I12", "does not start, and nobody damaged anything");
  files->restore();
}

void Stage::set_clock(Node& node, std::int64_t skew_us) {
  node.clock().skew_us = skew_us;
  trace("clock skew " + std::to_string(skew_us));
}

void Stage::accept_clock(Node& node, const Principal& principal) {
  desk.ask(node, {"accept-clock", Tree::object().set("node", "n").set("finding", "looked at"), principal,
                  "clock-" + std::to_string(desk.history().size())});
}

void Stage::propose_key(OnTopic& of) {
  const std::string id = name_of_key(of.key().id());
  Tree data = Tree::object()
                  .set("proposal", "key-" + id.substr(0, 8))
                  .set("key_id", id)
                  .set("public_key", to_hex(of.key().public_key()))
                  .set("node", of.name());
  proposed_.emplace_back("key-" + id.substr(0, 8), id);
  ask({"propose-writer-key", std::move(data), somebody("operator"), "propose-" + id.substr(0, 8)});
}

void Stage::confirm_key() {
  if (proposed_.empty()) return;
  const auto [proposal, id] = proposed_.back();
  proposed_.pop_back();
  ask({"confirm-writer-key", Tree::object().set("proposal", proposal).set("key_id", id), somebody("bureau"),
       "confirm-" + id.substr(0, 8)});
}

Node* Stage::writer(std::size_t index) {
  Node* found = nullptr;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    auto& node = *nodes[(index + i) % nodes.size()];
    if (node.up() && node.may_write()) return &node;
    if (node.up() && found == nullptr) found = &node;
  }
  return found;
}

void Stage::ask(Wish wish) {
  if (auto* node = writer(random.below(nodes.size()))) desk.ask(*node, std::move(wish));
}

Chain Stage::left() const {
  Chain left;
  left.pin(first_key_id_, first_public_key_);
  for (const auto& landed : topic.landed()) left.take(landed.batch);
  return left;
}

void Stage::heal() {
  topic.set_faults({});
  feed.fails = 0;
  config.disk = {};
  config.ends = 0;
  for (auto& node : nodes) {
    node->heal();
    set_clock(*node, 0);
    node->suspect_clock(false);  // whoever has not looked at it before finds nothing; the others say so below
    while (!node->up() && trace.clean()) restart(*node);
  }
  settle();
  if (!trace.clean()) return;
  for (auto& node : nodes) {
    node->suspect_clock(!node->ledger().health().clock_trusted);
    if (node->clock_suspect()) accept_clock(*node, somebody("operator"));
  }
}

}  // namespace aidledger::simulation
