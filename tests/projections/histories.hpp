#pragma once
// Histories for tests of read models: made by hand, event after event, or at random from the samples of the catalogue.
#include <random>

#include "events/record.hpp"

namespace aidledger::projections::testing {

class History {
 public:
  /// Recorded one day after the other, from 2024-01-01 on.
  explicit History(std::string person = "clerk") : person_(std::move(person)) {}

  /// One record holding one event, which may start and end clocks.
  template <class E>
  Event& happened(E payload) {
    begin();
    return also(std::move(payload));
  }
  /// A further event of the same record.
  template <class E>
  Event& also(E payload) {
    auto& events = records_.back().body.events;
    events.push_back(make_event(std::move(payload), records_.back().header.recorded_at));
    return events.back();
  }
  Event& add(Event event) {
    begin();
    return records_.back().body.events.emplace_back(std::move(event));
  }
  /// The place of the event added last.
  EventRef last() const {
    return {records_.size() - 1, static_cast<std::uint32_t>(records_.back().body.events.size() - 1)};
  }
  const std::vector<Record>& records() const { return records_; }

 private:
  void begin() {
    Record record;
    record.header.ledger = "test";
    record.header.seq = records_.size();
    record.header.recorded_at = {1'704'067'200'000'000 + static_cast<std::int64_t>(records_.size()) * 86'400'000'000};
    record.body.actor.person = person_;
    record.body.action = "test";
    record.body.policies = {{"test", "1"}};
    records_.push_back(std::move(record));
  }

  std::string person_;
  std::vector<Record> records_;
};

/// `count` events of the whole catalogue about few objects, starting and ending few clocks.
History random_history(unsigned seed, int count);

}  // namespace aidledger::projections::testing
