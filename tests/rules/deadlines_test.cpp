// Clocks over their whole life: missed once, done late, proved late, extended, waived, waiting for a calendar.
#include "src/rules/governance.hpp"
#include "tests/support/casework.hpp"

using namespace aidledger;
using namespace aidledger::rules;
using namespace aidledger::testing;

namespace {

Actor timekeeper() { return actor("clock", {Role::clock}); }

ClockId notice_clock(const Given& given) { return given.clock("rights-notice", "c-1")->start.clock; }

/// The notice of case c-1 is made out and due on 2024-03-06.
Given with_notice() {
  Given given = with_assigned_case();
  given.as(intake()).when(notice("c-1")).due("rights-notice", "c-1", "2024-03-06");
  return given;
}

const DeliverRightsNotice deliver{{"c-1"}, Channel::in_person, {}};

}  // namespace

TEST_CASE("a clock is missed on the day after its last one, once, and says who owed it") {
  Given given = with_notice();
  const RaiseMissedDeadline raise{notice_clock(given)};
  given.on("2024-03-06")
      .as(timekeeper())
      .when(raise)
      .refused(not_overdue)
      .on("2024-03-07")
      .look([](const State& state) { CHECK(overdue(state, date("2024-03-07"), 10).size() == 1); })
      .when(raise)
      .then<DeadlineMissed>([](const auto& e) {
        CHECK(to_text(e.due) == "2024-03-06");
        CHECK(e.owed_by == "intake");
        CHECK_FALSE(e.done);
      })
      .look([](const State& state) { CHECK(overdue(state, date("2024-03-07"), 10).empty()); })
      .when(raise)
      .refused(clock_not_running);
}

TEST_CASE("what was done late stays missed; what was done in time and recorded late is excused") {
  Given late = with_notice();
  late.on("2024-03-08")
      .as(timekeeper())
      .when(RaiseMissedDeadline{notice_clock(late)})
      .as(intake())
      .when(deliver)
      .then<RightsNoticeDelivered>()
      .not_then<DeadlineExcused>();
  Given proved = with_notice();
  proved.on("2024-03-08")
      .as(timekeeper())
      .when(RaiseMissedDeadline{notice_clock(proved)})
      .as(intake())
      .happened(at("2024-03-05"))
      .when(deliver)
      .then<DeadlineExcused>([](const auto& e) { CHECK(to_text(e.done) == "2024-03-05"); });
}

TEST_CASE("a clock that was met too late before anybody looked is still judged, with the day on which it was done") {
  Given given = with_notice();
  const auto clock = notice_clock(given);
  given.on("2024-03-11")
      .when(deliver)
      .look([](const State& state) { CHECK(overdue(state, date("2024-03-11"), 10).size() == 1); })
      .as(timekeeper())
      .when(RaiseMissedDeadline{clock})
      .then<DeadlineMissed>([](const auto& e) { CHECK(to_text(*e.done) == "2024-03-11"); });
}

TEST_CASE("a director extends or waives a clock that runs") {
  Given given = with_notice();
  const auto clock = notice_clock(given);
  given.as(director())
      .when(ExtendDeadline{clock, date("2024-03-05"), "earlier"})
      .refused(wrong_state)
      .when(ExtendDeadline{clock, date("2024-03-12"), "the recipient is in hospital"})
      .then<DeadlineExtended>()
      .due("rights-notice", "c-1", "2024-03-12")
      .when(WaiveDeadline{clock, "told by the court"})
      .then<DeadlineWaived>()
      .when(WaiveDeadline{clock, "told by the court"})
      .refused(clock_not_running)
      .on("2024-04-01")
      .as(timekeeper())
      .when(RaiseMissedDeadline{clock})
      .refused(clock_not_running);
}

TEST_CASE("a clock that waits for a year gets its date when that year's calendar is adopted") {
  Given given;
  given.on("2026-12-30").as(intake()).when(lawyer("u-1")).when(civil_case("c-1"));
  given.as(assigner()).when(assign("c-1", "u-1")).then<UndertakerAssigned>();
  const RaiseMissedDeadline raise{notice_clock(given)};
  given.as(timekeeper()).when(raise).refused(not_overdue);
  const std::string text = R"({"year": 2027, "days": [{"date": "2027-01-01", "isOffDay": true}]})";
  given.as(director())
      .when(AdoptCalendar{"cn-mainland", 2027, text})
      .then<DeadlinesDated>([](const auto& e) { REQUIRE(e.clocks.size() == 1); })
      // Thursday 31 December, Monday 4 and Tuesday 5 January.
      .due("rights-notice", "c-1", "2027-01-05");
}

TEST_CASE("a later version of the deadlines holds for what happens from its first day on") {
  Given given;
  given.as(director())
      .when(AdoptPolicy{"deadlines", "2", date("2024-04-01"), "[assign-after-grant]\ndays = 5\nunit = \"natural\"\n",
                        "local decision"});
  given.as(intake())
      .on("2024-03-31")
      .when(civil_case("c-1"))
      .due("assign-after-grant", "c-1", "2024-04-03")
      .on("2024-04-01")
      .when(civil_case("c-2"))
      .due("assign-after-grant", "c-2", "2024-04-06")
      .happened(at("2024-03-31"))
      .when(civil_case("c-3"))
      .due("assign-after-grant", "c-3", "2024-04-03");
}
