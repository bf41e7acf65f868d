// M4: told, objected to, decided, final, redetermined.
#include "events/governance.hpp"
#include "tests/support/quality_story.hpp"

using namespace aidledger;
using namespace aidledger::rules;
using namespace aidledger::testing;

namespace {

/// C1 of U1 has 50 marks; U1 is told on Friday 2024-03-01. Ten working days end on Friday 2024-03-15.
struct Told : Given {
  Told() {
    enrol(*this, "U1");
    archive(*this, {"C1"});
    open_round(*this, "2024-03-31");
    grade(*this, "C1", 50);
  }
  ObjectToGrade objection() const { return {round_one, {"C1"}, person_of("U1"), sealed("I object")}; }
  Given& objects() { return on("2024-03-08").as(undertaker("U1")).when(objection()); }
};
const NotifyGrade notify{round_one, {"C1"}};
const UpholdGrade uphold{round_one, {"C1"}, "the file is as the evaluators found it"};

}  // namespace

TEST_CASE("telling the undertaker opens the time for an objection") {
  Told given;
  given.then<GradeNotified>([](const auto& e) {
    CHECK(e.undertaker.value == "U1");
    CHECK(e.grade == Grade::unqualified);
  });
  given.due("grade-objection", "C1", "2024-03-15");
  CHECK(given.clock("grade-objection", "C1")->start.owed_by.empty());
  SECTION("once") { given.when(notify).refused(wrong_state); }
  SECTION("final on its last day: not yet") {
    given.on("2024-03-15").as(director()).when(finalise("C1")).refused(window_open);
    given.then<ActionRefused>([](const auto& e) { CHECK(e.refusal == "window-open"); });
  }
  SECTION("final on the day after") {
    given.on("2024-03-16").as(director()).when(finalise("C1")).then<GradeFinalised>([](const auto& e) {
      CHECK(e.case_id.value == "C1");
      CHECK(e.undertaker.value == "U1");
      CHECK(e.round == round_one);
      CHECK(e.grade == Grade::unqualified);
      CHECK(e.decided_by == "p-director");
    });
    given.not_running("grade-objection", "C1");
  }
}

TEST_CASE("nothing is told or final before there is a grade") {
  Given given;
  enrol(given, "U1");
  archive(given, {"C1"});
  open_round(given, "2024-03-31");
  given.as(lead()).when(notify).refused(not_proposed);
  given.as(director()).when(finalise("C1")).refused(not_proposed);
  given.when(finalise("C9")).refused(not_found);
}

TEST_CASE("a grade that nobody was told of is not final") {
  Given given;
  enrol(given, "U1");
  archive(given, {"C1"});
  open_round(given, "2024-03-31");
  for (int n = 1; n <= 2; ++n) given.as(lead()).when(AssignEvaluation{round_one, {"C1"}, {evaluator(n).person}});
  for (int n = 1; n <= 2; ++n) given.as(evaluator(n)).when(score("C1", 90));
  given.on("2024-05-01").as(director()).when(finalise("C1")).refused(not_notified);
  given.as(undertaker("U1")).when(ObjectToGrade{round_one, {"C1"}, person_of("U1"), sealed()}).refused(not_notified);
}

TEST_CASE("the undertaker objects before the grade is final") {
  Told given;
  SECTION("in time") {
    given.objects().then<GradeObjectionLodged>([](const auto& e) { CHECK(e.grade == Grade::unqualified); });
    given.not_running("grade-objection", "C1").due("objection-review", "C1", "2024-03-29");
    given.when(given.objection()).refused(wrong_state);
  }
  SECTION("on the last day") {
    given.on("2024-03-15").as(undertaker("U1")).when(given.objection()).then<GradeObjectionLodged>();
  }
  SECTION("too late") {
    given.on("2024-03-16").as(undertaker("U1")).when(given.objection()).refused(objection_too_late);
  }
  SECTION("lodged in time, recorded late") {
    given.on("2024-03-18").happened(at("2024-03-15")).as(undertaker("U1")).when(given.objection());
    given.then<GradeObjectionLodged>();
  }
  SECTION("another's grade") { given.as(undertaker("U2")).when(given.objection()).refused(not_the_undertaker); }
  SECTION("under another's key") {
    auto objection = given.objection();
    objection.person = {"p-other"};
    given.as(undertaker("U1")).when(objection).refused(not_the_undertakers_key);
  }
  SECTION("a final grade") {
    given.on("2024-03-20").as(director()).when(finalise("C1"));
    given.as(undertaker("U1")).when(given.objection()).refused(grade_final);
  }
}

