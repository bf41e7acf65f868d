// Histories that the rules have made: provenance is exact on them too, and what people are shown agrees with what the
// rules go by.
#include "events/governance.hpp"
#include "projections/cases.hpp"
#include "projections/deadlines.hpp"
#include "projections/standing.hpp"
#include "src/rules/case_state.hpp"
#include "src/rules/governance.hpp"
#include "src/rules/ladder.hpp"
#include "src/rules/standing.hpp"
#include "tests/projections/leave_one_out.hpp"
#include "tests/support/ladder_story.hpp"

using namespace aidledger;
using namespace aidledger::testing;
namespace shown = aidledger::projections;

namespace {

using shown::LoadState, shown::WhyNot;

void check_clocks(const Rows& state, const Rows& rows) {
  state.each<rules::ClockRow>("", [&](auto, const rules::ClockRow& clock) {
    INFO(clock.start.clock.rule << " on " << clock.start.clock.subject.id << ", " << clock.start.clock.key);
    const auto row = rows.get<shown::DeadlineRow>(shown::deadline_key(clock.start.clock));
    REQUIRE(row);
    CHECK(row->due() == clock.start.due);
    CHECK(row->calendar_missing() == clock.start.calendar_missing);
    CHECK(bool(row->done) == clock.ended);
    CHECK(bool(row->missed) == clock.missed);
    CHECK(bool(row->waived) == clock.waived);
    return true;
  });
}

std::vector<WhyNot> reasons_by_rules(const Rows& state, const std::string& id, const rules::StandingRow& standing) {
  std::vector<WhyNot> out;
  if (standing.left) out.push_back(WhyNot::left);
  if (standing.lapsed) out.push_back(WhyNot::licence_lapsed);
  if (standing.suspended) out.push_back(WhyNot::suspended);
  const auto ladder = state.get<rules::LadderRow>(row_key({id}));
  if (ladder && ladder->disqualified_by) out.push_back(WhyNot::disqualified);
  if (ladder && ladder->assignment_hold) out.push_back(WhyNot::assignment_hold);
  return out;
}

std::uint32_t open_load(const Rows& rows, const std::string& undertaker) {
  std::uint32_t open = 0;
  rows.each<shown::LoadRow>(row_key({undertaker}), [&](auto, const shown::LoadRow& row) {
    open += *row.state == LoadState::open ? 1 : 0;
    return true;
  });
  return open;
}

void check_standings(const Rows& state, const Rows& rows, Date today) {
  state.each<rules::StandingRow>("", [&](std::string_view key, const rules::StandingRow& standing) {
    const std::string id(key_parts(key).at(0));
    INFO("undertaker " << id);
    if (!standing.enrolled) return true;
    const auto row = rows.get<shown::StandingRow>(row_key({id}));
    REQUIRE(row);
    std::vector<WhyNot> reasons;
    for (const auto& reason : shown::why_not(*row, today)) reasons.push_back(reason.why);
    CHECK(reasons == reasons_by_rules(state, id, standing));
    CHECK(row->team->category == standing.category);
    CHECK(row->licence->licence == standing.licence);
    CHECK(open_load(rows, id) == standing.open_cases);
    const auto ladder = state.get<rules::LadderRow>(row_key({id}));
    CHECK((row->ladder ? row->ladder->step : 0) == (ladder ? ladder->step : 0));
    return true;
  });
}

void check_cases(const Rows& state, const Rows& rows) {
  state.each<rules::CaseRow>("", [&](std::string_view key, const rules::CaseRow& known) {
    INFO("case " << key_parts(key).at(0));
    const auto row = rows.get<shown::CaseRow>(key);
    REQUIRE(row);
    CHECK((row->lead ? row->lead->undertaker : "") == (known.lead ? known.lead->value : ""));
    CHECK(bool(row->end) == !known.is_open());
    return true;
  });
  state.each<rules::SubsidyRow>("", [&](std::string_view key, const rules::SubsidyRow& known) {
    INFO("subsidy of " << key_parts(key).at(0));
    if (known.revision == 0) return true;
    const auto row = rows.get<shown::SubsidyRow>(key);
    REQUIRE(row);
    Money total;
    for (const auto& stage : row->stages)
      if (!stage.revisions.empty()) total = total + stage.revisions.back().entitlement;
    CHECK(total == known.entitlement);
    return true;
  });
}

void check_agrees(const Given& given, std::string_view today) {
  CHECK(shown::testing::inexact(given.records()) == std::vector<std::string>{});
  Layer rows(no_rows());
  shown::testing::fold_all(rows, given.records());
  check_clocks(given.state(), rows);
  check_standings(given.state(), rows, date(today));
  check_cases(given.state(), rows);
}

Actor timekeeper() { return actor("clock", {Role::clock}); }

}  // namespace

