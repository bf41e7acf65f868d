#pragma once
// Turns clocks that ran out into ordinary actions of the clock principal, each with an id made from the deadline, so
// that it happens once: also what fell due while nothing ran, and what an import held back until its hold was closed.
// Lives on the ledger's strand.
#include "src/ledger/writer.hpp"
#include "src/rules/clocks.hpp"

namespace aidledger::ledger {

inline constexpr std::size_t deadlines_per_round = 1'000;

class Timekeeper {
 public:
  Timekeeper(Writer& writer, Follower& follower, world::Clock& clock, const Zone& zone)
      : writer_(writer), follower_(follower), clock_(clock), zone_(zone) {}

  /// Asks for what is overdue now; true when there may be more. Does nothing while its last round is being answered.
  bool look();

 private:
  void raise(const rules::ClockRow& clock, Instant now);

  Writer& writer_;
  Follower& follower_;
  world::Clock& clock_;
  const Zone& zone_;
  std::size_t open_ = 0;  ///< asked and not yet answered
};

/// deadline-<hash of rule, subject, key and due date>.
std::string deadline_action_id(const rules::ClockRow& clock);

}  // namespace aidledger::ledger
