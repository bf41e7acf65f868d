// Every action, asked by every role, for this ledger and another, on an own case and another's, against a table that
// people review.
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "src/access/may.hpp"
#include "src/rules/action.hpp"

using namespace aidledger;

namespace {

constexpr Instant now{1'000'000};

std::map<std::string, std::vector<Role>> expectation() {
  std::map<std::string, std::vector<Role>> out;
  std::ifstream file("tests/access/roles_by_action.txt");
  REQUIRE(file);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream words(line);
    std::string action, role;
    words >> action;
    REQUIRE_FALSE(out.contains(action));
    for (auto& roles = out[action]; words >> role;) {
      INFO(action << ": " << role);
      REQUIRE(parse_name<Role>(role));
      roles.push_back(*parse_name<Role>(role));
    }
  }
  return out;
}

Principal holder(Role role) {
  return {"t-1", "p-1", {role}, "chengbei", {}, {}, role == Role::undertaker ? "u-1" : "", {}};
}

bool holds(const std::vector<Role>& roles, Role role) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

}  // namespace

TEST_CASE("the table names every action, and no other") {
  const auto expected = expectation();
  for (const auto& action : rules::all_actions()) {
    INFO("add " << action.name << " to tests/access/roles_by_action.txt");
    CHECK(expected.contains(std::string(action.name)));
  }
  CHECK(expected.size() == rules::all_actions().size());
}

TEST_CASE("each role may ask for what the table gives it, in its own ledger, and an undertaker for own cases") {
  const auto expected = expectation();
  for (const auto& action : rules::all_actions()) {
    const auto row = expected.find(std::string(action.name));
    if (row == expected.end()) continue;
    for (std::size_t i = 0; i < count_of<Role>(); ++i) {
      const auto role = static_cast<Role>(i);
      INFO(action.name << " by " << name_of(role));
      const bool listed = holds(row->second, role);
      const auto principal = holder(role);
      CHECK(may(principal, {action.roles, "chengbei", std::nullopt}, now).allowed() == listed);
      CHECK(may(principal, {action.roles, "chengbei", "u-1"}, now).allowed() == listed);
      CHECK(may(principal, {action.roles, "chengbei", "u-2"}, now).allowed() == (listed && role != Role::undertaker));
      CHECK_FALSE(may(principal, {action.roles, "chengnan", "u-1"}, now).allowed());
    }
  }
}

TEST_CASE(
    "auditors and trainers change nothing here, the clock raises deadlines and claims the feed, no other asks as the "
    "clock") {
  for (const auto& action : rules::all_actions()) {
    INFO(action.name);
    CHECK_FALSE(holds(action.roles, Role::auditor));
    CHECK_FALSE(holds(action.roles, Role::trainer));
    CHECK(holds(action.roles, Role::clock) == (action.name == "raise-missed-deadline" || action.name == "claim-feed"));
    if (holds(action.roles, Role::clock)) CHECK(action.roles.size() == 1);
  }
}
