// M5: sanctions by two people, after a hearing; appeal, reversal, requalification.
#include "events/governance.hpp"
#include "tests/support/ladder_story.hpp"

using namespace aidledger;
using namespace aidledger::rules;
using namespace aidledger::testing;

namespace {

constexpr auto disqualify = Sanction::disqualification;
const ConfirmSanction confirm{{"S1"}};

/// Three final unqualified grades, a hearing offered on 2024-03-20 and a statement made.
struct Heard : OnLadder {
  Heard() : OnLadder(4) {
    on_step_three();
    as(director()).when(OfferHearing{{"U1"}});
    as(undertaker("U1")).when(statement());
  }
  Heard& is_disqualified() {
    as(director()).when(proposal(disqualify));
    as(bureau()).when(confirm).then<UndertakerDisqualified>();
    return *this;
  }
};

}  // namespace

TEST_CASE("a warning at the second takes two people") {
  OnLadder given(3);
  given.makes_final("C1");
  given.as(director()).when(given.proposal(Sanction::warning)).refused(nothing_to_decide);
  given.then<ActionRefused>([](const auto& e) { CHECK(e.action == "propose-sanction"); });
  given.makes_final("C2");
  given.when(given.proposal(disqualify)).refused(step_too_low);
  auto silent = given.proposal(Sanction::warning);
  silent.reasons.clear();
  given.when(silent).refused(reasons_required);
  given.when(given.proposal(Sanction::warning)).then<SanctionProposed>([](const auto& e) {
    CHECK(e.step == 2);
    CHECK(e.proposed_by == "p-director");
  });
  given.when(given.proposal(Sanction::warning)).refused(already_exists);
  given.when(confirm).refused(same_person);
  given.as(bureau()).when(confirm).then<ManagementWarningIssued>([](const auto& e) {
    CHECK(e.step == 2);
    CHECK(e.counted.size() == 2);
    CHECK(e.absorbed == std::vector<std::int32_t>{1});
    CHECK(e.proposed_by == "p-director");
    CHECK(e.confirmed_by == "p-bureau");
  });
  CHECK(given.clock_ended("written-comments"));
  given.when(confirm).refused(proposal_decided);
  given.when(ConfirmSanction{{"S9"}}).refused(not_found);
  given.as(director()).when(given.proposal(Sanction::warning, "S2")).refused(nothing_to_decide);
  given.makes_final("C3").then<LadderStepReached>([](const auto& e) { CHECK(e.absorbed.empty()); });
}

TEST_CASE("nobody decides on the own standing") {
  OnLadder given(2);
  given.makes_final("C1"), given.makes_final("C2");
  const auto self = actor("p-U1", {Role::centre_director, Role::bureau});
  given.as(self).when(given.proposal(Sanction::none)).refused(own_sanction);
  given.when(OfferHearing{{"U1"}}).refused(own_sanction);
  given.as(director()).when(given.proposal(Sanction::none)).as(self).when(confirm).refused(own_sanction);
}

TEST_CASE("what was proposed on other grades is not confirmed") {
  OnLadder given(3);
  given.makes_final("C1"), given.makes_final("C2");
  given.when(given.proposal(Sanction::warning));
  SECTION("one more") { given.makes_final("C3"), given.as(bureau()).when(confirm).refused(step_changed); }
  SECTION("one less") {
    given.as(director()).when(redetermine("C1", 70)).as(bureau()).when(confirm).refused(step_changed);
  }
}

TEST_CASE("a disqualification needs a hearing offered, and its time passed or a statement made") {
  OnLadder given(3);
  given.as(director()).when(OfferHearing{{"U1"}}).refused(nothing_to_decide);
  given.on_step_three().as(director());
  given.when(given.proposal(disqualify)).refused(hearing_required);
  given.when(OfferHearing{{"U1"}}).then<HearingOffered>([](const auto& e) { CHECK(e.step == 3); });
  given.when(OfferHearing{{"U1"}}).refused(wrong_state);
  CHECK(given.clock_due("hearing-statement") == "2024-03-27");
  SECTION("not before the time has passed") {
    given.on("2024-03-27").when(given.proposal(disqualify)).refused(hearing_window_open);
    given.on("2024-03-28").when(given.proposal(disqualify)).then<SanctionProposed>();
  }
  SECTION("a statement ends the wait") {
    given.as(undertaker("U2")).when(given.statement()).refused(not_the_undertaker);
    auto strange = given.statement();
    strange.person = {"p-strange"};
    given.as(undertaker("U1")).when(strange).refused(not_the_undertakers_key);
    given.when(given.statement()).then<StatementReceived>();
    CHECK(given.clock_ended("hearing-statement"));
    given.as(director()).when(given.proposal(disqualify)).then<SanctionProposed>();
  }
  SECTION("a clerk may take it down") {
    given.as(actor("p-clerk", {Role::intake})).when(given.statement()).then<StatementReceived>();
  }
  SECTION("a milder decision needs none") {
    given.when(given.proposal(Sanction::warning)).as(bureau()).when(confirm).then<ManagementWarningIssued>();
    CHECK_FALSE(given.standing().assignment_hold);
  }
}

