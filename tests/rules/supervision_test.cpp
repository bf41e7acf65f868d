// M6 notices, M7 calls, M8 reports: what the centre does while a case runs.
#include "events/governance.hpp"
#include "tests/support/casework.hpp"

using namespace aidledger;
using namespace aidledger::rules;
using namespace aidledger::testing;

namespace {

ReissueRightsNotice reissue() {
  return {{"c-1"}, "rights@1", "0571-12348", "justice bureau", "zh-CN", {}, "another undertaker"};
}
const DeliverRightsNotice deliver{{"c-1"}, Channel::in_person, {}};
const AcknowledgeRightsNotice acknowledge{{"c-1"}, {}};

RaiseProblem problem() { return {{"c-1"}, recipient_of("c-1"), {"q-1"}, ProblemKind::not_met, sealed()}; }
const OrderCorrection order{{"c-1"}, recipient_of("c-1"), {"q-1"}, sealed()};
const ReportCorrection corrected{{"c-1"}, recipient_of("c-1"), {"q-1"}, sealed()};
const VerifyCorrection verify{{"c-1"}, {"q-1"}, true};

Given with_ordered_correction() {
  Given given = with_assigned_case();
  given.on("2024-03-11").as(supervisor()).when(problem()).when(order).then<CorrectionOrdered>();
  return given;
}

}  // namespace

TEST_CASE("a notice names the supervision phone, and there is one per assignment") {
  auto silent = notice("c-1");
  silent.supervision_phone = " ";
  with_assigned_case()
      .as(intake())
      .when(deliver)
      .refused(no_notice)
      .when(reissue())
      .refused(no_notice)
      .when(silent)
      .refused(supervision_phone_missing)
      .when(notice("c-1"))
      .then<RightsNoticeIssued>([](const auto& e) {
        CHECK(e.undertaker.value == "u-1");
        CHECK(e.assignment == 1);
      })
      .when(notice("c-1"))
      .refused(notice_effective)
      .due("rights-notice", "c-1", "2024-03-06")
      .when(deliver)
      .not_running("rights-notice", "c-1")
      .when(deliver)
      .refused(wrong_state);
}

TEST_CASE("a recipient acknowledges the own notice, once") {
  with_assigned_case()
      .as(intake())
      .when(notice("c-1"))
      .as(actor("p-other", {Role::recipient}))
      .when(acknowledge)
      .refused(not_own_case)
      .as(actor("p-c-1-recipient", {Role::recipient}))
      .when(acknowledge)
      .then<RightsNoticeAcknowledged>()
      .not_running("rights-notice", "c-1")
      .when(acknowledge)
      .refused(wrong_state);
}

TEST_CASE("another undertaker means another notice") {
  with_assigned_case()
      .as(intake())
      .when(notice("c-1"))
      .when(deliver)
      .when(lawyer("u-2"))
      .as(assigner())
      .when(ReplaceUndertaker{{"c-1"}, {"u-1"}, {"u-2"}, AssignmentMode::rotation, "ill", {}})
      .as(intake())
      .when(notice("c-1"))
      .refused(notice_to_be_reissued)
      .when(deliver)
      .refused(no_notice)
      .when(reissue())
      .then<RightsNoticeReissued>([](const auto& e) {
        CHECK(e.undertaker.value == "u-2");
        CHECK(e.assignment == 2);
        CHECK(e.replaces == 1);
      })
      .when(deliver)
      .not_running("rights-notice", "c-1");
}

TEST_CASE("a delivered notice with a mistake is delivered again") {
  with_assigned_case()
      .as(intake())
      .when(notice("c-1"))
      .when(deliver)
      .on("2024-03-11")
      .when(reissue())
      .due("rights-notice", "c-1", "2024-03-14");
  Given silent = with_assigned_case();
  auto asked = reissue();
  asked.supervision_phone.clear();
  silent.as(intake()).when(notice("c-1")).when(asked).refused(supervision_phone_missing);
}

TEST_CASE("a call meets the first clock and starts the next; a call that reached nobody leaves it due") {
  with_assigned_case()
      .on("2024-03-10")
      .as(supervisor())
      .when(RecordUnreachedCall{{"c-1"}, Channel::telephone})
      .then<ProgressCallUnreached>()
      .due("first-progress-call", "c-1", "2024-03-16")
      .when(call("c-1"))
      .then<ProgressCallMade>([](const auto& e) {
        CHECK(e.call == 1);
        CHECK(e.made_by == "p-supervisor");
      })
      .not_running("first-progress-call", "c-1")
      .due("progress-call", "c-1", "2024-04-09")
      .on("2024-04-01")
      .when(call("c-1"))
      .then<ProgressCallMade>([](const auto& e) { CHECK(e.call == 2); })
      .due("progress-call", "c-1", "2024-05-01");
}

TEST_CASE("the undertaker never makes the call, and another person is not the recipient") {
  auto other = call("c-1");
  other.recipient = {"p-other"};
  auto delighted = call("c-1");
  delighted.answers.attitude = 6;
  with_assigned_case()
      .as(actor("p-u-1", {Role::supervisor}))
      .when(call("c-1"))
      .refused(by_the_undertaker)
      .when(RecordUnreachedCall{{"c-1"}, Channel::telephone})
      .refused(by_the_undertaker)
      .when(problem())
      .refused(by_the_undertaker)
      .as(supervisor())
      .when(other)
      .refused(other_recipient)
      .when(delighted)
      .refused(attitude_out_of_range);
}

