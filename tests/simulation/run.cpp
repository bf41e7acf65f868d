#include "tests/simulation/run.hpp"

#include "src/vault/memory_vault.hpp"
#include "tests/simulation/configuration.hpp"
#include "tests/simulation/invariants.hpp"
#include "tests/simulation/on_files.hpp"
#include "tests/simulation/on_topic.hpp"
#include "tests/simulation/shipped.hpp"

namespace aidledger::simulation {
namespace {

constexpr std::int64_t convergence_us = 300'000'000;  ///< I12: after the last fault, in virtual time
constexpr std::int64_t tolerance_us = 300'000'000;    ///< between a wall clock and what it should say
constexpr std::int64_t day_us = 86'400'000'000;

class Run {
 public:
  explicit Run(std::uint64_t seed)
      : random_(seed),
        config_(draw(random_)),
        schedule_(random_),
        trace_(schedule_),
        topic_(schedule_, random_, chain_),
        desk_(random_, trace_, chain_) {
    result_.configuration = describe(config_);
  }

  Result go() {
    open();
    for (std::size_t i = 0; i < config_.actions && trace_.clean(); ++i) one_round();
    if (trace_.clean()) converge();
    if (trace_.clean()) check_invariants(chain_, desk_.history(), nodes_, trace_);
    result_.actions = desk_.asked();
    result_.records = chain_.records.size();
    trace_.into(result_);
    return std::move(result_);
  }

 private:
  void open() {
    const Instant begin = *parse_instant("2024-03-01T09:00:00+08:00");
    if (!config_.on_files) topic_.land(opening_batch(begin, random_));
    for (std::size_t i = 0; i < config_.nodes; ++i)
      nodes_.push_back(std::make_unique<Node>(ground(begin), schedule_, random_, begin));
    for (auto& node : nodes_) node->start();
    for (const auto& one : shipped()) {
      desk_.ask(*nodes_.front(),
                {one.action, one.data, somebody("operator"), "shipped-" + std::to_string(desk_.history().size())});
      settle();
    }
    topic_.set_faults(config_.log);
  }
  std::unique_ptr<Ground> ground(Instant begin) {
    if (!config_.on_files) return std::make_unique<OnTopic>(topic_, chain_, vault_);
    auto files = std::make_unique<OnFiles>(schedule_, chain_, random_, config_.segment_bytes, begin);
    files_ = files.get();
    return files;
  }

  void one_round() {
    for (auto steps = random_.below(40); steps > 0; --steps) step();
    auto& node = *nodes_[random_.below(nodes_.size())];
    if (!node.up()) return restart(node);
    if (random_.chance(config_.crash)) return crash(node);
    if (random_.chance(config_.clock_jump)) return jump(node);
    if (node.clock_suspect() && random_.chance(200)) return accept_clock(node, random_.chance(700));
    if (random_.chance(config_.ends)) end_soon(node);
    if (files_ != nullptr && random_.chance(config_.disk.fails)) files_->fail_soon();
    if (!desk_.history().empty() && random_.chance(config_.retry)) {
      const auto index = random_.below(desk_.history().size());
      return random_.chance(config_.alter) ? desk_.ask_altered(node, index) : desk_.ask_again(node, index);
    }
    auto& casework = desk_.clients.casework;
    if (random_.chance(config_.casework))
      if (const int story = casework.ready(); story >= 0) {
        Wish wish = casework.step(story);
        schedule_.pass(wish.days_before * day_us);
        return desk_.go_on(node, story, std::move(wish));
      }
    desk_.ask(node, desk_.clients.next());
  }
  void end_soon(Node& node) {
    if (files_ != nullptr && random_.chance(700))
      files_->end_soon();
    else
      node.end_soon();
  }

  /// One task. On a disk that ends or fails where nobody can go on, the process is gone.
  bool step() {
    try {
      return schedule_.step();
    } catch (const world::ProcessEnds& ends) {
      trace_("the process ends: " + ends.why);
    } catch (const world::DiskError& error) {
      trace_(std::string("the process ends: ") + error.what());
    }
    const auto ended =
        std::find_if(nodes_.begin(), nodes_.end(), [](const auto& node) { return node->fate().ended(); });
    crash(ended == nodes_.end() ? *nodes_.front() : **ended);
    return true;
  }

  void crash(Node& node) {
    const bool power = random_.chance(500);
    trace_(power ? "power cut" : "crash");
    ++result_.crashes;
    node.crash(power);
    desk_.clients.casework.nobody_answers();
  }

