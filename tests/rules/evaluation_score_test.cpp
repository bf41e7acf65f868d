// M4: scores with their reasons, two that agree, three where they part.
#include "src/rules/evaluation_scores.hpp"
#include "src/rules/grades.hpp"
#include "tests/support/quality_story.hpp"

using namespace aidledger;
using namespace aidledger::rules;
using namespace aidledger::testing;

namespace {

struct TwoAssigned : Given {
  TwoAssigned() {
    enrol(*this, "U1");
    archive(*this, {"C1"});
    open_round(*this, "2024-03-31");
    for (int n = 1; n <= 2; ++n) when(AssignEvaluation{round_one, {"C1"}, {evaluator(n).person}});
  }
  Given& both(int first, int second) {
    as(evaluator(1)).when(score("C1", first));
    return as(evaluator(2)).when(score("C1", second));
  }
  Given& third(int marks) {
    as(lead()).when(AssignEvaluation{round_one, {"C1"}, {evaluator(3).person}});
    then<EvaluationAssigned>([](const auto& e) { CHECK(e.third); });
    return as(evaluator(3)).when(score("C1", marks));
  }
  Given& proposes(Grade grade, int marks) {
    return then<GradeProposed>([&](const auto& e) {
      CHECK(name_of(e.grade) == name_of(grade));
      CHECK(e.marks == marks);
    });
  }
  RoundCaseRow row() const { return *state().get<RoundCaseRow>(round_case_key(round_one, {"C1"})); }
};

}  // namespace

TEST_CASE("a score is what deductions leave of the rubric") {
  TwoAssigned given;
  auto mine = score("C1", 88);
  given.as(evaluator(1)).when(mine).then<ScoreSubmitted>([](const auto& e) {
    CHECK(e.marks == 88);
    CHECK(e.grade == Grade::excellent);
    CHECK(e.items.size() == 8);
    CHECK(e.items[3].item == "evidence");
    CHECK(e.items[3].marks == 8);
    CHECK(e.items[3].of == 20);
    CHECK(e.deductions.at(0).pages == "12-14");
    CHECK(e.undertaker.value == "U1");
  });
  SECTION("and is given once") { given.when(mine).refused(already_scored); }
  SECTION("by who is assigned") { given.as(evaluator(3)).when(mine).refused(not_assigned); }
}

TEST_CASE("a score without its reasons is refused") {
  TwoAssigned given;
  given.as(evaluator(1));
  auto mine = score("C1", 88);
  SECTION("an item of another rubric") { mine.deductions[0].item = "charm", given.when(mine).refused(unknown_item); }
  SECTION("no pages") { mine.deductions[0].pages = "", given.when(mine).refused(pages_required); }
  SECTION("more than the item has") { mine.deductions[0].marks = 21, given.when(mine).refused(too_many_marks); }
  SECTION("more than is left of it") {
    mine.deductions.push_back({"evidence", 9, "3", "again"}), given.when(mine).refused(too_many_marks);
  }
  SECTION("a gift") { mine.deductions[0].marks = -5, given.when(mine).refused(too_many_marks); }
  SECTION("unqualified without findings") {
    auto bad = score("C1", 40);
    bad.findings.clear();
    given.when(bad).refused(findings_required);
  }
  SECTION("a finding without pages") {
    mine.findings.push_back({"something", ""}), given.when(mine).refused(pages_required);
  }
  SECTION("a hard fail without findings") {
    mine.hard_fail = HardFail::took_money, given.when(mine).refused(findings_required);
  }
  SECTION("comments under another's key") {
    mine.person = {"p-stranger"}, given.when(mine).refused(not_the_undertakers_key);
  }
}

TEST_CASE("scores are invisible to each other until both are in") {
  TwoAssigned given;
  given.as(evaluator(1)).when(score("C1", 88));
  const Seat first = given.row().seats[0];
  CHECK(may_see_score(given.row(), first, "p-evaluator-1"));
  CHECK_FALSE(may_see_score(given.row(), first, "p-evaluator-2"));
  given.as(evaluator(2)).when(score("C1", 90)).then<GradeProposed>();
  CHECK(may_see_score(given.row(), first, "p-evaluator-2"));
}

