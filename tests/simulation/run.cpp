#include "tests/simulation/run.hpp"

#include "tests/simulation/log_change.hpp"
#include "tests/simulation/mishaps.hpp"
#include "tests/simulation/race.hpp"

namespace aidledger::simulation {
namespace {

constexpr std::int64_t day_us = 86'400'000'000;

class Run {
 public:
  explicit Run(std::uint64_t seed) : stage_(seed) { result_.configuration = describe(stage_.config); }

  Result go() {
    auto& trace = stage_.trace;
    stage_.open();
    for (std::size_t i = 0; i < stage_.config.actions && trace.clean(); ++i) one_round();
    if (trace.clean() && stage_.log_changed && !mend_log(stage_)) return result();
    if (trace.clean()) converge();
    if (trace.clean() && stage_.config.race) race(stage_);
    if (trace.clean()) check_invariants(stage_.chain, stage_.desk.history(), stage_.nodes, trace);
    if (trace.clean() && !stage_.topic_nodes.empty())
      if (const auto why = difference(stage_.feed, stage_.nodes.front()->ledger(), stage_.chain); !why.empty())
        trace.violated("I11", why);
    return result();
  }

 private:
  Result result() {
    result_.actions = stage_.desk.asked();
    result_.records = stage_.chain.records.size();
    result_.crashes = stage_.crashes;
    stage_.trace.into(result_);
    return std::move(result_);
  }
  void one_round() {
    auto& random = stage_.random;
    for (auto steps = random.below(40); steps > 0; --steps) stage_.step();
    const auto index = random.below(stage_.nodes.size());
    auto& node = *stage_.nodes[index];
    if (befall(stage_, node, index)) return;
    if (random.chance(stage_.config.retry)) return say_again(node);
    if (random.chance(stage_.config.casework))
      if (const int story = stage_.desk.clients.casework.ready(); story >= 0) return go_on(node, story);
    stage_.desk.ask(node, stage_.desk.clients.next());
  }
  void say_again(Node& node) {
    auto& random = stage_.random;
    const auto said = stage_.desk.history().size();
    const auto index =
        random.chance(500) ? random.below(said) : said - 1 - random.below(std::min<std::size_t>(said, 5));
    random.chance(stage_.config.alter) ? stage_.desk.ask_altered(node, index) : stage_.desk.ask_again(node, index);
  }
  void go_on(Node& node, int story) {
    Wish wish = stage_.desk.clients.casework.step(story);
    stage_.schedule.pass(wish.days_before * day_us);
    stage_.desk.go_on(node, story, std::move(wish));
  }

  /// I12. Faults stop; whoever is down comes up; every request is asked again until it is answered for good.
  void converge() {
    auto& trace = stage_.trace;
    const auto& history = stage_.desk.history();
    stage_.heal();
    for (int round = 0; round < 5 && trace.clean(); ++round) {
      stage_.settle();
      for (std::size_t i = 0; i < history.size(); ++i)
        if (!history[i].settled()) stage_.desk.ask_again(*stage_.writer(i), i);
    }
    stage_.settle();
    for (const auto& said : history)
      if (!said.settled())
        return trace.violated(
            "I12", "no answer to " + said.wish.principal.id + " " + said.wish.action_id + " after all faults stopped");
    for (auto& node : stage_.nodes)
      if (node->ledger().health().next_seq != stage_.chain.records.size())
        return trace.violated("I12", "a node did not read to the end");
  }

  Stage stage_;
  Result result_;
};

}  // namespace

Result run(std::uint64_t seed) { return Run(seed).go(); }

}  // namespace aidledger::simulation
