// M2 hearings and the end of a case; M11 the file.
#include "events/governance.hpp"
#include "tests/support/casework.hpp"

using namespace aidledger;
using namespace aidledger::rules;
using namespace aidledger::testing;

namespace {

Given with_hearing() {
  Given given = with_assigned_case();
  given.as(intake()).when(ScheduleHearing{{"c-1"}, {"h-1"}, at("2024-04-20", 9), "chengbei-court"});
  given.then<HearingScheduled>();
  return given;
}

const ClearHearing clear{{"c-1"}, {"h-1"}};
const RecordHearingHeld held{{"c-1"}, {"h-1"}, true};

}  // namespace

TEST_CASE("a report is due three days before the hearing, but never before the date was known") {
  with_hearing().due("pre-hearing-report", "c-1", "2024-04-17");
  with_assigned_case()
      .on("2024-03-10")
      .as(intake())
      .when(ScheduleHearing{{"c-1"}, {"h-1"}, at("2024-03-11"), "court"})
      .due("pre-hearing-report", "c-1", "2024-03-10");
}

TEST_CASE("a hearing is announced once, moved with its report, and cancelled") {
  with_hearing()
      .when(ScheduleHearing{{"c-1"}, {"h-1"}, at("2024-04-20"), "court"})
      .refused(already_exists)
      .when(RescheduleHearing{{"c-1"}, {"h-9"}, at("2024-05-20")})
      .refused(not_found)
      .when(RescheduleHearing{{"c-1"}, {"h-1"}, at("2024-05-20")})
      .then<HearingRescheduled>()
      .due("pre-hearing-report", "c-1", "2024-05-17")
      .when(CancelHearing{{"c-1"}, {"h-1"}, "withdrawn"})
      .not_running("pre-hearing-report", "c-1")
      .when(CancelHearing{{"c-1"}, {"h-1"}, "withdrawn"})
      .refused(wrong_state);
}

TEST_CASE("a hearing is cleared on the report for that hearing only") {
  with_hearing()
      .when(ScheduleHearing{{"c-1"}, {"h-2"}, at("2024-05-20"), "court"})
      .as(undertaker("u-1"))
      .when(report_before("c-1", "h-2", "r-2"))
      .as(supervisor())
      .when(clear)
      .refused(no_report)
      .as(undertaker("u-1"))
      .when(report_before("c-1", "h-1", "r-1"))
      .as(supervisor())
      .when(clear)
      .then<HearingCleared>([](const auto& e) { CHECK(e.report.value == "r-1"); })
      .when(clear)
      .refused(wrong_state);
}

TEST_CASE("the undertaker does not clear the own hearing, whatever roles the person holds") {
  with_hearing()
      .as(undertaker("u-1"))
      .when(report_before("c-1", "h-1", "r-1"))
      .as(actor("p-u-1", {Role::supervisor}))
      .when(clear)
      .refused(by_the_undertaker);
}

TEST_CASE("a returned report clears nothing; where the policy says so, only an accepted one does") {
  with_hearing()
      .as(undertaker("u-1"))
      .when(report_before("c-1", "h-1", "r-1"))
      .as(supervisor())
      .when(ReturnReport{{"c-1"}, {"r-1"}, "no analysis"})
      .when(clear)
      .refused(no_report);
  with_hearing()
      .policy("casework", "2", "clearance_needs = \"accepted\"\n")
      .as(undertaker("u-1"))
      .when(report_before("c-1", "h-1", "r-1"))
      .as(supervisor())
      .when(clear)
      .refused(report_not_accepted)
      .when(AcceptReport{{"c-1"}, {"r-1"}})
      .when(clear)
      .then<HearingCleared>();
}

TEST_CASE("a moved hearing has to be cleared again") {
  with_hearing()
      .as(undertaker("u-1"))
      .when(report_before("c-1", "h-1", "r-1"))
      .as(supervisor())
      .when(clear)
      .when(RescheduleHearing{{"c-1"}, {"h-1"}, at("2024-05-20")})
      .not_running("pre-hearing-report", "c-1")
      .when(clear)
      .then<HearingCleared>();
}

