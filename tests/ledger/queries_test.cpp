// What can be asked, and what is answered.
#include <catch2/catch.hpp>

#include "projections/projection.hpp"
#include "src/ledger/queries.hpp"
#include "tests/projections/city.hpp"

using namespace aidledger;
using namespace aidledger::ledger;
using namespace aidledger::projections::testing;

namespace {

const ClockId hand_in{"file-hand-in", {"case", "c-1"}, "1"};

struct Asked {
  explicit Asked(const History& history, Opener open = {}) : records(history.records()) {
    for (const auto& record : records) projections::fold_record(rows, record);
    const auto read = [this](Seq seq) -> std::optional<Record> {
      return seq < records.size() ? std::optional(records[seq]) : std::nullopt;
    };
    ask.emplace(QuerySources{rows, records.size(), date_of(2024, 6, 1), read, std::move(open)});
  }
  const Queries* operator->() const { return &*ask; }

  std::vector<Record> records;
  Layer rows{no_rows()};
  std::optional<Queries> ask;
};

ClockStart clock_due(const ClockId& clock, Date due, const std::string& owed_by) {
  ClockStart start;
  start.clock = clock, start.from = due + -30, start.due = due, start.days = 30;
  start.policy = {"deadlines", "1"}, start.owed_by = owed_by;
  return start;
}

/// Two cases of one undertaker, one concluded with a file that is overdue, and a third case without a lead.
History small_city() {
  History history;
  history.happened(enrol("u-1", 2));
  history.happened(enrol("u-2"));
  for (const auto* id : {"c-1", "c-2", "c-3"}) history.happened(grant(id));
  history.happened(assign("c-1", "u-1"));
  history.happened(assign("c-2", "u-1"));
  history.happened(conclude("c-1", "u-1")).starts.push_back(clock_due(hand_in, date_of(2024, 3, 1), "u-1"));
  history.happened(DeadlineMissed{hand_in, date_of(2024, 3, 1), {}, "u-1"});
  return history;
}

const Tree& at(const Tree& tree, std::string_view path) {
  const Tree* found = tree.at_path(path);
  INFO(path);
  REQUIRE(found != nullptr);
  return *found;
}

std::vector<std::string> ids(const Found& found, std::string_view field = "id") {
  REQUIRE(found);
  std::vector<std::string> out;
  for (const auto& item : *at(*found, "items").as_list()) out.push_back(*item.find(field)->as_string());
  return out;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("an undertaker's standing says what it is worth up to, how much is open, and why not") {
  const Asked asked(small_city());
  const auto found = asked->undertaker("u-1");
  REQUIRE(found);
  CHECK(at(*found, "as_of_seq") == Tree(8));
  CHECK(at(*found, "undertaker.eligible") == Tree(true));
  CHECK(at(*found, "undertaker.load") == Tree(1));
  CHECK(at(*found, "undertaker.load_by_state.concluded") == Tree(1));
  CHECK(at(*found, "undertaker.refs") == Tree(TreeList{Tree("0.0"), Tree("6.0"), Tree("7.0")}));
  CHECK(asked->undertaker("nobody").error().kind == QueryProblem::Kind::not_found);
}

TEST_CASE("a suspension is a reason against the next case, and names its event") {
  History history = small_city();
  UndertakerSuspended suspended;
  suspended.undertaker = {"u-1"}, suspended.ground = "complaint";
  history.happened(suspended);
  const auto found = Asked(history)->undertaker("u-1");
  REQUIRE(found);
  CHECK(at(*found, "undertaker.eligible") == Tree(false));
  CHECK(at(*found, "undertaker.why_not") == Tree(TreeList{Tree("suspended")}));
  const Tree& reason = at(*found, "undertaker.reasons").as_list()->at(0);
  CHECK(at(reason, "reason") == Tree("suspended"));
  CHECK(at(reason, "refs") == Tree(TreeList{Tree("9.0")}));
}

TEST_CASE("undertakers and cases are found by what they are") {
  const Asked asked(small_city());
  CHECK(ids(asked->undertakers({}, {})) == Ids{"u-1", "u-2"});
  CHECK(ids(asked->undertakers({.district = "west"}, {})) == Ids{});
  CHECK(ids(asked->undertakers({.step = 0}, {})).size() == 2);
  CHECK(ids(asked->cases({}, {})) == Ids{"c-1", "c-2", "c-3"});
  CHECK(ids(asked->cases({.overdue = true}, {})) == Ids{"c-1"});
  CHECK(ids(asked->cases({.undertaker = "u-1"}, {})) == Ids{"c-1", "c-2"});
  CHECK(ids(asked->cases({.status = "granted"}, {})) == Ids{"c-3"});
  CHECK(asked->cases({.status = "lost"}, {}).error().field == "status");
}

TEST_CASE("pages go on where the one before ended, and end") {
  const Asked asked(small_city());
  const auto first = asked->cases({}, {2, ""});
  CHECK(ids(first) == Ids{"c-1", "c-2"});
  const auto second = asked->cases({}, {2, *at(*first, "next").as_string()});
  CHECK(ids(second) == Ids{"c-3"});
  CHECK(second->find("next") == nullptr);
  CHECK(asked->cases({}, {0, ""}).error().field == "limit");
  CHECK(asked->cases({}, {1'001, ""}).error().field == "limit");
  CHECK(asked->cases({}, {10, "no cursor"}).error().field == "cursor");
}

TEST_CASE("a case shows what is due, by whom, and since when it is missed") {
  const Asked asked(small_city());
  const auto found = asked->case_("c-1");
  REQUIRE(found);
  CHECK(at(*found, "case.status") == Tree("concluded"));
  CHECK(at(*found, "case.overdue") == Tree(1));
  const Tree& deadline = at(*found, "case.deadlines").as_list()->at(0);
  CHECK(at(deadline, "state") == Tree("missed-still-open"));
  CHECK(at(deadline, "owed_by") == Tree("u-1"));
  CHECK(at(deadline, "refs") == Tree(TreeList{Tree("7.0"), Tree("8.0")}));
}

TEST_CASE("deadlines are found by who owes them, case, rule, state and due date") {
  const Asked asked(small_city());
  const Ids the_one{"file-hand-in/case/c-1/1"};
  CHECK(ids(asked->deadlines({}, {})) == the_one);
  CHECK(ids(asked->deadlines({.undertaker = "u-1"}, {})) == the_one);
  CHECK(ids(asked->deadlines({.undertaker = "u-2"}, {})) == Ids{});
  CHECK(ids(asked->deadlines({.case_id = "c-1"}, {})) == the_one);
  CHECK(ids(asked->deadlines({.rule = "rights-notice"}, {})) == Ids{});
  CHECK(ids(asked->deadlines({.state = "missed-still-open"}, {})) == the_one);
  CHECK(ids(asked->deadlines({.state = "due"}, {})) == Ids{});
  CHECK(ids(asked->deadlines({.due_from = date_of(2024, 3, 1), .due_to = date_of(2024, 3, 1)}, {})) == the_one);
  CHECK(ids(asked->deadlines({.due_from = date_of(2024, 3, 2)}, {})) == Ids{});
  CHECK(asked->deadlines({.state = "late"}, {}).error().field == "state");
  CHECK(asked->deadline("file-hand-in/case/c-1/1").has_value());
  CHECK(asked->deadline("nonsense").error().field == "id");
}

TEST_CASE("a deadline that was extended is listed under its new date alone") {
  History history = small_city();
  const ClockId other{"file-hand-in", {"case", "c-2"}, "1"};
  history.happened(conclude("c-2", "u-1")).starts.push_back(clock_due(other, date_of(2024, 4, 1), "u-1"));
  history.happened(DeadlineExtended{other, date_of(2024, 5, 1), "ill"});
  const Asked asked(history);
  CHECK(ids(asked->deadlines({.due_from = date_of(2024, 4, 1), .due_to = date_of(2024, 4, 1)}, {})) == Ids{});
  CHECK(ids(asked->deadlines({.due_from = date_of(2024, 4, 2)}, {})) == Ids{"file-hand-in/case/c-2/1"});
}

TEST_CASE("deadlines with a step on or before the due date are found by the step") {
  History history;
  const ClockId payment{"payment", {"case", "c-9"}, "1"};
  CaseImported imported;
  imported.case_id = {"c-9"}, imported.source = {"fines"}, imported.zone = "Europe/Rome";
  history.happened(imported).starts.push_back(clock_due(payment, date_of(2024, 3, 1), "clerk"));
  CaseStepRecorded paid;
  paid.case_id = {"c-9"}, paid.step = "Payment", paid.on = date_of(2024, 3, 1);
  history.happened(paid);
  CHECK(ids(Asked(history)->deadlines({.with_step = "Payment"}, {})) == Ids{"payment/case/c-9/1"});
  CHECK(ids(Asked(history)->deadlines({.with_step = "Appeal"}, {})) == Ids{});

  History late;
  late.happened(imported).starts.push_back(clock_due(payment, date_of(2024, 2, 29), "clerk"));
  late.happened(paid);
  CHECK(ids(Asked(late)->deadlines({.with_step = "Payment"}, {})) == Ids{});
}

TEST_CASE("steps watched by whoever did them are listed, not refused") {
  History history;
  CaseStepRecorded same;
  same.case_id = {"c-9"}, same.step = "check", same.performer = "ann", same.supervisor = "ann";
  CaseStepRecorded other = same;
  other.supervisor = "bob";
  history.happened(same);
  history.happened(other);
  const Asked asked(history);
  CHECK(ids(asked->unwatched_steps({}), "step") == Ids{"check"});
  CHECK(at(*asked->statistics(), "unwatched_steps") == Tree(1));
}

TEST_CASE("statistics count deadlines by rule and state") {
  const auto found = Asked(small_city())->statistics();
  const Tree& rule = at(*found, "deadlines").as_list()->at(0);
  CHECK(at(rule, "rule") == Tree("file-hand-in"));
  CHECK(at(rule, "total") == Tree(1));
  CHECK(at(rule, "states.missed-still-open") == Tree(1));
  CHECK(at(rule, "states.met") == Tree(0));
}

TEST_CASE("a timeline tells what happened to a case, from its records") {
  const auto found = Asked(small_city())->timeline("c-1", {});
  CHECK(ids(found, "type") == Ids{"AidGranted", "UndertakerAssigned", "CaseConcluded"});
  CHECK(ids(found, "ref") == Ids{"2.0", "5.0", "7.0"});
  CHECK(at(*found, "deadlines").as_list()->size() == 1);
}

TEST_CASE("sealed fields stay sealed without an opener, are opened by one, and are erased where it gives nothing") {
  const auto sealed = Asked(small_city())->timeline("c-1", {});
  CHECK(at(sealed->find("items")->as_list()->at(0), "data.name.schema") == Tree("grant-aid/name"));
  const auto opened = Asked(small_city(), [](const Sealed& s) { return std::optional("clear " + s.box); });
  CHECK(at(*opened->case_("c-1"), "case.recipient_name") == Tree("clear box of c-1"));
  CHECK(at(*opened->undertaker("u-1"), "undertaker.name") == Tree("clear box of u-1"));
  const auto erased = Asked(small_city(), [](const Sealed&) { return std::optional<std::string>(); });
  CHECK(at(*erased->case_("c-1"), "case.recipient_name") == Tree("erased"));
}

TEST_CASE("an entitlement is shown by its formula, and found by its payee") {
  History history = small_city();
  history.happened(calculated("c-1", "u-1"));
  history.happened(final_grade("c-1", "u-1", Grade::unqualified));
  history.also(adjusted("c-1", "u-1", history.last()));
  const Asked asked(history);
  const auto found = asked->subsidy("c-1");
  REQUIRE(found);
  CHECK(at(*found, "subsidy.entitlement") == Tree(84'000));
  CHECK(at(*found, "subsidy.refs") == Tree(TreeList{Tree("9.0"), Tree("10.0"), Tree("10.1")}));
  const Tree& revision = at(*found, "subsidy.stages").as_list()->at(0).find("revisions")->as_list()->at(1);
  CHECK(at(revision, "rate") == Tree(-4'000));
  CHECK(at(revision, "grade_event") == Tree("10.0"));
  CHECK(ids(asked->subsidies({.undertaker = "u-1"}, {}), "case") == Ids{"c-1"});
  CHECK(ids(asked->subsidies({.undertaker = "u-2"}, {}), "case") == Ids{});
  CHECK(asked->subsidy("c-2").error().kind == QueryProblem::Kind::not_found);
}

TEST_CASE("explain returns the events with their times, rules and policies") {
  const Asked asked(small_city());
  const auto found = asked->explain("deadline", "file-hand-in/case/c-1/1");
  REQUIRE(found);
  const auto& events = *at(*found, "events").as_list();
  REQUIRE(events.size() == 2);
  CHECK(at(events[0], "type") == Tree("CaseConcluded"));
  CHECK(at(events[0], "rules") == Tree(TreeList{Tree("file-hand-in")}));
  CHECK(at(events[0], "policies").as_list()->size() == 2);
  CHECK(at(events[1], "type") == Tree("DeadlineMissed"));
  CHECK(at(events[1], "rules") == Tree(TreeList{Tree("file-hand-in")}));
  Which which;
  which.rule = "file-hand-in";
  CHECK(at(*asked->explain("deadline", "c-1", which), "events").as_list()->size() == 2);
  which.key = "2";
  CHECK_FALSE(asked->explain("deadline", "c-1", which));
  CHECK(asked->explain("weather", "c-1").error().field == "kind");
  CHECK(asked->explain("case", "c-99").error().kind == QueryProblem::Kind::not_found);
}

TEST_CASE("the feed gives whole records and says where it goes on") {
  const Asked asked(small_city());
  const auto found = asked->events(7, 100);
  CHECK(ids(found, "type") == Ids{"CaseConcluded", "DeadlineMissed"});
  CHECK(at(*found, "next") == Tree(9));
  CHECK(ids(asked->events(99, 100), "type") == Ids{});
  CHECK(at(*asked->events(0, 1), "next") == Tree(1));
}
