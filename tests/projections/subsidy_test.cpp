// What a case pays, and how that came about.
#include <catch2/catch.hpp>

#include "projections/cases.hpp"
#include "projections/subsidy.hpp"
#include "tests/projections/city.hpp"
#include "tests/projections/leave_one_out.hpp"

using namespace aidledger;
using namespace aidledger::projections;
using namespace aidledger::projections::testing;

TEST_CASE("an entitlement holds every revision, and names the grade that it rests on") {
  History history;
  history.happened(calculated("c-1", "u-1"));
  history.happened(final_grade("c-1", "u-1", Grade::unqualified));
  const EventRef grade = history.last();
  history.also(adjusted("c-1", "u-1", grade));
  CHECK(inexact(history.records()) == std::vector<std::string>{});

  Layer rows(no_rows());
  fold_all(rows, history.records());
  const auto row = rows.get<SubsidyRow>(row_key({"c-1"}));
  REQUIRE(row);
  REQUIRE(row->stages.size() == 1);
  const auto& revisions = row->stages[0].revisions;
  REQUIRE(revisions.size() == 2);
  CHECK(revisions[0].delta == Money{140'000});
  CHECK(revisions[1].entitlement == Money{84'000});
  CHECK(revisions[1].rate == BasisPoints{-4'000});
  CHECK(refs_of(*row) == std::vector<EventRef>{{0, 0}, {1, 0}, {1, 1}});
}

TEST_CASE("a case in one row: who leads it, how far it is, its grade") {
  History history;
  history.happened(grant("c-1"));
  history.happened(assign("c-1", "u-1"));
  UndertakerReplaced replaced;
  replaced.case_id = {"c-1"}, replaced.undertaker = {"u-1"}, replaced.successor = {"u-2"};
  history.happened(replaced);
  history.also(assign("c-1", "u-2", 2));
  history.happened(conclude("c-1", "u-2"));
  history.happened(FileSubmitted{{"c-1"}, {"u-2"}, {}});
  history.happened(FileReturned{{"c-1"}, {"u-2"}, 1});
  history.happened(FileResubmitted{{"c-1"}, {"u-2"}, {}, ""});
  CHECK(inexact(history.records()) == std::vector<std::string>{});

  Layer rows(no_rows());
  fold_all(rows, history.records());
  const auto row = rows.get<CaseRow>(row_key({"c-1"}));
  REQUIRE(row);
  CHECK(row->lead->undertaker == "u-2");
  CHECK(row->lead->assignment == 2);
  CHECK(row->progress->status == CaseStatus::file_submitted);
  CHECK(row->end->outcome == "judgment");
  CHECK(row->progress.by == EventRef{6, 0});
}
