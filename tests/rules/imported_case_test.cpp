// Cases of other systems: recorded as they were, with the clocks of their mapping alone.
#include "events/case_imports.hpp"
#include "events/governance.hpp"
#include "src/rules/imports.hpp"
#include "tests/support/casework.hpp"

using namespace aidledger;
using namespace aidledger::rules;
using namespace aidledger::testing;

namespace {

CaseImported imported(std::optional<UndertakerId> undertaker = UndertakerId{"officer-7"}) {
  return {{"x-1"}, {"old-system"}, "1", "Asia/Shanghai", "none", "civil", std::move(undertaker)};
}

Given with_imported_case() {
  Given given;
  given.as(intake()).when(lawyer("u-1")).when(lawyer("u-2")).events(imported());
  return given;
}

}  // namespace

TEST_CASE("an imported case is concluded here and starts no clock of ours") {
  with_imported_case()
      .as(clerk())
      .when(ConcludeCase{{"x-1"}, CaseOutcome::judgment})
      .then<CaseConcluded>([](const auto& e) { CHECK(e.undertaker.value == "officer-7"); })
      .not_running("file-hand-in", "x-1");
}

TEST_CASE("what leads to more events than a record holds is refused") {
  const auto with_clocks = [](int count) {
    const auto at = *parse_instant("2024-03-01T09:00:00+08:00");
    ImportedItem paid{ImportedKind::date, std::string(32, 'a'), "paid", at, date("2024-03-01"), {}, {}, {}, {}, {}};
    ImportedItem fined{ImportedKind::date, std::string(32, 'b'), "fined", at, date("2024-03-01"), {}, {}, {}, {}, {}};
    for (int i = 0; i < count; ++i) {
      const std::string clock = "clock-" + std::to_string(i);
      paid.meets.push_back(clock);
      fined.starts.push_back({clock, 0, DayUnit::natural, date("2024-05-01")});
    }
    return ImportCase{{"x-1"}, {"old"}, "1", "Asia/Shanghai", "none", "", {"map", "1"}, {}, {paid, fined}};
  };
  // The case is opened, two dates are recorded, and one for each clock that was met before it began.
  Given().policy("map", "1", "").on("2024-03-02").as(intake()).when(with_clocks(997)).then<CaseImported>();
  Given().policy("map", "1", "").on("2024-03-02").as(intake()).when(with_clocks(998)).refused(too_large);
}

TEST_CASE("a hearing of an imported case is recorded and breaches nothing here") {
  with_imported_case()
      .as(clerk())
      .when(RecordHearingHeld{{"x-1"}, {"h-1"}, true})
      .then<HearingHeld>()
      .not_then<HearingHeldWithoutReport>()
      .not_then<ComplianceBreachRecorded>();
}

TEST_CASE("an imported case that is assigned here is a case of ours from then on") {
  with_imported_case()
      .as(assigner())
      .when(ReplaceUndertaker{{"x-1"}, {"officer-7"}, {"u-1"}, AssignmentMode::rotation, "taken over", {}})
      .then<UndertakerAssigned>()
      .as(undertaker("u-1"))
      .when(ConcludeCase{{"x-1"}, CaseOutcome::judgment})
      .due("file-hand-in", "x-1", "2024-03-31")
      .look([](const State& state) {
        CHECK(standing_of(state, {"u-1"})->open_cases == 0);
        CHECK((!standing_of(state, {"officer-7"}) || standing_of(state, {"officer-7"})->open_cases == 0));
      });
}

TEST_CASE("a step without an action of its own is recorded in the own case") {
  with_assigned_case()
      .as(undertaker("u-2"))
      .when(RecordCaseStep{{"c-1"}, "site visit", {}, {}})
      .refused(not_own_case)
      .as(undertaker("u-1"))
      .when(RecordCaseStep{{"c-9"}, "site visit", {}, {}})
      .refused(not_found)
      .when(RecordCaseStep{{"c-1"}, "site visit", {}, {}})
      .then<CaseStepRecorded>();
}

TEST_CASE("an import does not reopen a case that was granted here") {
  ImportCase import;
  import.case_id = {"c-1"}, import.source = {"old-system"};
  with_assigned_case().as(intake()).when(import).refused(case_of_another_source);
}
