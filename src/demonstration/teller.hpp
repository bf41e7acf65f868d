#pragma once
// Tells actions to a demonstration ledger in order of simulated time, a day at a time, and raises what fell due before
// the next day begins.
#include <condition_variable>
#include <map>
#include <mutex>

#include "src/demonstration/city.hpp"

namespace aidledger::demonstration {

struct Person {
  std::string id;
  std::vector<Role> roles;
  std::string undertaker;
};

class Teller {
 public:
  explicit Teller(ledger::Ledger& ledger) : ledger_(ledger) {}

  /// Something to be told at a local date and minute of the day; what is told may tell more, at the same time or later.
  void at(Date day, int minute, std::function<void()> tell) { story_.emplace(std::pair(day, minute), std::move(tell)); }
  /// Asks for an action now (only from within a story). `recorded` minutes later than it occurred.
  void ask(const Person& who, std::string_view action, const Tree& data, int recorded_after = 3);
  /// Tells everything from `first` to `last`.
  void tell(Date first, Date last, const std::function<void(int, int)>& progress);
  Date today() const { return today_; }
  CitySummary summary;

 private:
  void wait_for_answers();
  void raise_deadlines();
  Instant moment(int minute) const;

  ledger::Ledger& ledger_;
  std::multimap<std::pair<Date, int>, std::function<void()>> story_;
  Date today_;
  int minute_ = 0;
  int asked_ = 0;
  std::mutex mutex_;
  std::condition_variable answered_;
  int open_ = 0;
};

}  // namespace aidledger::demonstration