TEST_CASE("a call that was made before the end may be recorded after it") {
  with_assigned_case()
      .on("2024-03-20")
      .as(clerk())
      .when(ConcludeCase{{"c-1"}, CaseOutcome::judgment})
      .on("2024-03-21")
      .when(call("c-1"))
      .refused(case_closed)
      .happened(at("2024-03-12"))
      .when(call("c-1"))
      .then<ProgressCallMade>()
      .not_running("progress-call", "c-1");
}

TEST_CASE("an undertaker who asked for money has breached the rules") {
  auto bad = call("c-1");
  bad.answers.asked_for_money = CallAnswer::yes;
  with_assigned_case().as(supervisor()).when(bad).then<ComplianceBreachRecorded>([](const auto& e) {
    CHECK(e.rule == "asked-for-money");
    CHECK(e.undertaker == UndertakerId{"u-1"});
  });
}

TEST_CASE("a problem is put right within ten working days and looked at by another person") {
  with_ordered_correction()
      .due("correction", "c-1", "2024-03-25")
      .when(problem())
      .refused(already_exists)
      .when(order)
      .refused(wrong_state)
      .when(verify)
      .refused(wrong_state)
      .as(undertaker("u-2"))
      .when(corrected)
      .refused(not_own_case)
      .as(undertaker("u-1"))
      .when(corrected)
      .not_running("correction", "c-1")
      .as(actor("p-u-1", {Role::supervisor}))
      .when(verify)
      .refused(verified_by_corrected)
      .as(supervisor())
      .when(verify)
      .then<CorrectionVerified>([](const auto& e) { CHECK(e.put_right); });
}

TEST_CASE("who reported a correction does not verify it, and what is not right is due again") {
  with_ordered_correction()
      .as(clerk())
      .when(corrected)
      .when(verify)
      .refused(verified_by_corrected)
      .on("2024-03-18")
      .as(supervisor())
      .when(VerifyCorrection{{"c-1"}, {"q-1"}, false})
      .due("correction", "c-1", "2024-04-01")
      .as(undertaker("u-1"))
      .when(corrected)
      .then<CorrectionReported>();
}

TEST_CASE("the undertaker does not order the own correction, and there is none without a problem") {
  with_assigned_case()
      .as(supervisor())
      .when(order)
      .refused(not_found)
      .when(problem())
      .as(actor("p-u-1", {Role::supervisor}))
      .when(order)
      .refused(by_the_undertaker);
}

TEST_CASE("every report meets the periodic clock; a correction ordered stays due after the end") {
  with_ordered_correction()
      .on("2024-03-20")
      .as(undertaker("u-1"))
      .when(periodic_report("c-1", "r-1"))
      .then<PeriodicReportSubmitted>()
      .due("periodic-report", "c-1", "2024-04-19")
      .when(periodic_report("c-1", "r-1"))
      .refused(already_exists)
      .when(ConcludeCase{{"c-1"}, CaseOutcome::judgment})
      .due("correction", "c-1", "2024-03-25")
      .when(periodic_report("c-1", "r-2"))
      .refused(case_closed);
}

TEST_CASE("reports are the lead's, about a hearing that is to come") {
  Given given = with_assigned_case();
  given.as(intake()).when(ScheduleHearing{{"c-1"}, {"h-1"}, at("2024-04-20"), "court"});
  given.as(undertaker("u-2"))
      .when(report_before("c-1", "h-1", "r-1"))
      .refused(not_own_case)
      .as(undertaker("u-1"))
      .when(report_before("c-1", "h-9", "r-1"))
      .refused(not_found)
      .when(report_before("c-1", "h-1", "r-1"))
      .not_running("pre-hearing-report", "c-1")
      .when(report_before("c-1", "h-1", "r-1"))
      .refused(already_exists)
      .as(intake())
      .when(CancelHearing{{"c-1"}, {"h-1"}, "settled"})
      .as(undertaker("u-1"))
      .when(report_before("c-1", "h-1", "r-2"))
      .refused(wrong_state);
}

TEST_CASE("a supervisor judges a report once, never the one who wrote it") {
  with_assigned_case()
      .as(undertaker("u-1"))
      .when(periodic_report("c-1", "r-1"))
      .as(actor("p-u-1", {Role::supervisor}))
      .when(AcceptReport{{"c-1"}, {"r-1"}})
      .refused(by_the_undertaker)
      .as(supervisor())
      .when(AcceptReport{{"c-1"}, {"r-9"}})
      .refused(not_found)
      .when(AcceptReport{{"c-1"}, {"r-1"}})
      .then<ReportAccepted>([](const auto& e) { CHECK_FALSE(e.hearing); })
      .when(ReturnReport{{"c-1"}, {"r-1"}, "late"})
      .refused(wrong_state);
}

TEST_CASE("a returned report is due again before its hearing, a periodic one is not") {
  Given given = with_assigned_case();
  given.as(intake()).when(ScheduleHearing{{"c-1"}, {"h-1"}, at("2024-04-20"), "court"});
  given.as(undertaker("u-1"))
      .when(report_before("c-1", "h-1", "r-1"))
      .when(periodic_report("c-1", "r-2"))
      .as(supervisor())
      .when(ReturnReport{{"c-1"}, {"r-1"}, "no analysis"})
      .then<ReportReturned>()
      .due("pre-hearing-report", "c-1", "2024-04-17")
      .when(ReturnReport{{"c-1"}, {"r-2"}, "no analysis"})
      .due("periodic-report", "c-1", "2024-03-31");
}
