// M1: who may handle cases.
#include "events/governance.hpp"
#include "tests/support/casework.hpp"

using namespace aidledger;
using namespace aidledger::rules;
using namespace aidledger::testing;

TEST_CASE("a lawyer is enrolled with licence and name, and may then be assigned") {
  Given().as(intake()).when(lawyer("u-1")).then<UndertakerEnrolled>([](const auto& e) {
    CHECK(e.person.value == "p-u-1");
    CHECK(e.licence == "L-u-1");
    CHECK(to_text(e.salaried_from) == "2024-03-01");
    CHECK_FALSE(e.full_name.box.empty());
  });
}

TEST_CASE("one licence carries one enrolment, until its holder has left") {
  auto other = lawyer("u-2");
  other.licence = "L-u-1";
  Given()
      .as(intake())
      .when(lawyer("u-1"))
      .when(other)
      .refused(licence_in_use)
      .when(lawyer("u-1"))
      .refused(already_exists);
  Given()
      .as(intake())
      .when(lawyer("u-1"))
      .when(RecordDeparture{{"u-1"}, "retired"})
      .when(other)
      .then<UndertakerEnrolled>();
}

TEST_CASE("lawyers and grassroots workers need a licence, staff of judicial offices do not") {
  auto without = lawyer("u-1");
  without.licence.reset();
  Given().as(intake()).when(without).refused(licence_needed);
  without.category = UndertakerCategory::judicial_office;
  Given()
      .as(intake())
      .when(without)
      .when(ChangeCategory{{"u-1"}, UndertakerCategory::social_lawyer, "firm", "chengbei", false, {}, "moved"})
      .refused(licence_needed);
}

TEST_CASE("a change of category is recorded with the day from which the salary holds") {
  Given()
      .as(intake())
      .when(lawyer("u-1"))
      .when(ChangeCategory{{"u-1"},
                           UndertakerCategory::fulltime_legal_aid_lawyer,
                           "centre",
                           "chengbei",
                           true,
                           date("2024-04-01"),
                           "joined the centre"})
      .then<CategoryChanged>([](const auto& e) { CHECK(to_text(e.salaried_from) == "2024-04-01"); })
      .look([](const State& state) { CHECK(standing_of(state, {"u-1"})->salaried); });
}

TEST_CASE("suspension and departure are decisions that cannot be taken twice") {
  Given()
      .as(intake())
      .when(lawyer("u-1"))
      .as(director())
      .when(ReinstateUndertaker{{"u-1"}, "error"})
      .refused(wrong_state)
      .when(SuspendUndertaker{{"u-1"}, "investigation"})
      .when(SuspendUndertaker{{"u-1"}, "investigation"})
      .refused(wrong_state)
      .when(ReinstateUndertaker{{"u-1"}, "cleared"})
      .as(intake())
      .when(RecordDeparture{{"u-1"}, "retired"})
      .when(RecordDeparture{{"u-1"}, "retired"})
      .refused(has_left)
      .when(RecordDeparture{{"u-9"}, "retired"})
      .refused(not_enrolled);
}

TEST_CASE("a lapsed qualification is in force again once the bureau has verified it") {
  Given()
      .as(intake())
      .when(lawyer("u-1"))
      .when(lawyer("u-2"))
      .as(bureau())
      .when(LapseQualification{{"u-1"}, "annual check"})
      .look([](const State& state) { CHECK(standing_of(state, {"u-1"})->lapsed); })
      .when(LapseQualification{{"u-1"}, "annual check"})
      .refused(wrong_state)
      .when(VerifyQualification{{"u-1"}, "L-u-2", {}, {}})
      .refused(licence_in_use)
      .when(VerifyQualification{{"u-1"}, "", {}, {}})
      .refused(licence_needed)
      .when(VerifyQualification{{"u-1"}, "L-u-1", {}, date("2025-05-31")})
      .then<QualificationVerified>()
      .look([](const State& state) { CHECK_FALSE(standing_of(state, {"u-1"})->lapsed); });
}

TEST_CASE("a payment hold stands for all cases or for one, and is lifted as it was placed") {
  const PlacePaymentHold all{{"u-1"}, {}, "complaint"}, one{{"u-1"}, CaseId{"c-1"}, "complaint"};
  Given()
      .as(intake())
      .when(lawyer("u-1"))
      .as(director())
      .when(PlacePaymentHold{{"u-9"}, {}, "complaint"})
      .refused(not_enrolled)
      .when(one)
      .look([](const State& state) { CHECK_FALSE(standing_of(state, {"u-1"})->payment_hold); })
      .when(LiftPaymentHold{{"u-1"}, {}, "settled"})
      .refused(wrong_state)
      .when(all)
      .when(all)
      .refused(wrong_state)
      .look([](const State& state) { CHECK(standing_of(state, {"u-1"})->payment_hold); })
      .when(LiftPaymentHold{{"u-1"}, {}, "settled"})
      .then<PaymentHoldLifted>();
}

TEST_CASE("what a director asks for and is refused is recorded, whatever else may ask for it") {
  auto without = lawyer("u-1");
  without.licence.reset();
  Given().as(intake()).when(without).refused(licence_needed).not_then<ActionRefused>();
  Given().as(director()).when(without).refused(licence_needed).then<ActionRefused>([](const auto& e) {
    CHECK(e.action == "enrol-undertaker");
    CHECK(e.refusal == "licence-needed");
  });
}
