#include "tests/simulation/race.hpp"

#include "src/rules/governance.hpp"

namespace aidledger::simulation {
namespace {

constexpr std::size_t clients = 8, answers_in_all = 400;
constexpr std::size_t least_share = 30, most_void = 20;  ///< in a hundred: of the answers, of the batches

/// A node with clients that ask again as soon as they are answered.
class Racer {
 public:
  Racer(Node& node, std::string name, const std::size_t& answered_in_all)
      : node_(node), name_(std::move(name)), answered_in_all_(answered_in_all) {}
  void go(std::size_t& count) {
    for (std::size_t i = 0; i < clients; ++i) ask(count);
  }
  std::size_t answered() const { return answered_; }
  Node& node() { return node_; }

 private:
  void ask(std::size_t& count) {
    if (answered_in_all_ >= answers_in_all) return;
    ledger::Asked asked;
    asked.principal = somebody("operator");
    asked.request.type = rules::find_action(rules::AcceptClock::name);
    asked.request.action = std::make_shared<rules::AcceptClock>(rules::AcceptClock{name_, "a race"});
    asked.request.principal = asked.principal.id;
    asked.request.action_id = name_ + "-" + std::to_string(asked_++);
    asked.request.occurred_at = node_.clock().now();
    asked.request.actor = {asked.principal.person, asked.principal.roles, {}, {}, {}};
    asked.canonical = asked.request.action_id;
    asked.answer = [this, &count](const ledger::Answer& answer) {
      if (answer.recorded) ++answered_, ++count;
      ask(count);
    };
    node_.ledger().ask(std::move(asked));
  }

  Node& node_;
  std::string name_;
  const std::size_t& answered_in_all_;
  std::size_t asked_ = 0, answered_ = 0;
};

struct Batches {
  std::uint64_t accepted = 0, lost = 0;
};

Batches batches_seen_by(Node& node) {
  const auto health = node.ledger().health();
  return {health.own_batches + health.other_batches, health.voids.losers};
}

}  // namespace

void race(Stage& stage, const Pace& pace) {
  std::vector<std::size_t> able;
  for (std::size_t i = 0; i < stage.topic_nodes.size(); ++i)
    if (stage.nodes[i]->may_write() && stage.nodes[i]->ledger().health().halt == ledger::Halt::none) able.push_back(i);
  if (able.size() < 2) return;
  std::size_t count = 0;
  Racer quick(*stage.nodes[able[0]], "quick", count), slow(*stage.nodes[able[1]], "slow", count);
  stage.topic_nodes[able[0]]->slow_down(pace.quick_us);
  stage.topic_nodes[able[1]]->slow_down(pace.slow_us);
  const Batches before = batches_seen_by(quick.node());
  quick.go(count);
  slow.go(count);
  stage.settle();
  for (const auto node : able) stage.topic_nodes[node]->slow_down(0);
  const Batches after = batches_seen_by(quick.node());
  const auto lost = after.lost - before.lost, all = after.accepted - before.accepted + lost;
  stage.trace("race: " + std::to_string(quick.answered()) + " and " + std::to_string(slow.answered()) + " answers, " +
              std::to_string(lost) + " of " + std::to_string(all) + " batches in vain");
  if (count < answers_in_all || 100 * slow.answered() < least_share * count)
    stage.trace.violated("turns", "the slower node got " + std::to_string(slow.answered()) + " of " +
                                      std::to_string(count) + " answers");
  if (100 * lost > most_void * all)
    stage.trace.violated("turns", std::to_string(lost) + " of " + std::to_string(all) + " batches were in vain");
}

}  // namespace aidledger::simulation
