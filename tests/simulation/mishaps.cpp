#include "tests/simulation/mishaps.hpp"

#include "tests/simulation/feed.hpp"
#include "tests/simulation/log_change.hpp"

namespace aidledger::simulation {
namespace {

constexpr std::int64_t minute_us = 60'000'000;

/// By a few minutes, or by hours; then not again before somebody has looked at it.
void jump(Stage& stage, Node& node) {
  if (node.clock_suspect() || node.accepting_clock()) return;
  auto& random = stage.random;
  node.suspect_clock(random.chance(500));
  const std::int64_t minutes =
      node.clock_suspect() ? random.between(60, 2'000) * (random.chance(500) ? 1 : -1) : random.between(-2, 2);
  stage.set_clock(node, node.clock().skew_us + minutes * minute_us);
}

/// An operator accepts it; now and then somebody tries who may not.
void look_at_clock(Stage& stage, Node& node) {
  const auto undertaker = somebody("p-u-s0", {Role::undertaker}, "u-s0");
  stage.accept_clock(node, stage.random.chance(700) ? somebody("operator") : undertaker);
}

void come_up(Stage& stage, Node& node) {
  auto* files = stage.files;
  if (files != nullptr && !files->damaged() && stage.random.chance(stage.config.disk.damage)) files->damage();
  if (stage.random.chance(stage.config.ends)) node.end_soon();
  stage.restart(node);
}

/// A node takes over the public feed: one that knows of the last claim, or only of an older one, or of none.
void claim_feed(Stage& stage, const OnTopic& ground) {
  std::vector<Seq> claims = claims_in(stage.chain);
  claims.insert(claims.begin(), 0);
  const Seq known = stage.random.chance(500) ? claims.back() : claims[stage.random.below(claims.size())];
  Tree data =
      Tree::object().set("node", ground.name()).set("key_id", name_of_key(ground.key().id())).set("follows", known);
  stage.ask({"claim-feed", std::move(data), somebody("clock", {Role::clock}),
             "claim-" + std::to_string(stage.desk.history().size())});
}

/// A key is revoked; a node whose key was revoked gets another one, which two people enrol.
void change_keys(Stage& stage, Node& node, OnTopic& ground) {
  const std::string id = name_of_key(ground.key().id());
  if (stage.random.chance(300)) return claim_feed(stage, ground);
  if (node.may_write()) {
    stage.ask({"revoke-writer-key", Tree::object().set("key_id", id).set("reason", "looked at by a stranger"),
               somebody("operator"), "revoke-" + id.substr(0, 8)});
  } else if (stage.chain.key(id) == Chain::Key::revoked) {
    stage.crash(node);
    ground.take_new_key();
    stage.forger.steal(ground.key());
    stage.restart(node);
    stage.propose_key(ground);
  } else {
    stage.confirm_key();
  }
}

void forge(Stage& stage) {
  const auto many = stage.random.chance(100) ? 50 + stage.random.below(300) : 1;
  stage.trace("forged batches: " + std::to_string(many));
  for (std::uint64_t i = 0; i < many; ++i) stage.forger.write_one();
}

}  // namespace

bool befall(Stage& stage, Node& node, std::size_t index) {
  auto& random = stage.random;
  const auto& config = stage.config;
  if (!node.up()) return come_up(stage, node), true;
  if (random.chance(config.crash)) return stage.crash(node), true;
  if (random.chance(config.clock_jump)) return jump(stage, node), true;
  if (node.clock_suspect() && random.chance(200)) return look_at_clock(stage, node), true;
  if (random.chance(config.ends)) node.end_soon();
  if (random.chance(config.disk.fails)) node.fail_soon();
  if (stage.topic_nodes.empty()) return false;
  if (!stage.log_changed && random.chance(config.log_change)) return change_log(stage), true;
  if (random.chance(config.cut_off)) stage.topic_nodes[index]->cut_off(random.between(10'000, 30'000'000));
  if (random.chance(config.forged)) forge(stage);
  if (random.chance(config.keys)) return change_keys(stage, node, *stage.topic_nodes[index]), true;
  return false;
}

}  // namespace aidledger::simulation
