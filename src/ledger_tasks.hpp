#pragma once
// What is done to a ledger's log as a whole, by hand, while no service of this folder runs: made in Kafka, moved there,
// its lost end put back. Each tells what it would do first and does it when told so.
#include <functional>

#include "events/values/tree.hpp"
#include "src/serve.hpp"

namespace aidledger {

struct TaskWish {
  bool really = false;  ///< else a dry run: nothing is changed
  NodeProgress progress;
};

/// Two people sign: the tokens, of two persons who may, are in these files.
struct TwoPeople {
  std::string first_token_file, second_token_file;
};

/// Topics with the right settings, record 0 signed by this node's key, the shipped policies. What is there already is
/// left as it is. {"plan": [...], "done": bool, "first_key", "cluster_id", "records"}. Throws CannotStart.
Tree create_in_kafka(const settings::Settings& settings, const TaskWish& wish);

/// An embedded ledger's records into a fresh topic, its vault into a topic of its own; then the folder is not written
/// any more but as the copy of a node on Kafka. Interrupted anywhere, it goes on. Same answer.
Tree move_to_kafka(const settings::Settings& settings, const TaskWish& wish);

/// After LOG_DIVERGED: puts back what a cut or remade topic lacks, from this node's copy; on the other nodes it finds
/// nothing missing and lets them read the topic anew. {"plan", "held", "in_log",
/// "missing", "done"}.
Tree repair_log(const settings::Settings& settings, const TaskWish& wish, const TwoPeople& people);

/// After POISON: the word of two people, as a record of its own behind the one that cannot be decoded. Where the ledger
/// stands is told by a dry run: {"seq","hash","done"}; `hash` is what they have to name.
struct PoisonWish {
  std::string hash, reason;
};
Tree pass_poison(const settings::Settings& settings, const TaskWish& wish, const TwoPeople& people,
                 const PoisonWish& poison);

/// This node's key, made where there is none; a service may have the folder open: {"node","key_id","public_key"}.
Tree node_key(const settings::Settings& settings);

}  // namespace aidledger
