// The three logs for which mappings are shipped. They are not part of the project: AIDLEDGER_SAMPLES names the folder
// with them.
#include <catch2/catch.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "src/import/case_reader.hpp"
#include "src/import/planner.hpp"
#include "src/world/world.hpp"

using namespace aidledger;
using namespace aidledger::import;

namespace {

/// Empty, and said aloud, where the samples are not there.
std::string sample(const std::string& name) {
  const char* folder = std::getenv("AIDLEDGER_SAMPLES");
  const std::string path = folder == nullptr ? "" : std::string(folder) + "/" + name;
  if (!path.empty() && std::filesystem::exists(path)) return path;
  std::fprintf(stderr, "SKIPPED: 1 test on %s (set AIDLEDGER_SAMPLES to the folder that holds it)\n", name.c_str());
  return {};
}

Mapping shipped(const std::string& name) {
  std::ifstream in("config/imports/" + name + ".toml");
  std::stringstream text;
  text << in.rdbuf();
  return parse_mapping(text.str());
}

template <class F>
void for_each_plan(const std::string& path, const std::string& mapping, F&& visit) {
  PlanSettings settings;
  settings.mapping = shipped(mapping);
  settings.zone = world::load_zone(settings.mapping.zone);
  settings.now = *parse_instant("2024-01-01T00:00:00Z");
  int rejected = 0;
  const auto reader = read_cases(path, settings.mapping, {}, [&](const Rejected&) { ++rejected; });
  while (const auto next = reader->next()) {
    const CasePlan plan = plan_case(*next, settings);
    rejected += static_cast<int>(plan.rejected.size());
    visit(plan);
  }
  CHECK(rejected == 0);
}

}  // namespace

TEST_CASE("permit receipts: 1,434 cases, 8,577 steps, 1,020 in time, 309 late, 105 without an end") {
  const std::string path = sample("permit-receipts.csv");
  if (path.empty()) return;
  int cases = 0, steps = 0, met = 0, missed = 0, open = 0;
  std::set<std::string> people, undertakers, identities;
  for_each_plan(path, "permit-receipts", [&](const CasePlan& plan) {
    ++cases;
    undertakers.insert(plan.undertaker->id);
    std::optional<Date> due, done;
    for (const auto& item : plan.parts.at(0).items) {
      identities.insert(item.identity);
      if (!item.is_date) ++steps, people.insert(item.performer);
      for (const auto& start : item.starts) due = start.due;
      if (!item.meets.empty()) done = item.on;
    }
    ++(!done ? open : *done <= due ? met : missed);
  });
  CHECK(cases == 1434);
  CHECK(steps == 8577);
  CHECK(identities.size() == 8577 + 1434 + 1329);
  CHECK(people.size() == 48);
  CHECK(undertakers.size() == 39);
  CHECK(met == 1020);
  CHECK(missed == 309);
  CHECK(open == 105);
}

TEST_CASE("permits of a municipality: 1,199 cases, 52,217 steps, 27,353 watched by their performer") {
  const std::string path = sample("permits-municipality-1.xes.gz");
  if (path.empty()) return;
  int cases = 0, steps = 0, alone = 0, without = 0;
  for_each_plan(path, "permits-municipality", [&](const CasePlan& plan) {
    ++cases;
    without += !plan.undertaker;
    for (const auto& part : plan.parts)
      for (const auto& item : part.items) ++steps, alone += item.performer == item.supervisor;
  });
  CHECK(cases == 1199);
  CHECK(without == 1);
  CHECK(steps == 52217);
  CHECK(alone == 27353);
}

TEST_CASE(
    "road traffic fines: 79,860 clocks fall due on the dates of their penalties; 5,013 cases had been paid by then") {
  const std::string path = sample("road-traffic-fines.xes.gz");
  if (path.empty()) return;
  int cases = 0, steps = 0, clocks = 0, met = 0, on_the_day = 0, paid = 0;
  for_each_plan(path, "road-traffic-fines", [&](const CasePlan& plan) {
    ++cases;
    std::optional<Date> due, penalty;
    for (const auto& item : plan.parts.at(0).items) {
      ++steps;
      met += !item.meets.empty();
      for (const auto& start : item.starts) due = item.on + start.days;
      if (item.name == "Add penalty") penalty = item.on;
    }
    if (!due) return;
    ++clocks;
    on_the_day += penalty == due;
    for (const auto& item : plan.parts.at(0).items)
      if (item.name == "Payment" && item.on <= *due) {
        ++paid;
        break;
      }
  });
  CHECK(cases == 150370);
  CHECK(steps == 561470);
  CHECK(clocks == 79860);
  CHECK(on_the_day == 79860);
  CHECK(met == 0);
  CHECK(paid == 5013);
}
