#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

#include "src/import/mapping.hpp"

using namespace aidledger;
using namespace aidledger::import;

namespace {

const std::string plain = R"(
[source]
name = "old-system"
zone = "Asia/Shanghai"
format = "csv"
[columns]
case = "c"
activity = "a"
time = "t"
)";

std::string file(const std::string& path) {
  std::ifstream in(path);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace

TEST_CASE("a short mapping is enough: the rest has defaults that say themselves") {
  const auto map = parse_mapping(plain);
  CHECK(map.name == "old-system");
  CHECK(map.calendar == "none");
  CHECK(map.time_format == "iso");
  CHECK(map.case_prefix == "old-system.");
  CHECK_FALSE(map.people_by_name);
  CHECK_FALSE(map.grouped);
}

TEST_CASE("XES has its usual attribute names by default") {
  const auto map = parse_mapping("[source]\nname='x'\nzone='UTC'\nformat='xes'\n");
  CHECK(map.case_column == "case:concept:name");
  CHECK(map.activity_column == "concept:name");
  CHECK(map.time_column == "time:timestamp");
}

TEST_CASE("clocks run for some days from an activity, or to a date in a column") {
  const auto map = parse_mapping(plain + R"(
[[clock]]
name = "answer"
from = "Asked"
days = 5
unit = "working"
met_by = "Answered"
[[clock]]
name = "deadline"
due = "last day"
met = "sent"
)");
  REQUIRE(map.clocks.size() == 2);
  CHECK(map.clocks[0].unit == DayUnit::working);
  CHECK(map.clocks[0].met_by == std::vector<std::string>{"Answered"});
  CHECK(map.clocks[1].due == "last day");
}

TEST_CASE("an activity can be an action with fixed texts and texts of columns") {
  const auto map = parse_mapping(plain + R"(
[[action]]
activity = "Closed"
action = "conclude-case"
fields = { outcome = "judgment" }
columns = { remark = "note" }
)");
  REQUIRE(map.actions.size() == 1);
  CHECK(map.actions[0].fields.at(0).second == Tree("judgment"));
  CHECK(map.actions[0].columns.at(0).second == "note");
}

TEST_CASE("a mapping that cannot be used says which key is wrong") {
  const auto fault = [](const std::string& text) {
    CHECK_THROWS_AS(parse_mapping(text), MappingFault);
    return text;
  };
  fault("[source");
  fault("");
  CHECK_THROWS_WITH(parse_mapping("[source]\nname='x'\nzone='UTC'\nformat='csv'\n"), "columns.case is missing");
  CHECK_THROWS_WITH(parse_mapping(plain + "tiem = 't'\n"), "unknown key columns.tiem");
  CHECK_THROWS_WITH(parse_mapping(plain + "[extra]\n"), "unknown key extra");
  CHECK_THROWS_WITH(parse_mapping("[source]\nname='a b'\n"), Catch::Contains("source.name"));
  CHECK_THROWS_WITH(parse_mapping("[source]\nname='x'\nzone='UTC'\nformat='pdf'\n"),
                    "source.format must be one of csv, xes");
  CHECK_THROWS_WITH(parse_mapping(plain + "time_format = '%H'\n"), Catch::Contains("columns.time_format"));
  CHECK_THROWS_WITH(parse_mapping(plain + "[[clock]]\nname='k'\n"), Catch::Contains("either 'from'"));
  CHECK_THROWS_WITH(parse_mapping(plain + "[[clock]]\nname='k'\nfrom='A'\ndays=0\nunit='natural'\n"),
                    Catch::Contains("clock 1.days"));
  CHECK_THROWS_WITH(parse_mapping(plain + "[[clock]]\nname='k'\ndue='A'\n[[clock]]\nname='k'\ndue='B'\n"),
                    "two clocks for 'k'");
  CHECK_THROWS_WITH(parse_mapping(plain + "[clock]\nname='k'\n"), Catch::Contains("[[clock]]"));
  CHECK_THROWS_WITH(parse_mapping("[source]\nname=3\n"), "source.name must be text in quotation marks");
}

TEST_CASE("the shipped mappings can be used") {
  for (const char* name : {"permit-receipts", "permits-municipality", "road-traffic-fines"}) {
    const auto map = parse_mapping(file("config/imports/" + std::string(name) + ".toml"));
    CHECK(map.source == name);
  }
}