TEST_CASE("a director who did not score the case decides the objection") {
  Told given;
  given.as(director()).when(uphold).refused(no_objection);
  given.objects();
  SECTION("until then nothing is final, however long it takes") {
    given.on("2024-06-01").as(director()).when(finalise("C1")).refused(objection_open);
  }
  SECTION("upheld, then final at once") {
    given.on("2024-03-11").as(director()).when(uphold).then<GradeUpheld>([](const auto& e) {
      CHECK(e.grade == Grade::unqualified);
      CHECK(e.undertaker.value == "U1");
    });
    given.not_running("objection-review", "C1");
    given.when(uphold).refused(no_objection);
    given.when(finalise("C1")).then<GradeFinalised>([](const auto& e) { CHECK(e.grade == Grade::unqualified); });
  }
  SECTION("redetermined, then final as such") {
    given.on("2024-03-11").as(director()).when(redetermine("C1", 64)).then<GradeRedetermined>([](const auto& e) {
      CHECK(e.previous == Grade::unqualified);
      CHECK(e.grade == Grade::qualified);
      CHECK_FALSE(e.was_final);
      CHECK(e.ground == RedeterminationGround::objection);
    });
    given.not_running("objection-review", "C1");
    given.when(finalise("C1")).then<GradeFinalised>([](const auto& e) {
      CHECK(e.grade == Grade::qualified);
      CHECK(e.marks == 64);
    });
  }
  SECTION("not by one who scored it") {
    auto both = evaluator(1);
    both.roles.push_back(Role::centre_director);
    given.as(both).when(uphold).refused(decided_by_evaluator);
    given.when(redetermine("C1", 64)).refused(decided_by_evaluator);
    given.when(finalise("C1")).refused(decided_by_evaluator);
  }
  SECTION("not by one who was taken off it") {
    given.as(evaluator(3)).when(DeclareConflict{round_one, {"C1"}, ConflictGround::party});
    auto both = evaluator(3);
    both.roles.push_back(Role::centre_director);
    given.as(both).when(uphold).refused(interest_declared);
  }
  SECTION("not by the undertaker") { given.as(actor("p-U1", {Role::centre_director})).when(uphold).refused(own_work); }
  SECTION("not without reasons") {
    given.as(director()).when(UpholdGrade{round_one, {"C1"}, ""}).refused(reasons_required);
  }
}

TEST_CASE("a final grade changes only by a redetermination on a cited ground") {
  Told given;
  given.as(director()).when(redetermine("C1", 64)).refused(no_objection);
  given.on("2024-03-20").when(finalise("C1")).when(finalise("C1")).refused(grade_final);
  given.when(redetermine("C1", 90)).then<GradeRedetermined>([](const auto& e) {
    CHECK(e.was_final);
    CHECK(e.previous == Grade::unqualified);
    CHECK(e.grade == Grade::excellent);
    CHECK(e.ground == RedeterminationGround::review);
  });
  SECTION("to what it is not") { given.when(redetermine("C1", 90)).refused(grade_unchanged); }
  SECTION("within the marks") { given.when(redetermine("C1", 101)).refused(marks_out_of_range); }
  SECTION("with reasons") {
    auto silent = redetermine("C1", 70);
    silent.reasons.clear();
    given.when(silent).refused(reasons_required);
  }
  SECTION("to unqualified with findings") {
    auto bare = redetermine("C1", 40);
    bare.findings.clear();
    given.when(bare).refused(findings_required);
  }
  SECTION("that cite pages") {
    auto bare = redetermine("C1", 40);
    bare.findings[0].pages.clear();
    given.when(bare).refused(pages_required);
  }
  SECTION("by a hard fail, whatever the marks") {
    auto fail = redetermine("C1", 90);
    fail.hard_fail = HardFail::fabricated;
    fail.findings.push_back({"the minutes were written afterwards", "40"});
    fail.marks = 89;
    given.when(fail).then<GradeRedetermined>([](const auto& e) { CHECK(e.grade == Grade::unqualified); });
  }
}
