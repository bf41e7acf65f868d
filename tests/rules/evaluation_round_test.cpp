// M4: rounds, samples, who may score what.
#include "tests/support/quality_story.hpp"

using namespace aidledger;
using namespace aidledger::rules;
using namespace aidledger::testing;

namespace {

const RoundId targeted{"T1"};

OpenEvaluationRound a_round(RoundMethod method = RoundMethod::all, const RoundId& id = round_one) {
  return {id, "first half of 2024", method, date("2024-03-31")};
}

AssignEvaluation assignment(int n, const std::string& case_id = "C1") {
  return {round_one, {case_id}, {evaluator(n).person}};
}

GradeFinalised final_grade(const std::string& undertaker, Grade grade) {
  GradeFinalised out;
  out.round = {"R0"}, out.case_id = {"C0-" + undertaker}, out.undertaker = {undertaker}, out.grade = grade;
  return out;
}

}  // namespace

TEST_CASE("a round takes every archived case up to its cutoff, and lists it") {
  Given given;
  enrol(given, "U1"), enrol(given, "U2");
  given.on("2024-03-10");
  archive(given, {"C2", "U2"}), archive(given, {"C1"});
  given.on("2024-04-02");
  archive(given, {"C3"});
  given.as(lead()).when(a_round()).then<EvaluationRoundOpened>([](const auto& e) {
    CHECK(e.rubric.name == "evaluation");
    CHECK(e.grades == PolicyRef{"grades", "1"});
    CHECK(e.opened_by == "p-lead");
  });
  given.when(SampleCases{round_one, {}}).then<CasesSampled>([](const auto& e) {
    REQUIRE(e.cases.size() == 2);
    CHECK(e.cases[0].case_id.value == "C1");
    CHECK(e.cases[0].undertaker.value == "U1");
    CHECK(to_text(e.cases[0].archived_on) == "2024-03-10");
    CHECK(e.cases[1].undertaker.value == "U2");
    CHECK(e.frame_left == 0);
  });
  SECTION("once") { given.when(SampleCases{round_one, {}}).refused(nothing_to_sample); }
  SECTION("and lists no case of its own choice") {
    given.when(SampleCases{round_one, {{{"C3"}, "a complaint"}}}).refused(sample_unlike_method);
  }
  SECTION("a round is opened once") { given.when(a_round()).refused(already_exists); }
  SECTION("and is not there before") { given.when(SampleCases{{"R9"}, {}}).refused(not_found); }
}

TEST_CASE("a targeted round lists archived cases, each with its reason") {
  Given given;
  enrol(given, "U1");
  given.on("2024-03-10");
  archive(given, {"C1"}), assign(given, {"C2"});
  given.on("2024-04-02");
  archive(given, {"C3"});
  given.as(lead()).when(a_round(RoundMethod::targeted, targeted));
  const auto list = [&](const char* id, const char* reason) { return SampleCases{targeted, {{{id}, reason}}}; };
  SECTION("taken") {
    given.when(list("C1", "the recipient complained")).then<CasesSampled>([](const auto& e) {
      CHECK(e.cases.at(0).reason == "the recipient complained");
    });
    given.when(list("C1", "again")).refused(already_sampled);
    given.when(a_round()).when(SampleCases{round_one, {}}).refused(nothing_to_sample);
  }
  SECTION("no list") { given.when(SampleCases{targeted, {}}).refused(sample_unlike_method); }
  SECTION("no reason") { given.when(list("C1", "")).refused(sample_unlike_method); }
  SECTION("no such case") { given.when(list("C9", "x")).refused(not_found); }
  SECTION("not archived") { given.when(list("C2", "x")).refused(case_not_archived); }
  SECTION("archived after the cutoff") { given.when(list("C3", "x")).refused(after_cutoff); }
  SECTION("the same case twice") {
    given.when(SampleCases{targeted, {{{"C1"}, "x"}, {{"C1"}, "y"}}}).refused(already_sampled);
  }
}

