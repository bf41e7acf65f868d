#pragma once
// What a run consists of, and how it moves: one task at a time, with processes that end in the middle of one.
#include "src/vault/memory_vault.hpp"
#include "tests/simulation/configuration.hpp"
#include "tests/simulation/desk.hpp"
#include "tests/simulation/forger.hpp"
#include "tests/simulation/invariants.hpp"
#include "tests/simulation/on_files.hpp"
#include "tests/simulation/on_topic.hpp"

namespace aidledger::simulation {

class Stage {
 public:
  explicit Stage(std::uint64_t seed) : Stage(seed, std::nullopt) {}
  /// Under this configuration, where one is given; else it is drawn.
  Stage(std::uint64_t seed, const std::optional<Configuration>& given);

  /// Opens the ledger, enrols the nodes' keys, adopts what is shipped. No faults yet.
  void open();
  bool step();
  /// Until nothing is to be done for a while.
  void settle();

  /// With or without the machine. While the log is not what it was, the machines go on: what both the log and a copy
  /// have lost, nobody can put back.
  void crash(Node& node);
  void kill(Node& node);
  /// A start, too, can be cut off; the next one is tried by a later round.
  void restart(Node& node);
  void set_clock(Node& node, std::int64_t skew_us);
  void accept_clock(Node& node, const Principal& principal);
  /// The first of two steps; the second is confirm_key.
  void propose_key(OnTopic& of);
  void confirm_key();
  /// A node that is up and whose batches count, from `index` on; else one that is up; else nobody.
  Node* writer(std::size_t index);
  /// Asks whoever can write, if anybody is up.
  void ask(Wish wish);
  void heal();
  /// The chain that the topic holds now.
  Chain left() const;

  Random random;
  Configuration config;
  Schedule schedule;
  Trace trace;
  Chain chain;
  Instant begin;
  Topic topic;
  FeedTopics feed;
  Forger forger;
  Desk desk;
  Nodes nodes;
  OnFiles* files = nullptr;           ///< where the node stands, if not on the topic
  std::vector<OnTopic*> topic_nodes;  ///< where each node stands, if on the topic
  std::size_t crashes = 0;
  bool log_changed = false;  ///< it is not the log any more that the chain was read from

 private:
  void end(Node& node, bool power);
  std::unique_ptr<Ground> on_files();
  std::unique_ptr<Ground> on_topic();
  void start(Node& node);
  void refused(const log::LogDamaged& refusal);

  vault::MemoryVault vault_;
  std::string first_key_id_;
  Bytes first_public_key_;
  std::vector<std::pair<std::string, std::string>> proposed_;  ///< proposal, key id: not confirmed yet
};

}  // namespace aidledger::simulation