TEST_CASE("one decision at the highest step reached") {
  Heard given;
  CHECK(given.standing().assignment_hold);
  given.as(director()).when(given.proposal(disqualify)).as(bureau()).when(confirm);
  given.then<UndertakerDisqualified>([](const auto& e) {
    CHECK(e.step == 3);
    CHECK(e.counted.size() == 3);
    CHECK(e.absorbed == std::vector<std::int32_t>{1, 2});
    CHECK(to_text(e.effective_from) == "2024-03-20");
    CHECK(to_text(e.until) == "2025-03-20");
    CHECK(e.policy == PolicyRef{"ladder", "1"});
  });
  CHECK_FALSE(given.standing().assignment_hold);
  CHECK(given.standing().disqualified_by == ProposalId{"S1"});
}

TEST_CASE("nothing imposed: the step is decided and the hold lifted") {
  Heard given;
  given.as(director()).when(given.proposal(Sanction::none)).as(bureau()).when(confirm);
  given.then<LadderDecided>([](const auto& e) { CHECK(e.counted.size() == 3); });
  CHECK_FALSE(given.standing().assignment_hold);
  SECTION("until the next one") {
    given.makes_final("C4").then<LadderStepReached>([](const auto& e) { CHECK(e.assignment_hold); });
  }
}

TEST_CASE("a disqualification says what becomes of each open case") {
  Heard given;
  assign(given, {"D1"}), assign(given, {"D2"});
  auto plan = given.proposal(disqualify);
  given.as(director()).when(plan).refused(open_cases_unplanned);
  plan.open_cases = {{{"D1"}, CasePlan::keep}};
  given.when(plan).refused(open_cases_unplanned);
  plan.open_cases.push_back({{"D3"}, CasePlan::transfer});
  given.when(plan).refused(not_an_open_case);
  plan.open_cases[1] = plan.open_cases[0];
  given.when(plan).refused(not_an_open_case);
  plan.open_cases[1] = {{"D2"}, CasePlan::transfer};
  given.when(plan).as(bureau()).when(confirm).then<UndertakerDisqualified>([](const auto& e) {
    REQUIRE(e.open_cases.size() == 2);
    CHECK(e.open_cases[1].plan == CasePlan::transfer);
  });
}

TEST_CASE("a policy may want the warning before the disqualification") {
  Heard given;
  given.policy("ladder", "2", "require_notice = true\n");
  given.as(director()).when(given.proposal(disqualify)).refused(earlier_step_undecided);
}

TEST_CASE("a redetermined grade reverses what no longer holds, and history stays") {
  Heard given;
  given.is_disqualified();
  SECTION("two are not enough for a disqualification") {
    given.as(director()).when(redetermine("C3", 70)).then<SanctionReversed>([](const auto& e) {
      CHECK(e.proposal.value == "S1");
      CHECK(e.sanction == disqualify);
      CHECK(e.ground == ReversalGround::grade_redetermined);
    });
    CHECK_FALSE(given.standing().disqualified_by);
    CHECK(given.state().get<SanctionRow>(row_key({"U1", "S1"}))->counted.size() == 3);
    given.when(given.proposal(Sanction::warning, "S2")).as(bureau()).when(ConfirmSanction{{"S2"}});
    given.then<ManagementWarningIssued>();
  }
  SECTION("a fourth keeps it") {
    given.makes_final("C4");
    given.when(redetermine("C3", 70)).then<LadderStepReached>([](const auto& e) { CHECK(e.step == 3); });
    given.not_then<SanctionReversed>();
  }
}

