#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "src/import/byte_source.hpp"
#include "src/world/world.hpp"
#include "tests/import/rules_sink.hpp"
#include "tests/support/temp_folder.hpp"

using namespace aidledger;
using namespace aidledger::import;

namespace {

const std::string csv_mapping = R"(
[source]
name = "old"
zone = "Asia/Shanghai"
format = "csv"
[columns]
case = "case"
activity = "what"
time = "when"
performer = "who"
undertaker = "owner"
[[clock]]
name = "answer"
from = "Asked"
days = 10
unit = "natural"
met_by = "Answered"
)";

const std::string xes_mapping =
    "[source]\nname='old-xes'\nzone='UTC'\nformat='xes'\n[columns]\nundertaker='case:owner'\n";

class Desk {
 public:
  explicit Desk(const std::string& mapping) {
    settings.plan.mapping = parse_mapping(mapping);
    settings.plan.zone = world::load_zone(settings.plan.mapping.zone);
    settings.plan.now = ledger.now;
  }

  std::string put(const std::string& name, const std::string& text) {
    const std::string path = folder.path() + "/" + name;
    std::ofstream(path) << text;
    return path;
  }

  ImportCounts import(const std::string& path) {
    std::filesystem::remove(report_path());
    settings.plan.now.us += 1'000'000;  // every run is later
    ledger.now = settings.plan.now;
    RejectReport report(report_path(), settings.plan.mapping.format, settings.plan.mapping.delimiter);
    return Importer(settings, &ledger, report, {}).run(path);
  }

  std::string report_path() const { return folder.path() + "/rejected"; }
  std::string report() const {
    std::ifstream in(report_path());
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
  }

  test::TempFolder folder;
  ImportSettings settings;
  RulesSink ledger;
};

const std::string good =
    "case,what,when,who,owner\n"
    "1,Asked,2024-01-02 10:00,R1,R9\n"
    "1,Answered,2024-01-20 10:00,R2,R9\n"
    "2,Asked,2024-01-05 10:00,R1,R8\n";

}  // namespace

TEST_CASE("a file is imported: mapping adopted, hold opened, undertakers and cases recorded, hold closed") {
  Desk desk(csv_mapping);
  const auto counts = desk.import(desk.put("a.csv", good));
  CHECK(counts.cases == 2);
  CHECK(counts.steps == 3);
  CHECK(counts.clocks == 2);
  CHECK(counts.undertakers == 2);
  CHECK(counts.rejected == 0);
  CHECK(counts.new_records == 4);
  CHECK(desk.ledger.count<PolicyAdopted>() == 1);
  CHECK(desk.ledger.count<ClockHoldOpened>() == 1);
  CHECK(desk.ledger.count<CaseImported>() == 2);
  CHECK(desk.ledger.count<CaseStepRecorded>() == 3);
  CHECK(desk.ledger.events.back().as<ClockHoldClosed>());
  CHECK_FALSE(std::filesystem::exists(desk.report_path()));
  CHECK(rules::overdue_under(desk.ledger.state(), "old", *parse_date("2024-06-01"), 10).size() == 2);
}

TEST_CASE("the same file again, or with lines shifted, adds nothing but the hold") {
  Desk desk(csv_mapping);
  desk.import(desk.put("a.csv", good));
  const auto before = desk.ledger.records;
  const auto counts =
      desk.import(desk.put("b.csv", "case,what,when,who,owner\n\n\n" + good.substr(good.find('\n') + 1)));
  CHECK(counts.new_records == 0);
  CHECK(counts.already_there == 4);
  CHECK(desk.ledger.records == before + 2);
  CHECK(desk.ledger.count<CaseStepRecorded>() == 3);
}

TEST_CASE("a run that was cut short goes on where it was") {
  Desk desk(csv_mapping);
  const auto path = desk.put("a.csv", good);
  desk.ledger.fail_after(5);
  CHECK_THROWS_AS(desk.import(path), ImportStopped);
  CHECK(desk.ledger.count<ClockHoldClosed>() == 0);
  const auto counts = desk.import(path);
  CHECK(counts.new_records + counts.already_there == 4);
  CHECK(counts.already_there > 0);
  CHECK(desk.ledger.count<CaseStepRecorded>() == 3);
  CHECK(desk.ledger.count<ClockHoldOpened>() == 1);
  CHECK(desk.ledger.count<ClockHoldClosed>() == 1);
}

