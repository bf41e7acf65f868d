#include "tests/simulation/log_change.hpp"

namespace aidledger::simulation {
namespace {

bool held_by_a_node(const Stage& stage) {
  return std::any_of(stage.nodes.begin(), stage.nodes.end(), [&](const auto& node) {
    return node->up() && node->ledger().view().next_seq() == stage.chain.records.size();
  });
}

void kill_all(Stage& stage) {
  for (auto& node : stage.nodes)
    if (node->up()) stage.kill(*node);
}

bool holds_no_more(const ledger::Head& held, const Chain& left) {
  return held.empty() || (held.next_seq <= left.records.size() && left.hashes[held.next_seq - 1] == held.hash);
}

/// F7. Whoever holds what the log does not must have halted.
void check_halted(Stage& stage) {
  const Chain left = stage.left();
  for (auto& node : stage.nodes) {
    const auto held = ledger::decode_head(node->rows().position());
    const bool same_log = stage.topic.cluster == Topic::first_cluster || held->empty();
    if (same_log && holds_no_more(*held, left)) continue;
    if (node->ledger().health().halt != ledger::Halt::log_diverged)
      stage.trace.violated("F7", "a node holds " + std::to_string(held->next_seq) +
                                     " records of a log that is not the same any more, and has not halted");
  }
}

OnTopic& longest(const Stage& stage) {
  return **std::max_element(stage.topic_nodes.begin(), stage.topic_nodes.end(),
                            [](const auto* a, const auto* b) { return a->end() < b->end(); });
}

bool one_history(const Stage& stage) {
  const auto& most = longest(stage).records();
  return std::all_of(stage.topic_nodes.begin(), stage.topic_nodes.end(), [&](const OnTopic* node) {
    return node->end() == 0 || node->records().record(node->end() - 1) == most.record(node->end() - 1);
  });
}

/// How much of the ledger the topic holds; a topic that cannot be completed is moved aside, and made anew.
Seq look_into(Topic& topic, const HeldLedger& held, Trace& trace) {
  try {
    Retracing log(held);
    for (const auto& landed : topic.landed()) log.read(landed.batch);
    return log.met();
  } catch (const OtherHistory& other) {
    trace(std::string("moved aside: ") + other.what());
    topic.make_anew();
    return 0;
  }
}

void repair(Stage& stage) {
  const auto held = longest(stage).held_ledger();
  Seq met = look_into(stage.topic, held, stage.trace);
  stage.trace("repair from record " + std::to_string(met) + " of " + std::to_string(held.files.head().next_seq));
  for (; met < held.files.head().next_seq; met = log::seqs_of(stage.topic.landed().back().batch).next)
    stage.topic.land(batch_from(met, held));
}

}  // namespace

void change_log(Stage& stage) {
  if (!held_by_a_node(stage)) return;
  auto& random = stage.random;
  auto& topic = stage.topic;
  stage.log_changed = true;
  stage.desk.judge(false);
  if (random.chance(500)) kill_all(stage);
  const auto size = topic.landed().size();
  switch (random.below(3)) {
    case 0:
      stage.trace("the log loses its end");
      return topic.lose(1 + random.below(std::min<std::size_t>(size - 1, 5)));
    case 1:
      stage.trace("the log is made anew");
      topic.make_anew();
      return stage.forger.write_another_ledger(random.below(2 * size));
    default: stage.trace("the brokers are of another cluster"); topic.cluster = "elsewhere";
  }
}

bool mend_log(Stage& stage) {
  stage.heal();
  stage.settle();
  if (stage.trace.clean()) check_halted(stage);
  if (!stage.trace.clean()) return false;
  kill_all(stage);
  for (auto* node : stage.topic_nodes) node->open_files();
  const bool mends = one_history(stage);
  stage.topic.cluster = Topic::first_cluster;
  stage.topic.forget_lost();
  if (mends) repair(stage);
  for (auto* node : stage.topic_nodes) node->close_files();
  stage.trace(mends ? "the log is put right" : "the copies are of different histories");
  stage.chain = stage.left();
  stage.log_changed = false;
  stage.desk.judge(true);
  return mends;
}

}  // namespace aidledger::simulation