TEST_CASE("an evaluator is independent of the case") {
  Given given;
  enrol(given, "U1"), enrol(given, "U2");
  archive(given, {"C1"});
  given.events(final_grade("U2", Grade::unqualified));
  open_round(given, "2024-03-31");
  const auto appoint = [&](const char* person, const char* organisation, std::optional<UndertakerId> own = {}) {
    given.as(lead()).when(AppointEvaluator{round_one, {person}, organisation, own});
    given.when(AssignEvaluation{round_one, {"C1"}, {person}});
  };
  SECTION("not the undertaker, as a person") { appoint("p-U1", "bar"), given.refused(own_work); }
  SECTION("nor by undertaker id") { appoint("p-other", "bar", UndertakerId{"U1"}), given.refused(own_work); }
  SECTION("not of the undertaker's organisation") { appoint("p-x", "firm-U1"), given.refused(own_organisation); }
  SECTION("not who assigned it") { appoint("p-assigner", "centre"), given.refused(took_part_in_case); }
  SECTION("not who reviewed its file") { appoint("p-reviewer", "centre"), given.refused(took_part_in_case); }
  SECTION("not one with a recent unqualified grade") {
    appoint("p-U2", "firm-U2", UndertakerId{"U2"}), given.refused(own_grade_unqualified);
  }
  SECTION("but one whose unqualified grade lies more than 24 months back") {
    given.on("2026-03-02");
    appoint("p-U2", "firm-U2", UndertakerId{"U2"}), given.then<EvaluationAssigned>();
  }
  SECTION("not one who has declared an interest") {
    given.as(evaluator(1)).when(DeclareConflict{round_one, {"C1"}, ConflictGround::near_relative});
    given.then<ConflictDeclared>([](const auto& e) { CHECK(e.undertaker.value == "U1"); });
    given.not_then<EvaluatorRecused>().as(lead()).when(assignment(1)).refused(interest_declared);
  }
  SECTION("appointed once") {
    given.as(lead()).when(AppointEvaluator{round_one, {"p-evaluator-1"}, "bar-1", {}}).refused(already_exists);
  }
  SECTION("not appointed") { given.as(lead()).when(assignment(9)).refused(not_an_evaluator); }
  SECTION("a case of the round") { given.as(lead()).when(assignment(1, "C9")).refused(not_found); }
  SECTION("an evaluator declares for a case of the round") {
    given.as(evaluator(1)).when(DeclareConflict{round_one, {"C9"}, ConflictGround::party}).refused(not_found);
    given.as(evaluator(9)).when(DeclareConflict{round_one, {"C1"}, ConflictGround::party}).refused(not_an_evaluator);
  }
}

TEST_CASE("two evaluators score a case, no more") {
  Given given;
  enrol(given, "U1");
  archive(given, {"C1"});
  open_round(given, "2024-03-31");
  given.as(lead()).when(assignment(1)).when(assignment(1)).refused(already_exists);
  given.when(assignment(2)).when(assignment(3)).refused(no_score_wanted);
  SECTION("one with an interest is taken off and replaced") {
    given.as(evaluator(2)).when(DeclareConflict{round_one, {"C1"}, ConflictGround::party});
    given.then<EvaluatorRecused>([](const auto& e) { CHECK(e.evaluator.value == "p-evaluator-2"); });
    given.as(lead()).when(assignment(3)).then<EvaluationAssigned>([](const auto& e) { CHECK_FALSE(e.third); });
  }
  SECTION("the lead takes one off, whose score then does not count") {
    given.as(evaluator(2)).when(score("C1", 90)).then<ScoreSubmitted>();
    given.as(lead()).when(RecuseEvaluator{round_one, {"C1"}, {"p-evaluator-2"}, ConflictGround::took_part});
    given.when(RecuseEvaluator{round_one, {"C1"}, {"p-evaluator-2"}, ConflictGround::took_part}).refused(not_assigned);
    given.when(assignment(2)).refused(interest_declared);
    given.as(evaluator(1)).when(score("C1", 70)).not_then<GradeProposed>();
    given.as(lead()).when(assignment(3)).as(evaluator(3)).when(score("C1", 72));
    given.then<GradeProposed>([](const auto& e) { CHECK(e.marks == 71); });
  }
}

TEST_CASE("a round closes when every case has its final grade") {
  Given given;
  enrol(given, "U1");
  archive(given, {"C1"}), archive(given, {"C2"});
  open_round(given, "2024-03-31");
  grade(given, "C1", 90), grade(given, "C2", 40);
  given.as(lead()).when(CloseRound{round_one}).refused(cases_pending);
  given.on("2024-03-20").as(director()).when(finalise("C1")).when(finalise("C2"));
  given.as(lead()).when(CloseRound{round_one}).then<RoundClosed>([](const auto& e) {
    CHECK(e.cases == 2);
    CHECK(e.excellent == 1);
    CHECK(e.unqualified == 1);
    CHECK(e.qualified == 0);
  });
  given.when(CloseRound{round_one}).refused(round_closed);
  given.when(SampleCases{round_one, {}}).refused(round_closed);
}

TEST_CASE("who called the recipient does not evaluate the case") {
  Given given = with_assigned_case();
  given.as(actor("p-caller", {Role::supervisor})).on("2024-03-10").when(call("c-1"));
  given.on("2024-06-03").as(undertaker("u-1")).when(ConcludeCase{{"c-1"}, CaseOutcome::judgment});
  given.when(SubmitFile{{"c-1"}, {}}).as(supervisor()).when(review("c-1")).when(ArchiveFile{{"c-1"}});
  open_round(given, "2024-06-30");
  for (const auto* person : {"p-caller", "p-supervisor", "p-assigner"}) {
    given.as(lead()).when(AppointEvaluator{round_one, {person}, "centre", {}});
    given.when(AssignEvaluation{round_one, {"c-1"}, {person}}).refused(took_part_in_case);
  }
}
