// M2: aid is granted, a case gets its undertaker, and may get another.
#include "events/governance.hpp"
#include "events/ladder.hpp"
#include "tests/support/casework.hpp"

using namespace aidledger;
using namespace aidledger::rules;
using namespace aidledger::testing;

namespace {

/// Lawyers u-1 (firm-hua) and u-2 (firm-ming) are enrolled, case c-1 is granted, and the assigner asks.
Given with_granted_case(GrantAid grant = civil_case("c-1")) {
  Given given;
  given.as(intake()).when(lawyer("u-1")).when(lawyer("u-2", "firm-ming")).when(std::move(grant));
  given.then<AidGranted>();
  given.as(assigner());
  return given;
}

GrantAid criminal_case(const std::string& id, CaseStage stage = CaseStage::first_trial) {
  auto grant = civil_case(id);
  grant.case_type = CaseType::criminal, grant.stage = stage;
  return grant;
}

ReplaceUndertaker replace(const std::string& from, const std::string& to) {
  return {{"c-1"}, {from}, {to}, AssignmentMode::preferred, "asked for", {}};
}

LadderStepReached third_step() {
  LadderStepReached e;
  e.undertaker = {"u-1"}, e.step = 3, e.assignment_hold = true;
  return e;
}

UndertakerDisqualified disqualification() {
  UndertakerDisqualified e;
  e.proposal = {"s-1"}, e.undertaker = {"u-1"}, e.step = 3;
  e.effective_from = date("2024-03-01"), e.until = date("2025-03-01");
  return e;
}

}  // namespace

TEST_CASE("a grant starts the three days for an assignment, a notice of an organ starts its own") {
  Given()
      .as(intake())
      .when(civil_case("c-1"))
      .due("assign-after-grant", "c-1", "2024-03-04")
      .when(civil_case("c-1"))
      .refused(already_exists);
  auto notified = criminal_case("c-2");
  notified.channel = GrantChannel::notified_defence;
  Given()
      .as(intake())
      .when(notified)
      .due("assign-after-notice", "c-2", "2024-03-04")
      .not_running("assign-after-grant", "c-2");
}

TEST_CASE("the case of the other side has to be there") {
  auto grant = civil_case("c-1");
  grant.opposing_case = CaseId{"c-9"};
  Given().as(intake()).when(grant).refused(not_found);
}

TEST_CASE("an assignment keeps what was seen, and starts notice, first call and periodic report") {
  auto asked = assign("c-1", "u-1");
  asked.candidates = {{"u-2"}, {"u-9"}};
  with_granted_case()
      .on("2024-03-04")
      .when(asked)
      .then<UndertakerAssigned>([](const UndertakerAssigned& e) {
        CHECK(e.assignment == 1);
        CHECK(e.organisation == "firm-hua");
        CHECK_FALSE(e.salaried);
        CHECK(e.seen.policy == PolicyRef{"eligibility", "1"});
        CHECK(e.seen.open_cases == 0);
        CHECK(e.assigned_by == "p-assigner");
        REQUIRE(e.candidates.size() == 2);
        CHECK(e.candidates[0].why_not.empty());
        CHECK(e.candidates[1].why_not == "not-enrolled");
      })
      .not_running("assign-after-grant", "c-1")
      .due("rights-notice", "c-1", "2024-03-07")
      .due("first-progress-call", "c-1", "2024-03-19")
      .due("periodic-report", "c-1", "2024-04-03")
      .look([](const State& state) { CHECK(standing_of(state, {"u-1"})->open_cases == 1); });
}

TEST_CASE("three working days step over the spring festival and count the make-up day") {
  // 2024-02-10 to 17 are off; Sunday 2024-02-18 is worked.
  Given given;
  given.on("2024-02-08").as(intake()).when(lawyer("u-1")).when(civil_case("c-1"));
  given.as(assigner()).when(assign("c-1", "u-1")).due("rights-notice", "c-1", "2024-02-19");
}

TEST_CASE("a working-day clock that reaches a year without calendar says which") {
  Given given;
  given.on("2026-12-30").as(intake()).when(lawyer("u-1")).when(civil_case("c-1"));
  given.as(assigner()).when(assign("c-1", "u-1")).then<UndertakerAssigned>();
  const auto notice = given.clock("rights-notice", "c-1");
  REQUIRE(notice);
  CHECK_FALSE(notice->start.due);
  CHECK(notice->start.calendar_missing == 2027);
  given.due("first-progress-call", "c-1", "2027-01-14");
}

