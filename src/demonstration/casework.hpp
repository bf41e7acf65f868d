#pragma once
// The life of one case: granted, assigned, notified, called about, heard, closed, filed, archived; mostly in time, now
// and then late.
#include "src/demonstration/cast.hpp"

namespace aidledger::demonstration {

struct Archived {
  std::string case_id, recipient;
  Undertaker* undertaker;
  bool graded = false;
};

class Casework {
 public:
  Casework(Teller& teller, Chance& chance, const Officers& officers, std::vector<Undertaker>& undertakers)
      : teller_(teller), chance_(chance), officers_(officers), undertakers_(undertakers) {}

  /// Begins a case today.
  void begin(int number, int year);
  std::vector<Archived>& archived() { return archived_; }

 private:
  struct Case {
    std::string id, recipient, hearing;
    const Matter* matter;
    const District* district;
    Undertaker* undertaker = nullptr;
    Person clerk, supervisor;
    Date hearing_day, end;
    int calls = 0;
    bool closed = false;
  };
  using CasePtr = std::shared_ptr<Case>;

  void later(int days, std::function<void()> tell);
  Undertaker* choose(const Case& of);
  void assign(const CasePtr& c);
  void notify(const CasePtr& c);
  void call(const CasePtr& c);
  void schedule_hearing(const CasePtr& c);
  void report_before_hearing(const CasePtr& c);
  void report_on_progress(const CasePtr& c);
  void hear(const CasePtr& c);
  void conclude(const CasePtr& c);
  void hand_in(const CasePtr& c);
  void review(const CasePtr& c, bool again);
  void terminate(const CasePtr& c);
  Tree papers(const CasePtr& c) const;

  Teller& teller_;
  Chance& chance_;
  const Officers& officers_;
  std::vector<Undertaker>& undertakers_;
  std::vector<Archived> archived_;
};

}  // namespace aidledger::demonstration
