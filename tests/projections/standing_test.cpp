// Who may still take cases, and why not.
#include <catch2/catch.hpp>

#include "projections/standing.hpp"
#include "tests/projections/city.hpp"
#include "tests/projections/leave_one_out.hpp"

using namespace aidledger;
using namespace aidledger::projections;
using namespace aidledger::projections::testing;

namespace {

constexpr Date today{19'900};  // 2024-06-26

StandingRow row_of(const History& history, const std::string& id = "u-1") {
  CHECK(inexact(history.records()) == std::vector<std::string>{});
  Layer rows(no_rows());
  fold_all(rows, history.records());
  const auto row = rows.get<StandingRow>(row_key({id}));
  REQUIRE(row);
  return *row;
}

std::vector<WhyNot> reasons(const StandingRow& row) {
  std::vector<WhyNot> out;
  for (const auto& reason : why_not(row, today)) out.push_back(reason.why);
  return out;
}

History enrolled() {
  History history;
  history.happened(enrol("u-1"));
  return history;
}

using Reasons = std::vector<WhyNot>;

}  // namespace

TEST_CASE("an undertaker who is enrolled and nothing else is eligible") { CHECK(reasons(row_of(enrolled())).empty()); }

TEST_CASE("an undertaker known from an import alone is not enrolled") {
  History history;
  history.happened(UndertakerImported{{"u-1"}, {"permits"}});
  CHECK(reasons(row_of(history)) == Reasons{WhyNot::not_enrolled});
}

TEST_CASE("a suspension stands until reinstated, and names what placed it") {
  History history = enrolled();
  UndertakerSuspended suspended;
  suspended.undertaker = {"u-1"}, suspended.ground = "complaint under investigation";
  history.happened(suspended);
  CHECK(why_not(row_of(history), today).at(0).by == EventRef{1, 0});
  history.happened(UndertakerReinstated{{"u-1"}, "nothing found"});
  CHECK(reasons(row_of(history)).empty());
}

TEST_CASE("a licence that lapsed or ran out is a reason, and one verified again is none") {
  History history = enrolled();
  history.happened(QualificationLapsed{{"u-1"}, "L-u-1", "not renewed"});
  CHECK(reasons(row_of(history)) == Reasons{WhyNot::licence_lapsed});
  history.happened(QualificationVerified{{"u-1"}, "L-u-1", {}, today});
  CHECK(reasons(row_of(history)).empty());
  CHECK(why_not(row_of(history), today + 1).size() == 1);
}

TEST_CASE("whoever left is not eligible until enrolled again") {
  History history = enrolled();
  history.happened(UndertakerLeft{{"u-1"}, "L-u-1", "moved away"});
  CHECK(reasons(row_of(history)) == Reasons{WhyNot::left});
  history.happened(enrol("u-1"));
  CHECK(reasons(row_of(history)).empty());
}

TEST_CASE("from the third unqualified grade on there is a hold, until the director has decided") {
  History history = enrolled();
  for (const auto* id : {"c-1", "c-2", "c-3"}) history.happened(final_grade(id, "u-1", Grade::unqualified));
  history.also(step("u-1", 2, 3, true));
  auto row = row_of(history);
  CHECK(reasons(row) == Reasons{WhyNot::assignment_hold});
  CHECK(row.ladder->step == 3);
  CHECK(row.ladder->counted.size() == 3);
  CHECK(row.unqualified.size() == 3);

  UndertakerDisqualified decision;
  decision.proposal = {"s-1"}, decision.undertaker = {"u-1"}, decision.step = 3;
  decision.effective_from = today, decision.until = today + 365;
  history.happened(decision);
  row = row_of(history);
  CHECK(reasons(row) == Reasons{WhyNot::disqualified});

  UndertakerRequalified again;
  again.proposal = {"s-1"}, again.undertaker = {"u-1"}, again.probation_until = today + 800;
  history.happened(again);
  CHECK(reasons(row_of(history)).empty());
}

TEST_CASE("a redetermined grade stays on the row as what it is now, and steps the ladder back") {
  History history = enrolled();
  history.happened(final_grade("c-1", "u-1", Grade::unqualified));
  history.also(step("u-1", 0, 1));
  history.happened(redetermined("c-1", "u-1", Grade::unqualified, Grade::qualified));
  history.also(step("u-1", 1, 0));
  const auto row = row_of(history);
  CHECK(row.ladder->step == 0);
  REQUIRE(row.unqualified.size() == 1);
  CHECK(row.unqualified[0].grade->grade == Grade::qualified);
  CHECK(refs_of(row) == std::vector<EventRef>{{0, 0}, {2, 0}, {2, 1}});
}

TEST_CASE("grades that never were unqualified leave the standing alone") {
  History history = enrolled();
  history.happened(final_grade("c-1", "u-1", Grade::excellent));
  CHECK(row_of(history).unqualified.empty());
}

TEST_CASE("a payment hold for one case and one for all are two holds") {
  History history = enrolled();
  history.happened(PaymentHoldPlaced{{"u-1"}, {}, "complaint on money"});
  history.happened(PaymentHoldPlaced{{"u-1"}, CaseId{"c-1"}, "voucher missing"});
  history.happened(PaymentHoldLifted{{"u-1"}, CaseId{"c-1"}, "voucher came"});
  const auto row = row_of(history);
  REQUIRE(row.payment_holds.size() == 2);
  CHECK(row.payment_holds[0].state->on);
  CHECK_FALSE(row.payment_holds[1].state->on);
}
