// M5: the step that final unqualified grades make, and what it brings with it.
#include "tests/support/ladder_story.hpp"

using namespace aidledger;
using namespace aidledger::rules;
using namespace aidledger::testing;

TEST_CASE("the first final unqualified grade: step 1 and written comments") {
  OnLadder given(3);
  given.makes_final("C1").then<LadderStepReached>([](const auto& e) {
    CHECK(e.undertaker.value == "U1");
    CHECK(e.step == 1);
    CHECK(e.previous == 0);
    REQUIRE(e.counted.size() == 1);
    CHECK(e.counted[0].case_id.value == "C1");
    CHECK(e.counted[0].round == round_one);
    CHECK(to_text(e.counted[0].final_on) == "2024-03-20");
    CHECK_FALSE(e.assignment_hold);
    CHECK(e.window_months == 0);
    CHECK(e.policy == PolicyRef{"ladder", "1"});
  });
  given.then<WrittenCommentsRequired>([](const auto& e) {
    CHECK(e.author == "undertaker");
    CHECK(e.cases.size() == 1);
  });
  CHECK(given.standing().counted[0].grade == given.last_ref(0));
  // 2024-03-20 is a Wednesday; Qingming (4-6 April) is off and Sunday 7 April is worked: 21 22 25 26 27 28 29 1 2 3.
  CHECK(given.clock_due("written-comments") == "2024-04-03");
}

TEST_CASE("two, then three: the hold begins with the third and steps not decided are absorbed") {
  OnLadder given(4);
  given.makes_final("C1");
  given.makes_final("C2").then<LadderStepReached>([](const auto& e) {
    CHECK(e.step == 2);
    CHECK(e.previous == 1);
    CHECK(e.absorbed == std::vector<std::int32_t>{1});
    CHECK_FALSE(e.assignment_hold);
  });
  given.not_then<WrittenCommentsRequired>();
  given.makes_final("C3").then<LadderStepReached>([](const auto& e) {
    CHECK(e.step == 3);
    CHECK(e.absorbed == std::vector<std::int32_t>{1, 2});
    CHECK(e.assignment_hold);
  });
  SECTION("a fourth stays on step 3, with four counted") {
    given.makes_final("C4").then<LadderStepReached>([](const auto& e) {
      CHECK(e.step == 3);
      CHECK(e.counted.size() == 4);
      CHECK(e.assignment_hold);
    });
  }
}

TEST_CASE("only final unqualified grades count") {
  OnLadder given(3);
  SECTION("a proposed one does not") { CHECK(given.standing().step == 0); }
  SECTION("an objected one does not, whatever else becomes final") {
    given.on("2024-03-05").as(undertaker("U1"));
    given.when(ObjectToGrade{round_one, {"C1"}, person_of("U1"), sealed()}).not_then<LadderStepReached>();
    given.makes_final("C2").then<LadderStepReached>([](const auto& e) {
      CHECK(e.step == 1);
      CHECK(e.counted[0].case_id.value == "C2");
    });
  }
  SECTION("one redetermined on objection does not") {
    given.on("2024-03-05").as(undertaker("U1"));
    given.when(ObjectToGrade{round_one, {"C1"}, person_of("U1"), sealed()});
    given.as(director()).when(redetermine("C1", 70)).not_then<LadderStepReached>();
    given.when(finalise("C1")).not_then<LadderStepReached>();
  }
  SECTION("and every undertaker has a ladder of the own") {
    Given other;
    enrol(other, "U1"), enrol(other, "U2");
    archive(other, {"C1", "U1"}), archive(other, {"C2", "U2"});
    open_round(other, "2024-03-31");
    grade(other, "C1", 50), grade(other, "C2", 50, "U2");
    other.on("2024-03-20").as(director()).when(finalise("C1")).when(finalise("C2"));
    other.then<LadderStepReached>([](const auto& e) {
      CHECK(e.undertaker.value == "U2");
      CHECK(e.step == 1);
    });
  }
}

TEST_CASE("a case counts once, however many rounds found it unqualified") {
  OnLadder given(1);
  given.makes_final("C1");
  const RoundId again{"T1"};
  given.as(lead()).when(OpenEvaluationRound{again, "again", RoundMethod::targeted, date("2024-03-31")});
  given.when(SampleCases{again, {{{"C1"}, "a complaint"}}});
  for (int n = 1; n <= 2; ++n) {
    given.as(lead()).when(AppointEvaluator{again, {evaluator(n).person}, "bar", {}});
    given.when(AssignEvaluation{again, {"C1"}, {evaluator(n).person}});
    auto low = score("C1", 40);
    low.round = again;
    given.as(evaluator(n)).when(low);
  }
  given.as(lead()).when(NotifyGrade{again, {"C1"}});
  given.on("2024-05-01").as(director()).when(FinaliseGrade{again, {"C1"}}).then<GradeFinalised>();
  given.not_then<LadderStepReached>();
  CHECK(given.standing().step == 1);
}