TEST_CASE(
    "what could not be taken is reported, mended there or in the file, imported again, and then all is there once") {
  const std::string broken =
      "case,what,when,who,owner\n"
      "1,Asked,2024-01-02 10:00,R1,R9\n"
      "1,Answered,\"the 4th, about noon\",R2,R9\n"
      "1,Paid\n"
      "2,Asked,2024-01-05 10:00,R1,R8\n";
  const auto mended = [](std::string text) {
    text.replace(text.find("\"the 4th, about noon\""), 21, "2024-01-04 12:00");
    const auto short_row = text.find("1,Paid\n");
    return text.replace(short_row, 7, "1,Paid,2024-01-09,R1,R9\n");
  };
  Desk desk(csv_mapping);
  const auto counts = desk.import(desk.put("a.csv", broken));
  CHECK(counts.rejected == 2);
  CHECK(desk.ledger.count<CaseStepRecorded>() == 2);
  const std::string report = desk.report();
  CHECK(report ==
        "aidledger:line,aidledger:reason,case,what,when,who,owner\n"
        "4,2 fields where the header has 5,1,Paid\n"
        "3,\"'the 4th, about noon' in column 'when' is no time of the format iso\",1,Answered,\"the 4th, about "
        "noon\",R2,R9\n");
  CHECK(std::filesystem::status(desk.report_path()).permissions() ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));

  SECTION("in the report") { desk.import(desk.put("report.csv", mended(report))); }
  SECTION("in the file") { desk.import(desk.put("a2.csv", mended(broken))); }
  SECTION("in both") {
    desk.import(desk.put("report.csv", mended(report)));
    desk.import(desk.put("a2.csv", mended(broken)));
  }
  CHECK(desk.report().empty());
  CHECK(desk.ledger.count<CaseStepRecorded>() == 4);
  CHECK(desk.ledger.count<CaseImported>() == 2);
  CHECK(rules::overdue_under(desk.ledger.state(), "old", *parse_date("2024-06-01"), 10).size() == 1);
}

TEST_CASE("XES: what could not be taken is reported as XES, and that report can be mended and imported") {
  const auto trace = [](const std::string& time) {
    return "<log><trace><string key='concept:name' value='A &amp; B'/><string key='owner' value='R1'/>"
           "<event><string key='concept:name' value='First'/><date key='time:timestamp' value='2024-01-01'/></event>"
           "<event><string key='concept:name' value='Second'/><date key='time:timestamp' value='" +
           time +
           "'/></event>"
           "</trace></log>";
  };
  Desk desk(xes_mapping);
  CHECK(desk.import(desk.put("a.xes", trace("later"))).rejected == 1);
  std::string report = desk.report();
  CHECK_THAT(report, Catch::Contains("aidledger:reason"));
  report.replace(report.find("value=\"later\"") + 7, 5, "2024-01-02");
  CHECK(desk.import(desk.put("b.xes", report)).rejected == 0);
  CHECK(desk.ledger.count<CaseStepRecorded>() == 2);
  CHECK(desk.import(desk.put("c.xes", trace("2024-01-02"))).rejected == 0);
  CHECK(desk.ledger.count<CaseStepRecorded>() == 2);
  CHECK(desk.ledger.count<CaseImported>() == 1);
}

TEST_CASE("a changed line is told from the one that was imported; its neighbours are taken") {
  Desk desk(csv_mapping);
  desk.import(desk.put("a.csv", good));
  const auto counts = desk.import(desk.put("b.csv",
                                           "case,what,when,who,owner\n1,Asked,2024-01-02 10:00,R7,R9\n"
                                           "1,Paid,2024-01-03 10:00,R2,R9\n"));
  CHECK(counts.rejected == 1);
  CHECK_THAT(desk.report(), Catch::Contains("2,refused: import-differs"));
  CHECK(desk.ledger.count<CaseStepRecorded>() == 4);
}

TEST_CASE("a dry run asks the ledger for nothing and counts and reports all the same") {
  Desk desk(csv_mapping);
  desk.settings.dry_run = true;
  const auto counts = desk.import(desk.put("a.csv", good + "3,Asked,never,R1,R1\n"));
  CHECK(counts.cases == 2);
  CHECK(counts.steps == 3);
  CHECK(counts.rejected == 1);
  CHECK(desk.ledger.records == 0);
  CHECK_THAT(desk.report(), Catch::Contains("'never'"));
}

TEST_CASE("damage in the file: what came before it stands, the hold stays open until a run ends well") {
  Desk desk(csv_mapping);
  const auto path = desk.put("a.csv", good + "3,\"Asked,2024\n");
  CHECK_THROWS_AS(desk.import(path), InputDamaged);
  desk.settings.plan.mapping.grouped = true;
  CHECK_THROWS_AS(desk.import(path), InputDamaged);
  CHECK(desk.ledger.count<CaseStepRecorded>() == 2);  // the case in which the damage lies may be incomplete
  CHECK(desk.ledger.count<ClockHoldClosed>() == 0);
  desk.import(desk.put("b.csv", good));
  CHECK(desk.ledger.count<CaseStepRecorded>() == 3);
  CHECK(desk.ledger.count<ClockHoldClosed>() == 1);
}

TEST_CASE("an activity that is an action here is asked for; a refusal is reported with its line") {
  Desk desk(csv_mapping + "[[action]]\nactivity = \"Told\"\naction = \"no-such-action\"\n");
  const auto counts = desk.import(desk.put("a.csv", good + "2,Told,2024-01-07,R1,R8\n"));
  CHECK(counts.actions == 1);
  CHECK(counts.rejected == 1);
  CHECK_THAT(desk.report(), Catch::Contains("5,refused: unknown-action: no-such-action,2,Told"));
}

TEST_CASE("a new version of the mapping is adopted beside the old one, and adds nothing to what is there") {
  Desk desk(csv_mapping);
  desk.import(desk.put("a.csv", good));
  desk.settings.plan.mapping = parse_mapping(csv_mapping + "# a remark\n");
  const auto counts = desk.import(desk.put("a.csv", good));
  CHECK(counts.new_records == 0);
  CHECK(desk.ledger.count<PolicyAdopted>() == 2);
  CHECK(desk.ledger.count<CaseStepRecorded>() == 3);
}
