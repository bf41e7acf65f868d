#include <catch2/catch.hpp>

#include <set>

#include "events/values/ids.hpp"
#include "src/import/identity.hpp"
#include "src/import/planner.hpp"
#include "src/world/world.hpp"

using namespace aidledger;
using namespace aidledger::import;

namespace {

PlanSettings settings() {
  PlanSettings out;
  out.mapping = parse_mapping(R"(
[source]
name = "old"
zone = "Europe/Rome"
format = "csv"
[columns]
case = "c"
activity = "a"
time = "t"
performer = "who"
supervisor = "watch"
undertaker = "owner"
details = "amount"
[[clock]]
name = "answer"
from = "Asked"
days = 10
unit = "natural"
met_by = "Answered"
[[clock]]
name = "deadline"
due = "last"
met = "sent"
[[action]]
activity = "Closed"
action = "conclude-case"
fields = { outcome = "judgment" }
columns = { remark = "amount" }
)");
  out.zone = world::load_zone("Europe/Rome");
  out.now = *parse_instant("2024-01-01T00:00:00Z");
  return out;
}

SourceEvent step(const std::string& activity, const std::string& time, Attributes more = {}) {
  more.push_back({"a", activity});
  more.push_back({"t", time});
  return {more, 7};
}

SourceCase source(std::vector<SourceEvent> events) { return {"K 1", {}, std::move(events), 7}; }

std::set<std::string> identities(const CasePlan& plan) {
  std::set<std::string> out;
  for (const auto& part : plan.parts)
    for (const auto& item : part.items) out.insert(item.identity);
  return out;
}

}  // namespace

TEST_CASE("a history becomes steps in order of time, with performers and supervisors by id") {
  const auto plan = plan_case(source({step("Second", "2020-01-03", {{"who", "R2"}, {"watch", "王 伟"}}),
                                      step("First", "2020-01-02T23:30:00Z", {{"owner", "R1"}, {"amount", "35.0"}})}),
                              settings());
  REQUIRE(plan.parts.size() == 1);
  const auto& part = plan.parts[0];
  CHECK(is_id(part.case_id));
  CHECK(part.case_id.starts_with("old.K_1-"));
  CHECK(part.case_key == "K 1");
  CHECK(part.undertaker == "old.R1");
  REQUIRE(plan.undertaker);
  CHECK(plan.undertaker->id == "old.R1");
  REQUIRE(part.items.size() == 2);
  CHECK(part.items[0].name == "Second");
  CHECK(part.opened_at == part.items[0].at);
  CHECK(part.items[0].performer == "old.R2");
  CHECK(part.items[0].supervisor.starts_with("old.x-"));
  CHECK(to_text(part.items[1].on) == "2020-01-03");
  CHECK(part.items[1].details == std::vector<Attribute>{{"amount", "35.0"}});
}

TEST_CASE("the clocks that the mapping names are started and met; nothing else is") {
  const auto plan = plan_case(
      source({step("Asked", "2020-01-02"), step("Answered", "2020-01-04"), step("Paid", "2020-01-05")}), settings());
  const auto& items = plan.parts.at(0).items;
  CHECK(items[0].starts == std::vector<PlannedStart>{{"answer", 10, DayUnit::natural, std::nullopt}});
  CHECK(items[1].meets == std::vector<std::string>{"answer"});
  CHECK(items[2].starts.empty());
  CHECK(items[2].meets.empty());
}

TEST_CASE("a date in a column starts a clock, another meets it; of several the last row's counts") {
  const auto plan =
      plan_case(source({step("A", "2020-01-02", {{"last", "2020-02-01"}}),
                        step("B", "2020-01-03", {{"last", "2020-02-02"}, {"sent", "2020-02-02T10:00:00+01:00"}})}),
                settings());
  const auto& items = plan.parts.at(0).items;
  REQUIRE(items.size() == 4);
  CHECK(items[2].is_date);
  CHECK(items[2].starts == std::vector<PlannedStart>{{"deadline", 0, DayUnit::natural, parse_date("2020-02-02")}});
  CHECK(items[2].at == items[0].at);
  CHECK(items[3].meets == std::vector<std::string>{"deadline"});
  CHECK(to_text(items[3].on) == "2020-02-02");
}

TEST_CASE("an activity that is an action here is not a step") {
  const auto plan = plan_case(source({step("A", "2020-01-02"), step("Closed", "2020-01-03", {{"amount", "won"}}),
                                      step("Closed", "2020-01-04")}),
                              settings());
  CHECK(plan.parts.at(0).items.size() == 1);
  REQUIRE(plan.actions.size() == 1);
  CHECK(plan.actions[0].action == "conclude-case");
  CHECK(*plan.actions[0].data.find("outcome") == Tree("judgment"));
  CHECK(*plan.actions[0].data.find("remark") == Tree("won"));
  CHECK(is_id(*plan.actions[0].data.find("case")->as_string()));
  REQUIRE(plan.rejected.size() == 1);
  CHECK(plan.rejected[0].reason == "no value in column 'amount'");
}