TEST_CASE("with a window, grades that became final before it no longer count") {
  OnLadder given(3);
  given.policy("ladder", "2", "window_months = 24\n[steps]\ncomments = 1\nwarning = 2\ndisqualification = 3\n");
  given.on("2024-03-20").makes_final("C1").then<LadderStepReached>([](const auto& e) { CHECK(e.window_months == 24); });
  SECTION("on the day it ends") {
    given.on("2026-03-20").makes_final("C2").then<LadderStepReached>([](const auto& e) {
      CHECK(e.step == 1);
      CHECK(e.counted[0].case_id.value == "C2");
    });
  }
  SECTION("the day before it still does") {
    given.on("2026-03-19").makes_final("C2").then<LadderStepReached>([](const auto& e) { CHECK(e.step == 2); });
  }
}

TEST_CASE("a redetermined grade steps the ladder back") {
  OnLadder given(3);
  given.makes_final("C1"), given.makes_final("C2"), given.makes_final("C3");
  given.as(director()).when(redetermine("C2", 70)).then<LadderStepReached>([](const auto& e) {
    CHECK(e.step == 2);
    CHECK(e.previous == 3);
    CHECK_FALSE(e.assignment_hold);
    REQUIRE(e.counted.size() == 2);
    CHECK(e.counted[1].case_id.value == "C3");
  });
  given.not_then<SanctionReversed>();
  SECTION("to the ground: comments are no longer owed") {
    given.when(redetermine("C1", 70)).when(redetermine("C3", 70));
    given.then<LadderStepReached>([](const auto& e) { CHECK(e.step == 0); });
    CHECK(given.clock_ended("written-comments"));
    given.as(undertaker("U1")).when(given.comments()).refused(no_comments_owed);
  }
  SECTION("other marks, the same grade: nothing moves") {
    given.when(redetermine("C1", 55)).then<GradeRedetermined>();
    given.not_then<LadderStepReached>();
  }
  SECTION("and up again, from the day of the redetermination") {
    given.on("2024-06-03").when(redetermine("C2", 50)).then<LadderStepReached>([](const auto& e) {
      CHECK(e.step == 3);
      CHECK(to_text(e.counted[2].final_on) == "2024-06-03");
      CHECK(e.assignment_hold);
    });
  }
}

TEST_CASE("written comments are the undertaker's, and another person accepts them") {
  OnLadder given(1);
  given.as(undertaker("U1")).when(given.comments()).refused(no_comments_owed);
  given.makes_final("C1");
  given.as(actor("p-s", {Role::supervisor})).when(AcceptWrittenComments{{"U1"}}).refused(no_comments_submitted);
  given.as(undertaker("U2")).when(given.comments()).refused(not_the_undertaker);
  given.as(director()).when(given.comments()).refused(not_the_undertaker);
  auto strange = given.comments();
  strange.person = {"p-strange"};
  given.as(undertaker("U1")).when(strange).refused(not_the_undertakers_key);
  given.when(given.comments()).then<WrittenCommentsSubmitted>([](const auto& e) { CHECK(e.author == "undertaker"); });
  CHECK(given.clock_ended("written-comments"));
  given.as(actor("p-U1", {Role::supervisor})).when(AcceptWrittenComments{{"U1"}}).refused(own_sanction);
  given.as(actor("p-s", {Role::supervisor})).when(AcceptWrittenComments{{"U1"}}).then<WrittenCommentsAccepted>();
  given.when(AcceptWrittenComments{{"U9"}}).refused(not_found);
}

TEST_CASE("where the policy says so, the centre writes the comments") {
  OnLadder given(1);
  given.policy("ladder", "2", "[step1]\nauthor = \"centre\"\n");
  given.makes_final("C1").then<WrittenCommentsRequired>([](const auto& e) { CHECK(e.author == "centre"); });
  given.as(director()).when(given.comments()).then<WrittenCommentsSubmitted>([](const auto& e) {
    CHECK(e.author == "centre");
  });
}
