#pragma once
// A small hand-made city: one undertaker with three unqualified cases, one objection upheld, sanctions, a subsidy.
#include "events/case_imports.hpp"
#include "events/cases.hpp"
#include "events/evaluation.hpp"
#include "events/file_review.hpp"
#include "events/governance.hpp"
#include "events/ladder.hpp"
#include "events/subsidy.hpp"
#include "events/undertakers.hpp"
#include "tests/projections/histories.hpp"

namespace aidledger::projections::testing {

inline UndertakerEnrolled enrol(const std::string& id, std::uint32_t capacity = 0) {
  UndertakerEnrolled e;
  e.undertaker = {id}, e.person = {"p-" + id};
  e.category = UndertakerCategory::social_lawyer;
  e.organisation = "Huai'an Firm", e.district = "east", e.licence = "L-" + id, e.capacity = capacity;
  e.full_name = {"enrol-undertaker/name", "a-1", "box of " + id, ""};
  return e;
}

inline AidGranted grant(const std::string& id) {
  AidGranted e;
  e.case_id = {id}, e.recipient = {"p-" + id};
  e.cause = "labour-remuneration", e.district = "east";
  e.full_name = {"grant-aid/name", "a-2", "box of " + id, ""};
  return e;
}

inline UndertakerAssigned assign(const std::string& case_id, const std::string& undertaker, std::uint32_t n = 1) {
  UndertakerAssigned e;
  e.case_id = {case_id}, e.undertaker = {undertaker}, e.assignment = n;
  return e;
}

inline CaseConcluded conclude(const std::string& case_id, const std::string& undertaker) {
  CaseConcluded e;
  e.case_id = {case_id}, e.undertaker = {undertaker};
  return e;
}

inline GradeFinalised final_grade(const std::string& case_id, const std::string& undertaker, Grade grade) {
  GradeFinalised e;
  e.round = {"r-1"}, e.case_id = {case_id}, e.undertaker = {undertaker}, e.grade = grade;
  e.marks = grade == Grade::unqualified ? 40 : 90;
  return e;
}

inline GradeRedetermined redetermined(const std::string& case_id, const std::string& undertaker, Grade from, Grade to) {
  GradeRedetermined e;
  e.round = {"r-1"}, e.case_id = {case_id}, e.undertaker = {undertaker};
  e.previous = from, e.grade = to, e.marks = 70, e.was_final = true;
  return e;
}

inline LadderStepReached step(const std::string& undertaker, int from, int to, bool hold = false) {
  LadderStepReached e;
  e.undertaker = {undertaker}, e.previous = from, e.step = to, e.assignment_hold = hold;
  e.policy = {"ladder", "1"};
  for (int i = 1; i <= to; ++i) e.counted.push_back({{"c-" + std::to_string(i)}, {"r-1"}, {1, 0}, date_of(2024, 2, i)});
  return e;
}

inline SubsidyCalculated calculated(const std::string& case_id, const std::string& undertaker) {
  SubsidyCalculated e;
  e.case_id = {case_id}, e.undertaker = {undertaker}, e.case_type = "civil", e.stage = "first-trial";
  e.formula.standard = {140'000}, e.formula.share = {10'000}, e.formula.base = {140'000};
  e.formula.policy = {"subsidy", "1"};
  e.entitlement = {140'000};
  return e;
}

inline SubsidyAdjusted adjusted(const std::string& case_id, const std::string& undertaker, EventRef grade) {
  SubsidyAdjusted e;
  e.case_id = {case_id}, e.undertaker = {undertaker}, e.case_type = "civil", e.stage = "first-trial", e.revision = 2;
  e.formula.standard = {140'000}, e.formula.share = {10'000}, e.formula.base = {140'000};
  e.formula.grade = Grade::unqualified, e.formula.grade_event = grade, e.formula.rate = {-4'000};
  e.formula.quality_amount = {-56'000}, e.formula.policy = {"subsidy", "1"};
  e.previous = {140'000}, e.entitlement = {84'000}, e.delta = {-56'000};
  return e;
}

}  // namespace aidledger::projections::testing
