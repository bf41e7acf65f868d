// What is due, by whom, and what became of it.
#include <catch2/catch.hpp>

#include "events/governance.hpp"
#include "projections/deadlines.hpp"
#include "tests/projections/histories.hpp"
#include "tests/projections/leave_one_out.hpp"

using namespace aidledger;
using namespace aidledger::projections;
using namespace aidledger::projections::testing;

namespace {

const ClockId notice{"rights-notice", {"case", "c-1"}, "1"};

ClockStart clock_due(std::optional<Date> due, std::int32_t calendar_missing = 0) {
  ClockStart start;
  start.clock = notice;
  start.from = date_of(2024, 3, 1);
  start.due = due, start.calendar_missing = calendar_missing;
  start.owed_by = "u-1";
  return start;
}

Event& something_happens(History& history) {
  Event& event = history.happened(ComplianceBreachRecorded{"any", "", CaseId{"c-1"}, {}});
  return event;
}

History started(std::optional<Date> due, std::int32_t calendar_missing = 0) {
  History history;
  something_happens(history).starts.push_back(clock_due(due, calendar_missing));
  return history;
}

DeadlineRow row_of(const History& history, const ClockId& clock = notice) {
  CHECK(inexact(history.records()) == std::vector<std::string>{});
  Layer rows(no_rows());
  fold_all(rows, history.records());
  const auto row = rows.get<DeadlineRow>(deadline_key(clock));
  REQUIRE(row);
  return *row;
}

const Date fifth = date_of(2024, 3, 5);

}  // namespace

TEST_CASE("a clock that runs is not yet due, and is traced to the event that started it") {
  const auto row = row_of(started(fifth));
  CHECK(row.state() == DeadlineState::not_yet_due);
  CHECK(row.due() == fifth);
  CHECK(refs_of(row) == std::vector<EventRef>{{0, 0}});
}

TEST_CASE("a clock done on its due date is met; done a day later it is missed") {
  for (const int late : {0, 1}) {
    History history = started(fifth);
    something_happens(history).ends.push_back({notice, fifth + late});
    const auto row = row_of(history);
    CHECK(row.state() == (late == 0 ? DeadlineState::met : DeadlineState::missed));
    CHECK(row.done->on == fifth + late);
  }
}

TEST_CASE("a miss that was raised stays open until it is done late, or excused by proof that it was in time") {
  History history = started(fifth);
  history.happened(DeadlineMissed{notice, fifth, {}, "u-1"});
  CHECK(row_of(history).state() == DeadlineState::missed_still_open);
  History late = history;
  something_happens(late).ends.push_back({notice, fifth + 9});
  CHECK(row_of(late).state() == DeadlineState::missed);
  something_happens(history).ends.push_back({notice, fifth});
  history.also(DeadlineExcused{notice, fifth, "done in time, proved late"});
  CHECK(row_of(history).state() == DeadlineState::excused);
}

TEST_CASE("an extension moves the date; of two, the later one counts and is the one that is named") {
  History history = started(fifth);
  history.happened(DeadlineExtended{notice, fifth + 5, "ill"});
  history.happened(DeadlineExtended{notice, fifth + 8, "still ill"});
  const auto row = row_of(history);
  CHECK(row.due() == fifth + 8);
  CHECK(row.moved->extended);
  CHECK(refs_of(row) == std::vector<EventRef>{{0, 0}, {2, 0}});
}

TEST_CASE("a clock without a calendar waits for the year, and gets its date when it comes") {
  History history = started({}, 2027);
  CHECK(row_of(history).state() == DeadlineState::calendar_missing);
  CHECK(row_of(history).calendar_missing() == 2027);
  History done = history;
  something_happens(done).ends.push_back({notice, fifth});
  CHECK(row_of(done).state() == DeadlineState::calendar_missing);
  done.happened(DeadlinesDated{{{notice, fifth, 0}}});
  CHECK(row_of(done).state() == DeadlineState::met);
}

TEST_CASE("a clock that is waived or withdrawn is neither met nor missed") {
  History waived = started(fifth);
  waived.happened(DeadlineWaived{notice, "recipient moved away"});
  CHECK(row_of(waived).state() == DeadlineState::waived);
  History withdrawn = started(fifth);
  something_happens(withdrawn).ends.push_back({notice, fifth, ClockEnding::withdrawn});
  CHECK(row_of(withdrawn).state() == DeadlineState::withdrawn);
}

TEST_CASE("a window that nobody had to use closes: it is not missed") {
  History history;
  auto window = clock_due(fifth);
  window.owed_by.clear();
  something_happens(history).starts.push_back(window);
  CHECK(row_of(history).state() == DeadlineState::not_yet_due);
  history.happened(DeadlineMissed{notice, fifth, {}, ""});
  CHECK(row_of(history).state() == DeadlineState::window_closed);
  something_happens(history).ends.push_back({notice, fifth + 9, ClockEnding::withdrawn});
  CHECK(row_of(history).state() == DeadlineState::window_closed);
}

TEST_CASE("an imported clock that no undertaker owes is missed all the same") {
  History history;
  auto imported = clock_due(fifth);
  imported.owed_by.clear(), imported.hold = "fines";
  something_happens(history).starts.push_back(imported);
  history.happened(DeadlineMissed{notice, fifth, {}, ""});
  CHECK(row_of(history).state() == DeadlineState::missed_still_open);
}

TEST_CASE("a clock started again begins anew") {
  History history = started(fifth);
  something_happens(history).ends.push_back({notice, fifth});
  something_happens(history).starts.push_back(clock_due(fifth + 30));
  const auto row = row_of(history);
  CHECK(row.state() == DeadlineState::not_yet_due);
  CHECK(row.times_started == 2);
  CHECK(refs_of(row) == std::vector<EventRef>{{0, 0}, {2, 0}});
}

TEST_CASE("two events that say the same: neither alone made it so, and neither is named") {
  History history = started(fifth);
  something_happens(history).ends.push_back({notice, fifth});
  something_happens(history).ends.push_back({notice, fifth});
  CHECK(refs_of(row_of(history)) == std::vector<EventRef>{{0, 0}});
}

TEST_CASE("an end without a start is not a clock") {
  History history;
  something_happens(history).ends.push_back({notice, fifth});
  Layer rows(no_rows());
  fold_all(rows, history.records());
  CHECK_FALSE(rows.get<DeadlineRow>(deadline_key(notice)));
}
