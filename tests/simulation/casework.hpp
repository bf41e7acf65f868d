#pragma once
// Stories that move the ladder and the subsidies: two undertakers are enrolled, a few cases granted, concluded and
// archived, a round scores them, grades are told, objected to, made final, redetermined. A story asks for one step
// after the other and goes on when the last one was answered; stories share undertakers, persons and the round, and run
// at once.
#include "tests/simulation/wish.hpp"

namespace aidledger::simulation {

class Casework {
 public:
  explicit Casework(Random& random);

  /// A story whose next step may be asked for now, or -1.
  int ready();
  /// That step. The same until it is answered for good, except that after a refusal it has another id.
  Wish step(int story);
  void answered(int story, const ledger::Answer& answer);
  /// A process died: whoever waits asks again.
  void nobody_answers();
  /// Some step of some story, out of turn.
  Wish out_of_turn();

 private:
  enum class Phase { enrolling, handling, opening_round, evaluating };
  struct Step {
    std::string action;
    Tree data;
    Principal principal;
    int days_before = 0;
  };
  struct Story {
    Phase phase;
    std::vector<Step> steps;
    std::size_t at = 0;
    int refused = 0, refused_here = 0;
    bool waits = false;
    bool over() const { return at >= steps.size(); }
  };

  void enrol(int undertaker, bool salaried);
  void handle(int number);
  void open_round();
  void evaluate(int number, const std::string& undertaker, bool criminal);
  void then(Story& story, std::string action, Tree data, Principal principal, int days_before = 0);
  bool over(Phase phase) const;

  Random& random_;
  std::vector<Story> stories_;
  std::size_t asked_out_of_turn_ = 0;
};

}  // namespace aidledger::simulation