TEST_CASE("a case has exactly one lead, and an unknown case or undertaker none") {
  with_granted_case()
      .when(assign("c-9", "u-1"))
      .refused(not_found)
      .when(assign("c-1", "u-9"))
      .refused(not_enrolled)
      .when(assign("c-1", "u-1"))
      .when(assign("c-1", "u-2"))
      .refused(has_lead);
}

TEST_CASE("who has left, is suspended or whose licence has lapsed gets no case") {
  with_granted_case().events(UndertakerLeft{{"u-1"}, "L-u-1", "retired"}).when(assign("c-1", "u-1")).refused(has_left);
  with_granted_case().events(UndertakerSuspended{{"u-1"}, "x"}).when(assign("c-1", "u-1")).refused(suspended);
  with_granted_case()
      .events(QualificationLapsed{{"u-1"}, "L-u-1", "x"})
      .when(assign("c-1", "u-1"))
      .refused(qualification_lapsed);
  with_granted_case()
      .events(QualificationVerified{{"u-1"}, "L-u-1", {}, date("2024-03-31")})
      .on("2024-04-01")
      .when(assign("c-1", "u-1"))
      .refused(qualification_lapsed);
}

TEST_CASE("from the third final unqualified grade on nothing is assigned until the director has decided") {
  with_granted_case().events(third_step()).when(assign("c-1", "u-1")).refused(assignment_held);
  with_granted_case().events(third_step()).events(disqualification()).when(assign("c-1", "u-1")).refused(disqualified);
  auto decided = LadderDecided{};
  decided.undertaker = {"u-1"}, decided.step = 3;
  with_granted_case().events(third_step()).events(decided).when(assign("c-1", "u-1")).then<UndertakerAssigned>();
}

TEST_CASE("criminal defence is for lawyers, civil matters for all teams but volunteers in court") {
  auto worker = lawyer("u-3");
  worker.category = UndertakerCategory::grassroots_worker;
  auto volunteer = lawyer("u-4");
  volunteer.category = UndertakerCategory::volunteer;
  with_granted_case(criminal_case("c-1"))
      .as(intake())
      .when(worker)
      .as(assigner())
      .when(assign("c-1", "u-3"))
      .refused(ineligible)
      .when(assign("c-1", "u-1"))
      .then<UndertakerAssigned>();
  auto mediation = civil_case("c-2");
  mediation.stage = CaseStage::mediation;
  with_granted_case()
      .as(intake())
      .when(worker)
      .when(volunteer)
      .when(mediation)
      .as(assigner())
      .when(assign("c-1", "u-4"))
      .refused(ineligible)
      .when(assign("c-2", "u-4"))
      .when(assign("c-1", "u-3"))
      .then<UndertakerAssigned>();
}

TEST_CASE("a case of life or death needs three years since the licence, to the day") {
  auto young = lawyer("u-3");
  young.licence_since = date("2021-03-02");
  auto grave = criminal_case("c-1");
  grave.flags = {CaseFlag::life_or_death};
  with_granted_case(grave)
      .as(intake())
      .when(young)
      .as(assigner())
      .when(assign("c-1", "u-3"))
      .refused(too_short_practice)
      .on("2024-03-02")
      .when(assign("c-1", "u-3"))
      .then<UndertakerAssigned>();
  auto unknown = young;
  unknown.licence_since.reset();
  with_granted_case(criminal_case("c-1", CaseStage::death_review))
      .as(intake())
      .when(unknown)
      .as(assigner())
      .when(assign("c-1", "u-3"))
      .refused(too_short_practice);
}

TEST_CASE("both sides of one matter are not aided through one organisation") {
  auto other = civil_case("c-2");
  other.opposing_case = CaseId{"c-1"};
  with_granted_case()
      .as(intake())
      .when(lawyer("u-3", "firm-hua"))
      .when(other)
      .as(assigner())
      .when(assign("c-1", "u-1"))
      .when(assign("c-2", "u-3"))
      .refused(opposing_side)
      .when(assign("c-2", "u-2"))
      .then<UndertakerAssigned>();
}

TEST_CASE("nobody gets the own matter") {
  auto grant = civil_case("c-1");
  grant.recipient = {"p-u-1"};
  with_granted_case(grant).when(assign("c-1", "u-1")).refused(own_matter);
}

