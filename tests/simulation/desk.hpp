#pragma once
// Where clients ask and are answered: keeps what was said to whom, and looks at each answer as it comes.
#include "tests/simulation/chain.hpp"
#include "tests/simulation/clients.hpp"
#include "tests/simulation/history.hpp"
#include "tests/simulation/node.hpp"
#include "tests/simulation/trace.hpp"

namespace aidledger::simulation {

class Desk {
 public:
  Desk(Random& random, Trace& trace, const Chain& chain) : clients(random), trace_(trace), chain_(chain) {}

  void ask(Node& node, Wish wish);
  /// The same request once more, with the same id.
  void ask_again(Node& node, std::size_t index);
  /// The story's next step, or the same request again where nobody has answered it for good.
  void go_on(Node& node, int story, Wish step);
  /// Another request under an id that was used before.
  void ask_altered(Node& node, std::size_t index);
  /// Damage took the records from `seq` on, and that is allowed: nobody was promised them.
  void forgive(Seq seq);
  /// While the log is not what it was, answers are not measured by the chain.
  void judge(bool by_the_chain) { by_the_chain_ = by_the_chain; }

  const History& history() const { return history_; }
  std::size_t asked() const { return asked_; }
  Clients clients;

 private:
  struct Asking {
    int finding;     ///< which suspicion the node's clock was under
    bool must_know;  ///< it was told long before that this is recorded: every node knows
  };
  void answered(std::size_t index, Node& node, const Asking& asking, const ledger::Answer& answer);
  void justify(const Wish& wish, const ledger::Answer& answer);
  bool recorded(const Wish& wish) const;
  bool adopted(const Tree& data) const;

  Trace& trace_;
  const Chain& chain_;
  History history_;
  std::size_t asked_ = 0;
  bool by_the_chain_ = true;
};

}  // namespace aidledger::simulation