TEST_CASE("a case from enrolment to the archive, with a file that came back") {
  Given given = with_assigned_case();
  given.on("2024-03-04").as(intake()).when(notice("c-1")).as(supervisor()).when(call("c-1"));
  given.as(intake()).when(rules::ScheduleHearing{{"c-1"}, {"h-1"}, at("2024-04-20", 9), "chengbei-court"});
  given.on("2024-04-10").as(undertaker("u-1")).when(report_before("c-1", "h-1", "r-1"));
  given.as(supervisor()).when(rules::ClearHearing{{"c-1"}, {"h-1"}});
  given.on("2024-04-20").as(intake()).when(rules::RecordHearingHeld{{"c-1"}, {"h-1"}, true});
  given.on("2024-06-03").as(undertaker("u-1")).when(rules::ConcludeCase{{"c-1"}, CaseOutcome::judgment});
  given.on("2024-06-20").when(rules::SubmitFile{{"c-1"}, {}});
  given.on("2024-06-25").as(supervisor()).when(review("c-1", {ChecklistItem::evidence_lawful}));
  given.then<FileReturned>();
  given.on("2024-07-01").as(undertaker("u-1")).when(rules::ResubmitFile{{"c-1"}, {}, {}});
  given.on("2024-07-05").as(supervisor()).when(review("c-1"));
  given.when(rules::ArchiveFile{{"c-1"}}).then<FileArchived>();
  check_agrees(given, "2024-07-05");
}

TEST_CASE("a lead who declines, one who is replaced, one who is suspended") {
  Given given = with_assigned_case();
  given.when(lawyer("u-2", "firm-lin")).as(intake()).when(lawyer("u-3", "firm-bai")).then<UndertakerEnrolled>();
  given.as(undertaker("u-1")).when(rules::DeclineAssignment{{"c-1"}, "conflict of interest"});
  given.as(assigner()).when(assign("c-1", "u-2"));
  given.when(rules::ReplaceUndertaker{{"c-1"}, {"u-2"}, {"u-3"}, AssignmentMode::rotation, "ill", {}});
  given.then<UndertakerReplaced>();
  given.as(director()).when(rules::SuspendUndertaker{{"u-2"}, "complaint"}).then<UndertakerSuspended>();
  check_agrees(given, "2024-03-01");
}

TEST_CASE("deadlines that are missed, extended, waived and met late") {
  Given given = with_assigned_case();
  const auto clock = given.clock("rights-notice", "c-1");
  REQUIRE(clock);
  const ClockId id = clock->start.clock;
  given.as(director()).when(rules::ExtendDeadline{id, *clock->start.due + 7, "holiday"}).then<DeadlineExtended>();
  given.on("2024-05-20").as(timekeeper()).when(rules::RaiseMissedDeadline{id}).then<DeadlineMissed>();
  given.as(intake()).when(notice("c-1"));
  rules::DeliverRightsNotice delivered{{"c-1"}, Channel::letter, {}};
  given.when(delivered);
  given.then<RightsNoticeDelivered>();
  check_agrees(given, "2024-05-20");
}

TEST_CASE("three unqualified grades, a disqualification, and a grade redetermined on review") {
  OnLadder given(3);
  given.on_step_three();
  check_agrees(given, "2024-03-20");
  given.as(director()).when(rules::OfferHearing{{"U1"}});
  given.as(undertaker("U1")).when(given.statement());
  given.as(director()).when(given.proposal(Sanction::disqualification));
  given.as(bureau()).when(rules::ConfirmSanction{{"S1"}}).then<UndertakerDisqualified>();
  check_agrees(given, "2024-03-20");
  given.as(director()).when(redetermine("C1", 90)).then<SanctionReversed>();
  check_agrees(given, "2024-03-20");
}
