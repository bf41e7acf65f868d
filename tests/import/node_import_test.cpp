// Imports through a whole node on a real disk: ledger files, rows, timekeeper.
#include <catch2/catch.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "src/import/ledger_sink.hpp"
#include "src/ledger/step_queries.hpp"
#include "src/node.hpp"
#include "src/rules/clocks.hpp"
#include "src/world/world.hpp"
#include "tests/support/temp_folder.hpp"

using namespace aidledger;
using namespace aidledger::import;

namespace {

std::string text_of(const std::string& path) {
  std::ifstream in(path);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

class House {
 public:
  House() {
    NodeSettings settings;
    settings.data = folder_.path() + "/data";
    settings.vault = folder_.path() + "/vault";
    settings.ledger = "import-test";
    settings.zone = "UTC";
    settings.create = true;
    node_ = std::make_unique<Node>(settings, NodeProgress{});
    node_->start();
  }

  ImportCounts import(const std::string& mapping, const std::string& file) {
    ImportSettings settings;
    settings.plan.mapping = parse_mapping(mapping);
    settings.plan.zone = world::load_zone(settings.plan.mapping.zone);
    settings.plan.now = node_->clock().now();
    RejectReport report(folder_.path() + "/rejected", settings.plan.mapping.format, settings.plan.mapping.delimiter);
    LedgerSink sink(node_->ledger(), {"operator", "operator", {Role::operator_}, "*", {}, {}, {}, {}});
    return Importer(settings, &sink, report, {}).run(file);
  }

  /// What the timekeeper had to raise after the hold was closed has been raised.
  ledger::DeadlineCount judged(const std::string& source, const std::string& rule) {
    const Date far{200'000};
    while (!rules::overdue_under(node_->ledger().view().rows(), source, far, 1).empty()) std::this_thread::yield();
    return ledger::count_deadlines(node_->ledger().view().rows(), rule);
  }

  ledger::View view() { return node_->ledger().view(); }
  std::string put(const std::string& name, const std::string& text) {
    std::ofstream(folder_.path() + "/" + name) << text;
    return folder_.path() + "/" + name;
  }

 private:
  test::TempFolder folder_;
  std::unique_ptr<Node> node_;
};

std::string sample(const std::string& name) {
  const char* folder = std::getenv("AIDLEDGER_SAMPLES");
  const std::string path = folder == nullptr ? "" : std::string(folder) + "/" + name;
  if (!path.empty() && std::filesystem::exists(path)) return path;
  std::fprintf(stderr, "SKIPPED: 1 test on %s (set AIDLEDGER_SAMPLES to the folder that holds it)\n", name.c_str());
  return {};
}

std::string shipped(const std::string& name) { return text_of("config/imports/" + name + ".toml"); }

/// Said beside the figures, never checked.
class Watch {
 public:
  explicit Watch(std::string what) : what_(std::move(what)), begun_(std::chrono::steady_clock::now()) {}
  ~Watch() {
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun_;
    std::fprintf(stderr, "%s: %.1f s\n", what_.c_str(), taken.count());
  }

 private:
  std::string what_;
  std::chrono::steady_clock::time_point begun_;
};

}  // namespace

TEST_CASE(
    "a small history through a whole node: judged when the hold is closed, by what occurred; the second time all is "
    "known") {
  House house;
  const std::string mapping = R"(
[source]
name = "old"
zone = "Asia/Shanghai"
format = "csv"
[columns]
case = "case"
activity = "what"
time = "when"
performer = "who"
supervisor = "watch"
[[clock]]
name = "answer"
from = "Asked"
days = 10
unit = "natural"
met_by = "Answered"
)";
  const auto file = house.put("a.csv",
                              "case,what,when,who,watch\n"
                              "1,Asked,2024-01-02 10:00,R1,R1\n1,Answered,2024-01-04 10:00,R2,R1\n"
                              "2,Asked,2024-01-05 10:00,R1,R2\n2,Answered,2024-02-04 10:00,R2,R1\n"
                              "3,Asked,2024-01-05 10:00,R1,R2\n3,Paid,2024-01-15 23:59,R1,R2\n");
  CHECK(house.import(mapping, file).new_records == 3);
  const auto count = house.judged("old", "answer");
  CHECK(count.met == 1);
  CHECK(count.missed == 1);
  CHECK(count.missed_still_open == 1);
  const auto view = house.view();
  std::vector<std::string> paid, unwatched;
  ledger::each_step_in_time(view.rows(), "answer", "Paid", [&](const auto& found) {
    return paid.push_back(found.deadline.start.clock.subject.id), true;
  });
  ledger::each_unwatched_step(
      view.rows(), "", [&](std::string_view case_id, const auto&) { return unwatched.emplace_back(case_id), true; });
  CHECK(paid == std::vector<std::string>{"old.3"});
  CHECK(unwatched == std::vector<std::string>{"old.1"});
  const auto again = house.import(mapping, file);
  CHECK(again.new_records == 0);
  CHECK(again.already_there == 3);
}

TEST_CASE("permit receipts through a whole node: 1,020 met, 309 missed, 105 missed and still open") {
  const std::string path = sample("permit-receipts.csv");
  if (path.empty()) return;
  House house;
  const Watch watch("permit receipts");
  const auto counts = house.import(shipped("permit-receipts"), path);
  CHECK(counts.cases == 1434);
  CHECK(counts.rejected == 0);
  const auto count = house.judged("permit-receipts", "receipt-deadline");
  CHECK(count.met == 1020);
  CHECK(count.missed == 309);
  CHECK(count.missed_still_open == 105);
}

TEST_CASE("permits of a municipality through a whole node: 27,353 steps watched by their performer are listed") {
  const std::string path = sample("permits-municipality-1.xes.gz");
  if (path.empty()) return;
  House house;
  const Watch watch("permits of a municipality");
  CHECK(house.import(shipped("permits-municipality"), path).steps == 52217);
  int unwatched = 0;
  const auto view = house.view();
  ledger::each_unwatched_step(view.rows(), "", [&](auto, const auto&) { return ++unwatched, true; });
  CHECK(unwatched == 27353);
}

TEST_CASE(
    "road traffic fines through a whole node: 79,860 clocks due on the dates of the penalties, 5,013 cases paid by "
    "then") {
  const std::string path = sample("road-traffic-fines.xes.gz");
  if (path.empty()) return;
  House house;
  {
    const Watch watch("road traffic fines");
    CHECK(house.import(shipped("road-traffic-fines"), path).steps == 561470);
  }
  const Watch watch("judging and listing their clocks");
  CHECK(house.judged("road-traffic-fines", "penalty-60-days").missed_still_open == 79860);
  int on_the_day = 0, paid = 0;
  const auto view = house.view();
  std::string last;
  ledger::each_step_in_time(view.rows(), "penalty-60-days", "Add penalty", [&](const auto& found) {
    return on_the_day += found.step.on == found.deadline.due(), true;
  });
  ledger::each_step_in_time(view.rows(), "penalty-60-days", "Payment", [&](const auto&) { return ++paid, true; });
  CHECK(on_the_day == 79860);
  CHECK(paid == 5013);
}
