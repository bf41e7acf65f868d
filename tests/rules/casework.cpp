#include "tests/support/casework.hpp"

namespace aidledger::testing {

using namespace aidledger::rules;

EnrolUndertaker lawyer(const std::string& id, const std::string& organisation) {
  EnrolUndertaker a;
  a.undertaker = {id}, a.person = {"p-" + id};
  a.organisation = organisation, a.district = "chengbei";
  a.licence = "L-" + id, a.licence_since = date("2010-05-01");
  a.full_name = sealed("name of " + id);
  return a;
}

PersonId recipient_of(const std::string& case_id) { return {"p-" + case_id + "-recipient"}; }

GrantAid civil_case(const std::string& id) {
  GrantAid a;
  a.case_id = {id}, a.recipient = recipient_of(id);
  a.cause = "labour-remuneration", a.organ = "chengbei-court", a.district = "chengbei";
  a.full_name = sealed("name of the recipient");
  return a;
}

AssignUndertaker assign(const std::string& case_id, const std::string& undertaker) {
  return {{case_id}, {undertaker}, AssignmentMode::rotation, {}};
}

IssueRightsNotice notice(const std::string& case_id) {
  return {{case_id}, "rights@1", "0571-12348", "justice bureau", "zh-CN", {}};
}

RecordProgressCall call(const std::string& case_id) {
  RecordProgressCall a;
  a.case_id = {case_id}, a.recipient = recipient_of(case_id);
  a.answers = {CallAnswer::yes, CallAnswer::yes, CallAnswer::yes, CallAnswer::no, 5};
  return a;
}

SubmitPreHearingReport report_before(const std::string& case_id, const std::string& hearing,
                                     const std::string& report) {
  return {{case_id}, recipient_of(case_id), {report}, {hearing}, sealed(), sealed(), sealed(), {}, {}};
}

SubmitPeriodicReport periodic_report(const std::string& case_id, const std::string& report) {
  return {{case_id}, recipient_of(case_id), {report}, sealed(), sealed(), sealed(), {}, {}};
}

ReviewFile review(const std::string& case_id, std::vector<ChecklistItem> wrong) {
  ReviewFile a{{case_id}, {}};
  for (std::size_t i = 0; i < count_of<ChecklistItem>(); ++i) {
    const auto item = static_cast<ChecklistItem>(i);
    const bool passed = std::find(wrong.begin(), wrong.end(), item) == wrong.end();
    a.items.push_back({item, passed, {}, {}});
  }
  return a;
}

Given with_assigned_case() {
  Given given;
  given.on("2024-03-01").as(intake()).when(lawyer("u-1")).when(civil_case("c-1"));
  given.as(assigner()).when(assign("c-1", "u-1")).then<UndertakerAssigned>();
  return given;
}

Given with_file() {
  Given given = with_assigned_case();
  given.on("2024-06-03").as(undertaker("u-1")).when(ConcludeCase{{"c-1"}, CaseOutcome::judgment});
  given.on("2024-06-20").when(SubmitFile{{"c-1"}, {}}).then<FileSubmitted>();
  return given;
}

}  // namespace aidledger::testing