TEST_CASE("two scores that agree give their mean, half up") {
  TwoAssigned given;
  SECTION("even") { given.both(70, 74), given.proposes(Grade::qualified, 72); }
  SECTION("odd") { given.both(70, 73), given.proposes(Grade::qualified, 72); }
  SECTION("ten apart is not more than ten") { given.both(60, 70), given.proposes(Grade::qualified, 65); }
  SECTION("on the thresholds") { given.both(85, 85), given.proposes(Grade::excellent, 85); }
  SECTION("below them") { given.both(59, 59), given.proposes(Grade::unqualified, 59); }
  SECTION("and rest on both") {
    given.both(70, 74).then<GradeProposed>([](const auto& e) {
      CHECK(e.scores.size() == 2);
      CHECK(e.policy == PolicyRef{"grades", "1"});
    });
  }
}

TEST_CASE("where two scores part, a third is called for and the median counts") {
  TwoAssigned given;
  SECTION("by the gap") {
    given.both(62, 73).not_then<GradeProposed>().then<ThirdScoreRequired>([](const auto& e) {
      CHECK(e.reason == ThirdScoreReason::gap);
      CHECK(e.gap == 11);
    });
    CHECK_FALSE(scores_are_open(given.row()));
    given.third(70), given.proposes(Grade::qualified, 70);
  }
  SECTION("by the grade, one mark apart") {
    given.both(59, 60).then<ThirdScoreRequired>([](const auto& e) {
      CHECK(e.reason == ThirdScoreReason::grades_differ);
      CHECK(e.gap == 1);
    });
    given.third(61), given.proposes(Grade::qualified, 60);
  }
  SECTION("the lowest may be the middle one's neighbour") {
    given.both(50, 90), given.third(40), given.proposes(Grade::unqualified, 50);
  }
  SECTION("and no fourth") {
    given.both(50, 90), given.third(70);
    given.as(lead()).when(AssignEvaluation{round_one, {"C1"}, {evaluator(1).person}}).refused(wrong_state);
  }
  SECTION("but when the third is taken off, another one") {
    given.both(50, 90);
    given.as(lead()).when(AssignEvaluation{round_one, {"C1"}, {evaluator(3).person}});
    given.when(RecuseEvaluator{round_one, {"C1"}, {evaluator(3).person}, ConflictGround::party});
    given.not_then<GradeProposed>();
    CHECK(given.row().third_required);
  }
}

TEST_CASE("a hard fail makes a case unqualified, whatever its marks") {
  TwoAssigned given;
  auto fails = score("C1", 92);
  fails.hard_fail = HardFail::took_money;
  fails.findings.push_back({"took 2,000 from the recipient", "31"});
  given.as(evaluator(1)).when(fails).then<ScoreSubmitted>([](const auto& e) { CHECK(e.grade == Grade::unqualified); });
  SECTION("both saw it") {
    given.as(evaluator(2)).when(fails);
    given.then<GradeProposed>([](const auto& e) {
      CHECK(e.grade == Grade::unqualified);
      CHECK(e.hard_fail == HardFail::took_money);
      CHECK(e.marks == 92);
    });
  }
  SECTION("one saw it: a third decides") {
    given.as(evaluator(2)).when(score("C1", 92)).then<ThirdScoreRequired>();
    given.third(90), given.proposes(Grade::excellent, 90);
  }
}

TEST_CASE("marks become grades at the thresholds of the policy") {
  const auto text = [](std::string_view toml) { return Policy{{"grades", "x"}, {}, {}, *parsers().toml(toml)}; };
  const Policy three = text("[thresholds]\nexcellent = 85\nqualified = 60\n");
  CHECK(grade_of(three, 0) == Grade::unqualified);
  CHECK(grade_of(three, 59) == Grade::unqualified);
  CHECK(grade_of(three, 60) == Grade::qualified);
  CHECK(grade_of(three, 84) == Grade::qualified);
  CHECK(grade_of(three, 100) == Grade::excellent);
  const Policy four = text("[thresholds]\nexcellent = 90\ngood = 75\nqualified = 60\n");
  CHECK(grade_of(four, 75) == Grade::good);
  CHECK(grade_of(four, 89) == Grade::good);
}

TEST_CASE("months end on the last day that there is") {
  CHECK(to_text(add_months(date("2024-01-31"), 1)) == "2024-02-29");
  CHECK(to_text(add_months(date("2024-03-15"), 12)) == "2025-03-15");
  CHECK(to_text(add_months(date("2024-12-31"), 2)) == "2025-02-28");
  CHECK(to_text(add_months(date("2024-01-31"), -2)) == "2023-11-30");
  CHECK(to_text(add_months(date("2024-11-30"), 1)) == "2024-12-30");
}