TEST_CASE("no policy on eligibility, no assignment") {
  with_granted_case()
      .events(PolicyRepealed{"eligibility", "1", "x", date("2024-01-01")})
      .when(assign("c-1", "u-1"))
      .refused(no_policy);
}

TEST_CASE("a declined case goes back, and never again to who declined it") {
  with_granted_case()
      .when(assign("c-1", "u-1"))
      .on("2024-03-05")
      .as(undertaker("u-2"))
      .when(DeclineAssignment{{"c-1"}, "no time"})
      .refused(not_own_case)
      .as(undertaker("u-1"))
      .when(DeclineAssignment{{"c-1"}, "no time"})
      .then<AssignmentDeclined>([](const auto& e) { CHECK(e.undertaker.value == "u-1"); })
      .due("assign-after-grant", "c-1", "2024-03-08")
      .not_running("rights-notice", "c-1")
      .not_running("periodic-report", "c-1")
      .not_running("first-progress-call", "c-1")
      .look([](const State& state) { CHECK(standing_of(state, {"u-1"})->open_cases == 0); })
      .when(DeclineAssignment{{"c-1"}, "no time"})
      .refused(not_own_case)
      .as(assigner())
      .when(DeclineAssignment{{"c-1"}, "no time"})
      .refused(no_lead)
      .when(assign("c-1", "u-1"))
      .refused(had_the_case)
      .when(assign("c-1", "u-2"))
      .then<UndertakerAssigned>([](const auto& e) { CHECK(e.assignment == 2); })
      .due("first-progress-call", "c-1", "2024-03-20");
}

TEST_CASE("a recipient asks for another undertaker of the own case, and it is decided within five working days") {
  const RequestReplacement ask{{"c-1"}, recipient_of("c-1"), ReplacementSide::recipient, "no contact", sealed()};
  auto about_another = ask;
  about_another.recipient = {"p-other"};
  with_assigned_case()
      .as(actor("p-other", {Role::recipient}))
      .when(ask)
      .refused(not_own_case)
      .as(actor("p-c-1-recipient", {Role::recipient}))
      .when(about_another)
      .refused(other_recipient)
      .when(ask)
      .then<ReplacementRequested>()
      .due("replacement-decision", "c-1", "2024-03-08")
      .when(ask)
      .then<ReplacementRequested>([](const auto& e) { CHECK(e.undertaker.value == "u-1"); })
      .due("replacement-decision", "c-1", "2024-03-08");
}

TEST_CASE("a case passes on from its current undertaker, with what is still owed") {
  Given given = with_assigned_case();
  given.as(intake())
      .when(lawyer("u-2", "firm-ming"))
      .when(ScheduleHearing{{"c-1"}, {"h-1"}, at("2024-04-20"), "court"});
  given.due("pre-hearing-report", "c-1", "2024-04-17")
      .on("2024-03-06")
      .as(assigner())
      .when(replace("u-2", "u-1"))
      .refused(not_current_holder)
      .when(replace("u-1", "u-9"))
      .refused(not_enrolled)
      .when(replace("u-1", "u-2"))
      .then<UndertakerReplaced>([](const auto& e) {
        CHECK(e.undertaker.value == "u-1");
        CHECK(e.successor.value == "u-2");
        CHECK(e.assignment == 1);
      })
      .then<UndertakerAssigned>([](const auto& e) { CHECK(e.assignment == 2); })
      .due("rights-notice", "c-1", "2024-03-11")
      .due("first-progress-call", "c-1", "2024-03-16")
      .due("periodic-report", "c-1", "2024-04-05")
      .due("pre-hearing-report", "c-1", "2024-04-17");
  CHECK(given.clock("pre-hearing-report", "c-1")->start.owed_by == "u-2");
  CHECK(given.clock("periodic-report", "c-1")->start.owed_by == "u-2");
  given.when(replace("u-2", "u-1")).refused(had_the_case);
}

TEST_CASE("a replacement ends the request for it") {
  Given given = with_assigned_case();
  given.as(intake())
      .when(lawyer("u-2", "firm-ming"))
      .when(RequestReplacement{{"c-1"}, recipient_of("c-1"), ReplacementSide::centre, "ill", {}})
      .as(assigner())
      .when(replace("u-1", "u-2"))
      .not_running("replacement-decision", "c-1");
}
