#pragma once
// The half-yearly rounds: every archived case is scored by two evaluators who do not see each other's marks, told,
// objected to here and there, made final; and what follows for those whom the year has chosen for the ladder.
#include "src/demonstration/casework.hpp"

namespace aidledger::demonstration {

class Evaluation {
 public:
  Evaluation(Teller& teller, Chance& chance, const Officers& officers, Casework& casework)
      : teller_(teller), chance_(chance), officers_(officers), casework_(casework) {}

  /// Opens a round today and samples every archived case without a grade.
  void begin_round(const std::string& round, const std::string& title);

 private:
  struct Graded {
    std::string round, case_id;
    Undertaker* undertaker;
    int marks;
    bool unqualified;
  };

  void later(int days, std::function<void()> tell);
  void evaluate(const std::string& round, Archived& archived);
  void score(const Graded& g, const Person& evaluator, int marks);
  void second_score(const Graded& g, const Person& two, const Person& three, bool far_apart);
  void settle(const Graded& g);
  void after_final(const Graded& g);
  void comments(Undertaker* one);
  void decide_warning(Undertaker* one);
  void decide_disqualification(Undertaker* one);

  Teller& teller_;
  Chance& chance_;
  const Officers& officers_;
  Casework& casework_;
};

}  // namespace aidledger::demonstration