TEST_CASE("the bureau decides an appeal") {
  Heard given;
  const AppealSanction appeal{{"S1"}, person_of("U1"), sealed("I appeal")};
  const DecideSanctionAppeal reverse{{"S1"}, AppealOutcome::reversed, "the hearing came too early"};
  given.as(undertaker("U1")).when(appeal).refused(not_found);
  given.as(director()).when(given.proposal(disqualify)).as(undertaker("U1")).when(appeal).refused(not_in_force);
  given.as(bureau()).when(confirm);
  given.as(undertaker("U2")).when(appeal).refused(not_the_undertaker);
  given.as(actor("p-bureau-2", {Role::bureau})).when(reverse).refused(no_appeal);
  given.as(undertaker("U1")).when(appeal).then<SanctionAppealLodged>();
  given.when(appeal).refused(already_appealed);
  given.as(bureau()).when(reverse).refused(decided_own_appeal);
  given.as(actor("p-U1", {Role::bureau})).when(reverse).refused(own_sanction);
  given.as(actor("p-bureau-2", {Role::bureau}));
  SECTION("with reasons") {
    given.when(DecideSanctionAppeal{{"S1"}, AppealOutcome::upheld, ""}).refused(reasons_required);
  }
  SECTION("upheld: it stays, and that was that") {
    given.when(DecideSanctionAppeal{{"S1"}, AppealOutcome::upheld, "rightly so"}).not_then<SanctionReversed>();
    given.when(reverse).refused(no_appeal);
  }
  SECTION("reversed") {
    given.when(reverse).then<SanctionReversed>([](const auto& e) { CHECK(e.ground == ReversalGround::appeal); });
    CHECK_FALSE(given.standing().disqualified_by);
    CHECK(given.standing().step == 3);
    given.as(undertaker("U1")).when(appeal).refused(not_in_force);
  }
}

TEST_CASE("requalification after the time has passed, with training, on probation") {
  Heard given;
  const RequalifyUndertaker requalify{{"U1"}, "training-2025-02"};
  given.as(director()).when(requalify).refused(not_disqualified);
  given.is_disqualified();
  given.as(director()).on("2025-03-19").when(requalify).refused(disqualification_runs);
  given.on("2025-03-20").when(RequalifyUndertaker{{"U1"}, ""}).refused(training_required);
  given.as(actor("p-U1", {Role::centre_director})).when(requalify).refused(own_sanction);
  given.as(director()).when(RequalifyUndertaker{{"U9"}, "x"}).refused(not_found);
  given.when(requalify).then<UndertakerRequalified>([](const auto& e) {
    CHECK(e.proposal.value == "S1");
    CHECK(to_text(e.probation_until) == "2026-03-20");
  });
  CHECK_FALSE(given.standing().disqualified_by);
  SECTION("another unqualified grade asks for another decision") {
    given.makes_final("C4").then<LadderStepReached>([](const auto& e) {
      CHECK(e.counted.size() == 4);
      CHECK(e.assignment_hold);
    });
  }
}

TEST_CASE("no case is assigned under the hold, nor to the disqualified") {
  Heard given;
  given.as(intake()).when(civil_case("N1")).as(assigner());
  given.when(testing::assign("N1", "U1")).refused(assignment_held);
  SECTION("a warning lifts the hold") {
    given.as(director()).when(given.proposal(Sanction::warning)).as(bureau()).when(confirm);
    given.as(assigner()).when(testing::assign("N1", "U1")).then<UndertakerAssigned>([](const auto& e) {
      CHECK(e.seen.ladder_step == 3);
    });
  }
  SECTION("so does a grade that is redetermined") {
    given.as(director()).when(redetermine("C3", 70));
    given.as(assigner()).when(testing::assign("N1", "U1")).then<UndertakerAssigned>();
  }
  SECTION("a disqualification takes its place") {
    given.is_disqualified().as(assigner()).when(testing::assign("N1", "U1")).refused(disqualified);
    SECTION("until it is reversed") {
      given.as(director()).when(redetermine("C3", 70));
      given.as(assigner()).when(testing::assign("N1", "U1")).then<UndertakerAssigned>();
    }
    SECTION("or served: then on probation") {
      given.on("2025-03-20").as(director()).when(RequalifyUndertaker{{"U1"}, "training-2025-02"});
      given.as(assigner()).when(testing::assign("N1", "U1")).then<UndertakerAssigned>([](const auto& e) {
        CHECK(e.seen.on_probation);
      });
    }
    SECTION("its time running out is not enough") {
      given.on("2026-01-01").as(assigner()).when(testing::assign("N1", "U1")).refused(disqualified);
    }
  }
}
