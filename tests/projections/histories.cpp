#include "tests/projections/histories.hpp"

#include "events/governance.hpp"

namespace aidledger::projections::testing {
namespace {

using Random = std::mt19937;

int below(Random& random, int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); }

ClockId some_clock(Random& random) {
  const std::string n = std::to_string(below(random, 3));
  return below(random, 2) == 0 ? ClockId{"rights-notice", {"case", "case-" + n}, "1"}
                               : ClockId{"correction", {"problem", "problem-" + n}, "1"};
}

Date some_day(Random& random) { return date_of(2024, 5, 1 + below(random, 5)); }

ClockStart some_start(Random& random) {
  ClockStart start;
  start.clock = some_clock(random);
  start.from = date_of(2024, 5, 1);
  if (below(random, 4) == 0)
    start.calendar_missing = 2027;
  else
    start.due = some_day(random);
  start.days = 3;
  start.policy = {"deadlines", "1"};
  start.owed_by = "undertaker-" + std::to_string(below(random, 2));
  return start;
}

Event some_deadline_event(Random& random, Instant when) {
  const ClockId clock = some_clock(random);
  switch (below(random, 5)) {
    case 0: return make_event(DeadlineMissed{clock, some_day(random), {}, "intake"}, when);
    case 1: return make_event(DeadlineExtended{clock, some_day(random), "asked"}, when);
    case 2: return make_event(DeadlineWaived{clock, "settled"}, when);
    case 3: return make_event(DeadlineExcused{clock, some_day(random), "postmark"}, when);
    default: return make_event(DeadlinesDated{{{clock, some_day(random), 0}}}, when);
  }
}

Event some_event(Random& random) {
  const Instant when{1'704'067'200'000'000 + below(random, 50) * 86'400'000'000};
  if (below(random, 4) == 0) return some_deadline_event(random, when);
  const auto& types = all_event_types();
  Event event;
  event.type = types[random() % types.size()];
  event.occurred_at = when;
  event.payload = event.type->sample(below(random, 4));
  event.type->objects(event.payload.get(), event.objects);
  return event;
}

}  // namespace

History random_history(unsigned seed, int count) {
  Random random(seed);
  History history;
  for (int i = 0; i < count; ++i) {
    Event& event = history.add(some_event(random));
    if (below(random, 3) == 0) event.starts.push_back(some_start(random));
    if (below(random, 3) == 0) event.ends.push_back({some_clock(random), some_day(random), ClockEnding::met});
    if (below(random, 9) == 0) event.ends.push_back({some_clock(random), some_day(random), ClockEnding::withdrawn});
    if (event.ends.size() == 2 && event.ends[0].clock == event.ends[1].clock) event.ends.pop_back();
  }
  return history;
}

}  // namespace aidledger::projections::testing