TEST_CASE("a hearing that was held is a fact: without report and clearance it is a breach") {
  with_hearing()
      .on("2024-04-20")
      .when(held)
      .then<HearingHeld>([](const auto& e) { CHECK_FALSE(e.cleared); })
      .then<HearingHeldWithoutReport>([](const auto& e) { CHECK(e.undertaker.value == "u-1"); })
      .then<ComplianceBreachRecorded>([](const auto& e) { CHECK(e.rule == "hearing-without-clearance"); })
      .when(held)
      .refused(wrong_state);
}

TEST_CASE("a cleared hearing that the undertaker attends is no breach") {
  with_hearing()
      .as(undertaker("u-1"))
      .when(report_before("c-1", "h-1", "r-1"))
      .as(supervisor())
      .when(clear)
      .on("2024-04-20")
      .when(held)
      .then<HearingHeld>([](const auto& e) { CHECK(e.cleared); })
      .not_then<HearingHeldWithoutReport>()
      .not_then<ComplianceBreachRecorded>();
}

TEST_CASE("an undertaker who stays away, and a hearing that nobody announced, are recorded") {
  with_hearing()
      .as(undertaker("u-1"))
      .when(report_before("c-1", "h-1", "r-1"))
      .as(supervisor())
      .when(clear)
      .on("2024-04-20")
      .when(RecordHearingHeld{{"c-1"}, {"h-1"}, false})
      .then<ComplianceBreachRecorded>([](const auto& e) { CHECK(e.rule == "hearing-missed"); })
      .when(RecordHearingHeld{{"c-1"}, {"h-7"}, true})
      .then<HearingHeldWithoutReport>();
}

TEST_CASE("conclusion withdraws the clocks of a running case and starts the file's thirty days") {
  with_hearing()
      .on("2024-03-05")
      .as(undertaker("u-2"))
      .when(ConcludeCase{{"c-1"}, CaseOutcome::settled})
      .refused(not_own_case)
      .as(undertaker("u-1"))
      .when(ConcludeCase{{"c-1"}, CaseOutcome::settled})
      .then<CaseConcluded>([](const auto& e) {
        CHECK(e.undertaker.value == "u-1");
        CHECK(e.assignment == 1);
      })
      .due("file-hand-in", "c-1", "2024-04-04")
      .not_running("rights-notice", "c-1")
      .not_running("first-progress-call", "c-1")
      .not_running("periodic-report", "c-1")
      .not_running("pre-hearing-report", "c-1")
      .look([](const State& state) { CHECK(standing_of(state, {"u-1"})->open_cases == 0); })
      .when(ConcludeCase{{"c-1"}, CaseOutcome::settled})
      .refused(case_closed);
}

TEST_CASE("a case without an undertaker cannot be concluded, but aid in it can be terminated") {
  const TerminateAid terminate{{"c-1"}, recipient_of("c-1"), TerminationGround::own_lawyer, WorkDone::none, sealed()};
  auto wrong = terminate;
  wrong.recipient = {"p-other"};
  Given()
      .as(intake())
      .when(civil_case("c-1"))
      .when(ConcludeCase{{"c-1"}, CaseOutcome::judgment})
      .refused(no_lead)
      .when(wrong)
      .refused(other_recipient)
      .when(terminate)
      .then<AidTerminated>([](const auto& e) { CHECK_FALSE(e.undertaker); })
      .not_running("assign-after-grant", "c-1")
      .not_running("file-hand-in", "c-1")
      .when(terminate)
      .refused(case_closed);
  with_assigned_case()
      .as(director())
      .when(terminate)
      .then<AidTerminated>([](const auto& e) { CHECK(e.assignment == 1); })
      .due("file-hand-in", "c-1", "2024-03-31");
}

TEST_CASE("a closing report and the file come after the end") {
  const SubmitClosingReport closing{{"c-1"}, recipient_of("c-1"), sealed()};
  with_assigned_case()
      .as(undertaker("u-1"))
      .when(closing)
      .refused(case_not_closed)
      .when(SubmitFile{{"c-1"}, {}})
      .refused(case_not_closed)
      .when(ConcludeCase{{"c-1"}, CaseOutcome::judgment})
      .on("2024-04-10")
      .when(closing)
      .then<ClosingReportSubmitted>()
      .when(SubmitFile{{"c-1"}, {}})
      .not_running("file-hand-in", "c-1")
      .due("file-review", "c-1", "2024-05-10")
      .when(SubmitFile{{"c-1"}, {}})
      .refused(wrong_state);
}

