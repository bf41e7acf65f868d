#include "tests/support/quality_story.hpp"

#include "events/undertakers.hpp"

namespace aidledger::testing {

void enrol(Given& given, const std::string& undertaker) {
  UndertakerEnrolled enrolled;
  enrolled.undertaker = {undertaker}, enrolled.person = person_of(undertaker), enrolled.full_name = sealed();
  enrolled.licence = "licence-" + undertaker, enrolled.organisation = "firm-" + undertaker;
  given.events(enrolled);
}

void assign(Given& given, const Archived& archived) {
  UndertakerAssigned assigned;
  assigned.case_id = {archived.id}, assigned.undertaker = {archived.undertaker};
  assigned.person = person_of(archived.undertaker), assigned.organisation = "firm-" + archived.undertaker;
  assigned.case_type = archived.type, assigned.stage = archived.stage, assigned.salaried = archived.salaried;
  assigned.assigned_by = "p-assigner";
  given.events(assigned);
}

void archive(Given& given, const Archived& archived) {
  assign(given, archived);
  CaseConcluded concluded;
  concluded.case_id = {archived.id}, concluded.undertaker = {archived.undertaker};
  concluded.case_type = archived.type, concluded.stage = archived.stage;
  FileArchived filed;
  filed.case_id = {archived.id}, filed.undertaker = {archived.undertaker}, filed.salaried = archived.salaried;
  filed.case_type = archived.type, filed.stage = archived.stage, filed.organisation = "firm-" + archived.undertaker;
  filed.archived_by = "p-reviewer";
  given.events(concluded, filed);
}

void open_round(Given& given, const std::string& cutoff) {
  given.as(lead()).when(rules::OpenEvaluationRound{round_one, "first half", RoundMethod::all, date(cutoff)});
  given.when(rules::SampleCases{round_one, {}});
  for (int n = 1; n <= 3; ++n)
    given.when(rules::AppointEvaluator{round_one, {evaluator(n).person}, "bar-" + std::to_string(n), {}});
}

rules::SubmitScore score(const std::string& case_id, int marks, const std::string& undertaker) {
  rules::SubmitScore out{round_one, {case_id}, person_of(undertaker)};
  int lost = 100 - marks;
  for (const auto& [item, most] : {std::pair{"evidence", 20},
                                   {"hearing", 15},
                                   {"documents", 15},
                                   {"intake", 10},
                                   {"meeting", 10},
                                   {"file_reading", 10},
                                   {"closing", 10},
                                   {"effect", 10}}) {
    const int taken = std::min(lost, most);
    if (taken > 0) out.deductions.push_back({item, taken, "12-14", "not looked into"});
    lost -= taken;
  }
  if (marks < 60) out.findings.push_back({"the key witness was never asked", "13"});
  return out;
}

void grade(Given& given, const std::string& case_id, int marks, const std::string& undertaker) {
  for (int n = 1; n <= 2; ++n)
    given.as(lead()).when(rules::AssignEvaluation{round_one, {case_id}, {evaluator(n).person}});
  for (int n = 1; n <= 2; ++n) given.as(evaluator(n)).when(score(case_id, marks, undertaker));
  given.as(lead()).when(rules::NotifyGrade{round_one, {case_id}});
}

rules::FinaliseGrade finalise(const std::string& case_id) { return {round_one, {case_id}}; }

rules::RedetermineGrade redetermine(const std::string& case_id, int marks) {
  rules::RedetermineGrade out{round_one, {case_id}, marks};
  out.reasons = "the transcript had been filed under another case";
  if (marks < 60) out.findings.push_back({"the key witness was never asked", "13"});
  return out;
}

}  // namespace aidledger::testing
