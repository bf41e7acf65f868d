// M14: what a case pays, in fen, reckoned by hand.
#include "events/governance.hpp"
#include "tests/support/quality_story.hpp"

using namespace aidledger;
using namespace aidledger::rules;
using namespace aidledger::testing;

namespace {

/// A civil case at first instance: CNY 1,400.00 = 140,000 fen.
struct Earned : Given {
  explicit Earned(Archived archived = {"C1"}) {
    enrol(*this, "U1");
    archive(*this, archived);
    open_round(*this, "2024-03-31");
  }
  Given& final_with(int marks) {
    grade(*this, "C1", marks);
    return on("2024-03-20").as(director()).when(finalise("C1"));
  }
};

Money entitled(const Given& given) { return given.state().get<SubsidyRow>(row_key({"C1"}))->entitlement; }
RecordVouchedCosts costs(std::int64_t fen, const std::string& document = "V-1") {
  return {{"C1"}, {{CostKind::travel, {fen}, document}}};
}

Policy policy(std::string_view text) { return {{"subsidy", "x"}, {}, {}, *parsers().toml(text)}; }
SubsidyRow civil() {
  SubsidyRow row;
  row.case_type = "civil", row.stage = "first-trial";
  return row;
}

}  // namespace

TEST_CASE("the grade scales the standard case subsidy") {
  Earned given;
  SECTION("unqualified: 1,400.00 less 40 % = 840.00") {
    given.final_with(50).then<SubsidyCalculated>([](const auto& e) {
      CHECK(e.formula.standard.fen == 140'000);
      CHECK(e.formula.share.value == 10'000);
      CHECK(e.formula.rate.value == -4'000);
      CHECK(e.formula.quality_amount.fen == -56'000);
      CHECK(e.entitlement.fen == 84'000);
      CHECK(e.undertaker.value == "U1");
      CHECK(e.case_type == "civil");
      CHECK(e.stage == "first-trial");
      CHECK(e.formula.policy == PolicyRef{"subsidy", "1"});
      CHECK(e.formula.trace ==
            "standard 1400.00 x 100 % = 1400.00; unqualified: standard 1400.00 x -40 % = -560.00; vouched costs 0.00; "
            "entitlement 840.00");
    });
  }
  SECTION("qualified: 1,400.00") {
    given.final_with(70).then<SubsidyCalculated>([](const auto& e) { CHECK(e.entitlement.fen == 140'000); });
  }
  SECTION("excellent: 1,400.00 and 30 % = 1,820.00") {
    given.final_with(90).then<SubsidyCalculated>([](const auto& e) {
      CHECK(e.formula.quality_amount.fen == 42'000);
      CHECK(e.entitlement.fen == 182'000);
    });
  }
  SECTION("it rests on the event that made the grade final") {
    given.final_with(90).then<SubsidyCalculated>([&](const auto& e) {
      CHECK(e.formula.grade == Grade::excellent);
      CHECK(e.formula.grade_event == given.last_ref(0));
    });
  }
}

TEST_CASE("a redetermined grade changes the entitlement by the difference") {
  Earned given;
  given.final_with(50).when(redetermine("C1", 90)).then<SubsidyAdjusted>([](const auto& e) {
    CHECK(e.cause == SubsidyCause::grade_redetermined);
    CHECK(e.revision == 2);
    CHECK(e.previous.fen == 84'000);
    CHECK(e.entitlement.fen == 182'000);
    CHECK(e.delta.fen == 98'000);
  });
  given.when(redetermine("C1", 50)).then<SubsidyAdjusted>([](const auto& e) {
    CHECK(e.revision == 3);
    CHECK(e.delta.fen == -98'000);
  });
  SECTION("other marks, the same grade: nothing") {
    given.when(redetermine("C1", 52)).not_then<SubsidyAdjusted>();
    CHECK(entitled(given).fen == 84'000);
  }
}

TEST_CASE("vouched costs are reimbursed unscaled") {
  Earned given;
  given.as(clerk()).when(costs(12'345)).then<VouchedCostsRecorded>([](const auto& e) {
    CHECK(e.amount.fen == 12'345);
    CHECK(e.undertaker.value == "U1");
    CHECK(e.stage == "first-trial");
  });
  given.final_with(50);
  CHECK(entitled(given).fen == 84'000 + 12'345);
  given.as(clerk()).when(costs(655, "V-2")).then<SubsidyAdjusted>([](const auto& e) {
    CHECK(e.cause == SubsidyCause::costs_vouched);
    CHECK(e.delta.fen == 655);
    CHECK(e.formula.direct_costs.fen == 13'000);
    CHECK(e.entitlement.fen == 97'000);
  });
}

TEST_CASE("costs come with vouchers, each once, of own cases") {
  Earned given;
  given.as(clerk());
  SECTION("none") { given.when(RecordVouchedCosts{{"C1"}, {}}).refused(no_voucher); }
  SECTION("nothing") { given.when(costs(0)).refused(voucher_out_of_range); }
  SECTION("less than nothing") { given.when(costs(-1)).refused(voucher_out_of_range); }
  SECTION("too much") { given.when(costs(100'000'001)).refused(voucher_out_of_range); }
  SECTION("no document") { given.when(costs(1, "")).refused(voucher_out_of_range); }
  SECTION("twice at once") {
    auto twice = costs(1);
    twice.vouchers.push_back(twice.vouchers[0]);
    given.when(twice).refused(voucher_known);
  }
  SECTION("twice in turn") { given.when(costs(1)).when(costs(1)).refused(voucher_known); }
  SECTION("no such case") { given.when(RecordVouchedCosts{{"C9"}, {}}).refused(nobody_to_reimburse); }
  SECTION("another's case") { given.as(undertaker("U2")).when(costs(1)).refused(not_own_costs); }
  SECTION("the own one") { given.as(undertaker("U1")).when(costs(1)).then<VouchedCostsRecorded>(); }
}

TEST_CASE("a salaried undertaker gets vouched costs only, whatever the grade") {
  Earned given({"C1", "U1", true});
  given.as(clerk()).when(costs(5'000));
  given.final_with(90).then<SubsidyAdjusted>([](const auto& e) {
    CHECK(e.formula.salaried);
    CHECK(e.formula.share.value == 0);
    CHECK(e.formula.base.fen == 0);
    CHECK(e.formula.quality_amount.fen == 0);
    CHECK(e.entitlement.fen == 5'000);
  });
}

TEST_CASE("an evaluation more than 24 months after archiving comes too late for the money") {
  Earned given;
  grade(given, "C1", 50);
  SECTION("on the last day") { given.on("2026-03-01").as(director()).when(finalise("C1")).then<SubsidyCalculated>(); }
  SECTION("on the day after") {
    given.on("2026-03-02").as(director()).when(finalise("C1")).then<GradeFinalised>();
    given.not_then<SubsidyCalculated>();
  }
}

TEST_CASE("the policy of the day on which the subsidy was earned holds for good") {
  Earned given;
  given.events(PolicyAdopted{"subsidy", "2", date("2024-03-10"), "[standard.civil]\ndefault = 200000\n", ""});
  given.final_with(70).then<SubsidyCalculated>([](const auto& e) {
    CHECK(e.formula.policy.version == "1");
    CHECK(e.entitlement.fen == 140'000);
  });
}

TEST_CASE("standard amounts go by case type and stage") {
  const Policy shipped = policy(
      "[standard.criminal]\ndefault = 120000\ninvestigation = 60000\n[standard.civil]\ndefault = 140000\n"
      "non-litigation = 25000\n");
  SubsidyRow row = civil();
  CHECK(reckon(shipped, row, {}).standard.fen == 140'000);
  row.stage = "non-litigation";
  CHECK(reckon(shipped, row, {}).standard.fen == 25'000);
  row.case_type = "criminal", row.stage = "investigation";
  CHECK(reckon(shipped, row, {}).standard.fen == 60'000);
  row.stage = "second-trial";
  CHECK(reckon(shipped, row, {}).standard.fen == 120'000);
}

TEST_CASE("a terminated case pays a share, by stage and work done where the policy says so") {
  SubsidyRow row = civil();
  row.terminated = true, row.work_done = "before-hearing";
  const std::string standard = "[standard.civil]\ndefault = 140000\n";
  CHECK(entitlement_of(reckon(policy(standard), row, {})).fen == 70'000);
  CHECK(entitlement_of(reckon(policy(standard + "[terminated]\ndefault_bp = 2000\n"), row, {})).fen == 28'000);
  const std::string by_work = "[terminated]\ndefault_bp = 5000\nnone_bp = 0\nbefore-hearing_bp = 4000\n";
  CHECK(entitlement_of(reckon(policy(standard + by_work), row, {})).fen == 56'000);
  const std::string by_stage = by_work + "[terminated.first-trial]\nbefore-hearing_bp = 6000\n";
  CHECK(entitlement_of(reckon(policy(standard + by_stage), row, {})).fen == 84'000);
  row.work_done = "none";
  CHECK(entitlement_of(reckon(policy(standard + by_work), row, {})).fen == 0);
}

TEST_CASE("what the rate applies to is a matter of policy") {
  SubsidyRow row = civil();
  row.direct_costs = {10'000};
  const std::string text = "labour_bp = 8000\n[grades]\nunqualified_bp = -4000\n[standard.civil]\ndefault = 140000\n";
  const CurrentGrade bad{Grade::unqualified, EventRef{7, 0}};
  // standard: 1,400.00 - 560.00 + 100.00; labour: 1,120.00 x 40 % = 448.00; total: 1,500.00 x 40 % = 600.00
  CHECK(entitlement_of(reckon(policy(text), row, bad)).fen == 94'000);
  CHECK(entitlement_of(reckon(policy("quality_base = \"labour\"\n" + text), row, bad)).fen == 105'200);
  CHECK(entitlement_of(reckon(policy("quality_base = \"total\"\n" + text), row, bad)).fen == 90'000);
}

TEST_CASE("each component is rounded once, half up") {
  SubsidyRow row = civil();
  row.terminated = true;
  // 1,000.01 x 50 % = 500.005 -> 500.01; 500.01 x -40 % = -200.004 -> -200.00
  const Policy odd =
      policy("[terminated]\ndefault_bp = 5000\n[grades]\nunqualified_bp = -4000\n[standard.civil]\ndefault = 100001\n");
  const SubsidyFormula f = reckon(odd, row, {Grade::unqualified, EventRef{7, 0}});
  CHECK(f.base.fen == 50'001);
  CHECK(f.quality_amount.fen == -20'000);
  CHECK(entitlement_of(f).fen == 30'001);
}

TEST_CASE("when the file is archived the entitlement is reckoned, as not evaluated") {
  Given given = with_file();
  given.as(supervisor()).when(review("c-1")).when(ArchiveFile{{"c-1"}});
  given.then<SubsidyCalculated>([](const auto& e) {
    CHECK(e.cause == SubsidyCause::file_archived);
    CHECK(e.case_id.value == "c-1");
    CHECK(e.undertaker.value == "u-1");
    CHECK_FALSE(e.formula.grade);
    CHECK(e.formula.rate.value == 0);
    CHECK(e.revision == 1);
    CHECK(e.entitlement.fen == 140'000);
  });
}

TEST_CASE("when aid is terminated half of the standard is due, and archiving changes nothing") {
  Given given = with_assigned_case();
  given.on("2024-03-20")
      .as(clerk())
      .when(
          TerminateAid{{"c-1"}, recipient_of("c-1"), TerminationGround::recipient_asked, WorkDone::before_hearing, {}});
  given.then<SubsidyCalculated>([](const auto& e) {
    CHECK(e.cause == SubsidyCause::aid_terminated);
    CHECK(e.formula.terminated);
    CHECK(e.formula.share.value == 5'000);
    CHECK(e.entitlement.fen == 70'000);
  });
  given.on("2024-04-10").as(undertaker("u-1")).when(SubmitFile{{"c-1"}, {}});
  given.as(supervisor()).when(review("c-1")).when(ArchiveFile{{"c-1"}}).then<FileArchived>();
  given.not_then<SubsidyCalculated>().not_then<SubsidyAdjusted>();
}

TEST_CASE("a case that nobody had is terminated without a subsidy") {
  Given given;
  given.on("2024-03-01").as(intake()).when(civil_case("c-9"));
  given.when(TerminateAid{{"c-9"}, recipient_of("c-9"), TerminationGround::recipient_asked, WorkDone::none, {}});
  given.then<AidTerminated>().not_then<SubsidyCalculated>();
}