TEST_CASE("a file that passes its review is archived with all that evaluation and subsidy need") {
  Given given = with_file();
  given.on("2024-06-25")
      .as(supervisor())
      .when(ArchiveFile{{"c-1"}})
      .refused(review_not_passed)
      .when(review("c-1"))
      .then<FileReviewed>([](const auto& e) {
        CHECK(e.passed);
        CHECK(e.checklist == "file-review@1");
        CHECK(e.items.size() == count_of<ChecklistItem>());
      })
      .not_then<FileReturned>()
      .not_running("file-review", "c-1")
      .when(ArchiveFile{{"c-1"}})
      .then<FileArchived>([](const auto& e) {
        CHECK(e.undertaker.value == "u-1");
        CHECK(e.organisation == "firm-hua");
        CHECK(to_text(e.archived_on) == "2024-06-25");
        CHECK_FALSE(e.terminated);
        CHECK_FALSE(e.mandatory_evaluation);
      })
      .when(ArchiveFile{{"c-1"}})
      .refused(wrong_state)
      .as(undertaker("u-1"))
      .when(SubmitClosingReport{{"c-1"}, recipient_of("c-1"), sealed()})
      .refused(wrong_state);
}

TEST_CASE("a review answers the whole checklist, and is never the undertaker's") {
  auto short_one = review("c-1");
  short_one.items.pop_back();
  auto twice = review("c-1");
  twice.items.back().item = ChecklistItem::complete;
  with_file()
      .as(supervisor())
      .when(short_one)
      .refused(checklist_incomplete)
      .when(twice)
      .refused(checklist_incomplete)
      .as(actor("p-u-1", {Role::supervisor}))
      .when(review("c-1"))
      .refused(by_the_undertaker)
      .when(ArchiveFile{{"c-1"}})
      .refused(by_the_undertaker);
  with_assigned_case().as(supervisor()).when(review("c-1")).refused(file_not_there);
}

TEST_CASE("a file that does not pass goes back for fifteen days, with each defect") {
  with_file()
      .on("2024-06-25")
      .as(supervisor())
      .when(RecordFileDefect{{"c-1"}, recipient_of("c-1"), ChecklistItem::complete, DefectSeverity::minor, sealed()})
      .refused(wrong_state)
      .when(review("c-1", {ChecklistItem::closing_report}))
      .then<FileDefectFound>([](const auto& e) { CHECK(e.item == ChecklistItem::closing_report); })
      .then<FileReturned>()
      .not_then<ComplianceBreachRecorded>()
      .due("file-resubmission", "c-1", "2024-07-10")
      .when(RecordFileDefect{
          {"c-1"}, recipient_of("c-1"), ChecklistItem::closing_report, DefectSeverity::major, sealed()})
      .then<FileDefectFound>([](const auto& e) { CHECK(e.description); })
      .when(review("c-1"))
      .refused(wrong_state)
      .as(undertaker("u-2"))
      .when(ResubmitFile{{"c-1"}, {}, {}})
      .refused(not_own_case)
      .as(undertaker("u-1"))
      .on("2024-07-01")
      .when(ResubmitFile{{"c-1"}, {}, {}})
      .not_running("file-resubmission", "c-1")
      .due("file-review", "c-1", "2024-07-31")
      .when(ResubmitFile{{"c-1"}, {}, {}})
      .refused(wrong_state);
}

TEST_CASE("a second failure without a good reason is a breach, and the next round has to take the case") {
  const auto fail_twice = [](std::optional<std::string> reason) {
    Given given = with_file();
    given.as(supervisor())
        .when(review("c-1", {ChecklistItem::complete}))
        .as(undertaker("u-1"))
        .when(ResubmitFile{{"c-1"}, {}, std::move(reason)})
        .as(supervisor())
        .when(review("c-1", {ChecklistItem::complete}))
        .then<FileReturned>();
    return given;
  };
  fail_twice("the court holds the original").not_then<ComplianceBreachRecorded>();
  fail_twice({})
      .then<ComplianceBreachRecorded>([](const auto& e) { CHECK(e.rule == file_failed_rule); })
      .as(undertaker("u-1"))
      .when(ResubmitFile{{"c-1"}, {}, {}})
      .as(supervisor())
      .when(review("c-1"))
      .when(ArchiveFile{{"c-1"}})
      .then<FileArchived>([](const auto& e) {
        CHECK(e.mandatory_evaluation);
        CHECK(e.review == 3);
      });
}
