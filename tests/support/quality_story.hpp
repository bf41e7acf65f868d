#pragma once
// What tests of evaluation, ladder and subsidy have in common: a round, archived cases, two evaluators, marks.
#include "src/rules/evaluation_actions.hpp"
#include "src/rules/ladder_actions.hpp"
#include "src/rules/subsidy.hpp"
#include "tests/support/casework.hpp"

namespace aidledger::testing {

inline Actor lead() { return actor("p-lead", {Role::evaluation_lead}); }
inline Actor evaluator(int n) { return actor("p-evaluator-" + std::to_string(n), {Role::evaluator}); }
inline PersonId person_of(const std::string& undertaker_id) { return {"p-" + undertaker_id}; }

inline const RoundId round_one{"R1"};

/// A case as it is when its file is archived.
struct Archived {
  std::string id, undertaker = "U1";
  bool salaried = false;
  CaseType type = CaseType::civil;
  CaseStage stage = CaseStage::first_trial;
};
void enrol(Given& given, const std::string& undertaker);
void assign(Given& given, const Archived& archived);
void archive(Given& given, const Archived& archived);
/// Opens round R1 of all cases up to the day, samples it, appoints evaluators 1, 2 and 3.
void open_round(Given& given, const std::string& cutoff);
rules::SubmitScore score(const std::string& case_id, int marks, const std::string& undertaker = "U1");
/// Both evaluators give these marks and the undertaker is told.
void grade(Given& given, const std::string& case_id, int marks, const std::string& undertaker = "U1");
rules::FinaliseGrade finalise(const std::string& case_id);
rules::RedetermineGrade redetermine(const std::string& case_id, int marks);

}  // namespace aidledger::testing