TEST_CASE("what cannot be taken is rejected alone, with the reason and its content") {
  const auto plan =
      plan_case(source({step("A", "2020-01-02"), step("", "2020-01-02"), step("B", "02.01.2020"), step("B", ""),
                        step("B", "1020-01-02"), step("B", "2031-01-01"), step(std::string(201, 'x'), "2020-01-02"),
                        step("C", "2020-01-05", {{"last", "soon"}})}),
                settings());
  CHECK(plan.parts.at(0).items.size() == 2);
  REQUIRE(plan.rejected.size() == 7);
  CHECK(plan.rejected[0].reason == "no activity in column 'a'");
  CHECK(plan.rejected[1].reason == "'02.01.2020' in column 't' is no time of the format iso");
  CHECK(plan.rejected[1].attributes[1] == Attribute{"t", "02.01.2020"});
  CHECK(plan.rejected[2].reason == "no time in column 't'");
  CHECK_THAT(plan.rejected[3].reason, Catch::Contains("outside 1900-2200"));
  CHECK(plan.rejected[4].reason == "it is said to have happened in the future");
  CHECK_THAT(plan.rejected[5].reason, Catch::Contains("longer than 200"));
  CHECK(plan.rejected[6].reason == "'soon' in column 'last' is no time of the format iso");
}

TEST_CASE("identities do not move when a line is mended, added or shifted") {
  auto broken = source({step("A", "2020-01-02"), step("B", "??"), step("A", "2020-01-02"), step("C", "2020-01-04")});
  auto mended = source({step("Z", "2019-12-31"), step("A", "2020-01-02"), step("B", "2020-01-03"),
                        step("A", "2020-01-02"), step("C", "2020-01-04")});
  for (auto& event : mended.events) event.line += 100;
  const auto before = identities(plan_case(broken, settings())), after = identities(plan_case(mended, settings()));
  CHECK(before.size() == 3);
  CHECK(after.size() == 5);
  CHECK(std::includes(after.begin(), after.end(), before.begin(), before.end()));
}

TEST_CASE("identities are those of the source, the mapping and the record key, and the same in every run") {
  const auto plain = plan_case(source({step("A", "2020-01-02", {{"id", "1"}})}), settings());
  CHECK(identities(plain) == identities(plan_case(source({step("A", "2020-01-02", {{"id", "2"}})}), settings())));
  auto keyed = settings();
  keyed.mapping.record_column = "id";
  CHECK(identities(plan_case(source({step("A", "2020-01-02", {{"id", "1"}})}), keyed)) ==
        identities(plan_case(source({step("A", "2020-09-09", {{"id", "1"}})}), keyed)));
  auto renamed = settings();
  renamed.mapping.source = "other";
  CHECK(identities(plain) != identities(plan_case(source({step("A", "2020-01-02")}), renamed)));
  CHECK(*identities(plain).begin() == "2d05b4fa4f46d5fead6bff933b5fb24a");
}

TEST_CASE("a part's action id follows its content") {
  const auto id = [](const std::string& performer) {
    return plan_case(source({step("A", "2020-01-02", {{"who", performer}})}), settings()).parts.at(0).action_id;
  };
  CHECK(id("R1") == id("R1"));
  CHECK(id("R1") != id("R2"));
  CHECK(is_id(id("R1")));
}

TEST_CASE("a long case is divided into parts below the bounds of an action") {
  std::vector<SourceEvent> events;
  for (int i = 0; i < 450; ++i)
    events.push_back(step("A", "2020-01-02", {{"amount", std::string(i < 100 ? 900 : 1, 'x')}}));
  const auto plan = plan_case(source(events), settings());
  CHECK(plan.parts.size() == 5);
  std::size_t items = 0;
  for (const auto& part : plan.parts) {
    items += part.items.size();
    CHECK(part.items.size() <= max_items_of_part);
  }
  CHECK(items == 450);
}

TEST_CASE("people called by name leave nothing of the name in their id") {
  auto named = settings();
  named.mapping.people_by_name = true;
  named.people_secret = "a secret";
  const auto id = plan_case(source({step("A", "2020-01-02", {{"owner", "Zhang.Wei"}})}), named).parts.at(0).undertaker;
  CHECK(is_id(id));
  CHECK(id.find("Zhang") == std::string::npos);
  named.people_secret = "another";
  CHECK(id != plan_case(source({step("A", "2020-01-02", {{"owner", "Zhang.Wei"}})}), named).parts.at(0).undertaker);
}

TEST_CASE("keys of the source become ids: unchanged where they can be, kept apart where not") {
  CHECK(id_for("s.", "case-1") == "s.case-1");
  CHECK(id_for("", "a b") != id_for("", "a_b"));
  CHECK(id_for("", "a b") != id_for("", "a/b"));
  CHECK(is_id(id_for("s.", std::string(300, 'x'))));
  CHECK(is_id(id_for("", "")));
  CHECK(id_for_person("s.", "R 2").find("R") == std::string::npos);
  CHECK(id_for_person("s.", "R2") == "s.R2");
}