  /// A start, too, can be cut off; the next one is tried by a later round.
  void restart(Node& node) {
    if (files_ != nullptr && !files_->damaged() && random_.chance(config_.disk.damage)) files_->damage();
    if (random_.chance(config_.ends)) end_soon(node);
    const Seq before = chain_.records.size();
    try {
      trace_("restart");
      node.start();
      if (chain_.records.size() < before) forgive(chain_.records.size());
      node.suspect_clock(!chain_.records.empty() &&
                         decode_header(chain_.records.back()).recorded_at.us - node.clock().now().us > tolerance_us);
      return;
    } catch (const world::ProcessEnds& ends) {
      trace_("the start ends: " + ends.why);
    } catch (const world::DiskError& error) {
      trace_(std::string("no start: ") + error.what());
    } catch (const log::LogDamaged& refusal) {
      refused(refusal);
    } catch (const Lost& lost) {
      trace_.violated("I1", "records " + std::to_string(lost.from) + " to " + std::to_string(lost.to - 1) +
                                " could be read and are gone");
    }
    node.crash(random_.chance(500));
  }
  void refused(const log::LogDamaged& refusal) {
    trace_(std::string("refuses to start: ") + refusal.what());
    if (!files_->damaged()) return trace_.violated("I12", "does not start, and nobody damaged anything");
    files_->restore();
  }
  void forgive(Seq seq) {
    trace_("damage took the unmarked last batch, from record " + std::to_string(seq));
    desk_.forgive(seq);
  }

  /// By a few minutes, or by hours; then not again before somebody has looked at it.
  void jump(Node& node) {
    if (node.clock_suspect()) return;
    node.suspect_clock(random_.chance(500));
    const std::int64_t minutes =
        node.clock_suspect() ? random_.between(60, 2'000) * (random_.chance(500) ? 1 : -1) : random_.between(-2, 2);
    set_clock(node, node.clock().skew_us + minutes * 60'000'000);
  }
  void set_clock(Node& node, std::int64_t skew_us) {
    node.clock().skew_us = skew_us;
    trace_("clock skew " + std::to_string(skew_us));
  }
  void accept_clock(Node& node, bool by_operator) {
    Tree data = Tree::object().set("node", "n").set("finding", "looked at");
    desk_.ask(node, {"accept-clock", std::move(data),
                     by_operator ? somebody("operator") : somebody("p-u-s0", {Role::undertaker}, "u-s0"),
                     "clock-" + std::to_string(desk_.history().size())});
  }

  /// Faults stop; whoever is down comes up; every request is asked again until it is answered for good.
  void converge() {
    heal();
    for (int round = 0; round < 5 && trace_.clean(); ++round) {
      settle();
      for (std::size_t i = 0; i < desk_.history().size(); ++i)
        if (!desk_.history()[i].settled()) desk_.ask_again(*nodes_[i % nodes_.size()], i);
    }
    settle();
    for (const auto& said : desk_.history())
      if (!said.settled())
        return trace_.violated(
            "I12", "no answer to " + said.wish.principal.id + " " + said.wish.action_id + " after all faults stopped");
    for (auto& node : nodes_)
      if (node->ledger().health().next_seq != chain_.records.size())
        return trace_.violated("I12", "a node did not read to the end");
  }
  void heal() {
    topic_.heal();
    config_.disk = {};
    config_.ends = 0;
    if (files_ != nullptr) files_->heal();
    for (auto& node : nodes_) {
      node->fate().spare();
      set_clock(*node, 0);
      while (!node->up() && trace_.clean()) restart(*node);
    }
    settle();
    for (auto& node : nodes_) {
      node->suspect_clock(!node->ledger().health().clock_trusted);
      if (node->clock_suspect()) accept_clock(*node, true);
    }
  }
  void settle() {
    const std::int64_t until = schedule_.now_us() + convergence_us / 6;
    while ((schedule_.anybody_ready() || schedule_.next_timer_us() <= until) && step()) {
    }
  }

  Random random_;
  Configuration config_;
  Schedule schedule_;
  Trace trace_;
  Chain chain_;
  Topic topic_;
  Desk desk_;
  vault::MemoryVault vault_;
  OnFiles* files_ = nullptr;  ///< where the node stands, if not on the topic
  Nodes nodes_;
  Result result_;
};

}  // namespace

Result run(std::uint64_t seed) { return Run(seed).go(); }

}  // namespace aidledger::simulation
