// What a policy must be before anybody is judged by it.
#include <fstream>
#include <iterator>

#include "src/rules/governance.hpp"
#include "src/rules/policy_checks.hpp"
#include "tests/support/given.hpp"

using namespace aidledger;
using namespace aidledger::rules;
using namespace aidledger::testing;

namespace {

std::string problem(std::string_view name, std::string_view toml) {
  const auto tree = parsers().toml(toml);
  REQUIRE(tree);
  return problem_of_policy(name, *tree).value_or("none");
}

std::string shipped(const std::string& path) {
  std::ifstream in("config/policies/" + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("the shipped policies are in order") {
  for (const std::string name : {"deadlines", "eligibility", "casework", "grades", "evaluation", "ladder", "subsidy"})
    CHECK(problem(name, shipped(name + "@1.toml")) == "none");
  CHECK(problem("grades", shipped("profiles/grades@four.toml")) == "none");
}

TEST_CASE("a policy with a slip in it is refused, and says where") {
  CHECK(problem("ladder", "disq_moths = 12") == "there is no key disq_moths");
  CHECK(problem("ladder", "disq_months = 0") == "disq_months must be an integer from 1 to 1200");
  CHECK(problem("ladder", "require_notice = 1") == "require_notice must be true or false");
  CHECK(problem("ladder", "[step1]\nauthor = \"nobody\"") == "step1.author must be one of undertaker, centre");
  CHECK(problem("ladder", "[steps]\nwarning = 3\ndisqualification = 2") ==
        "steps.disqualification is below what it has to reach: 3");
  CHECK(problem("grades", "[thresholds]\nqualified = 60") == "thresholds.excellent is missing");
  CHECK(problem("grades", "[thresholds]\nqualified = 60\nexcellent = 50") ==
        "thresholds.excellent is below what it has to reach: 60");
  CHECK(problem("evaluation", "[rubric]\nintake = 50\nhearing = 49") == "the rubric's items give 99 marks, not 100");
  CHECK(problem("evaluation", "scores = 1\n[rubric]\nall = 100") == "scores must be an integer from 2 to 9");
  CHECK(problem("subsidy", "[grades]\nunqualified_bp = -10001") ==
        "grades.unqualified_bp must be an integer from -10000 to 100000");
  CHECK(problem("subsidy", "[standard.civil]\ndefault = 140000") == "standard.administrative.default is missing");
  CHECK(problem("subsidy", "[standard.maritime]\ndefault = 140000") == "there is no key standard.maritime.default");
  CHECK(problem("deadlines", "[file-review]\ndays = 99999999") ==
        "file-review.days must be an integer from -3660 to 3660");
  CHECK(problem("deadlines", "[file-review]\nunit = \"moons\"") == "file-review.unit must be one of natural, working");
  CHECK(problem("deadlines", "[file-reveiw]\ndays = 30") == "there is no clock file-reveiw");
  CHECK(problem("casework", "clearance_needs = \"seen\"") == "clearance_needs must be one of submitted, accepted");
  CHECK(problem("eligibility", "[matrix.civil]\ndefault = []") == "matrix.administrative.default is missing");
  CHECK(problem("eligibility", "[matrix.civil]\ndefault = \"volunteer\"") ==
        "matrix.civil.default must be a list of texts");
  CHECK(problem("eligibility", "[licence]\nneeded = [\"lawyer\"]") ==
        "each of licence.needed must be one of judicial-office, fulltime-legal-aid-lawyer, social-lawyer, "
        "grassroots-worker, social-org, volunteer");
  const std::string matrix =
      "[matrix.criminal]\ndefault = []\n[matrix.administrative]\ndefault = []\n[matrix.civil]\ndefault = []\n";
  CHECK(problem("eligibility", matrix + "appeal = []") == "there is no stage appeal");
  CHECK(problem("eligibility", matrix + "[matrix.maritime]\ndefault = []") == "there is no case type maritime");
  CHECK(problem("a-mapping-of-an-import", "anything = \"goes\"") == "none");
}

TEST_CASE("nobody adopts it") {
  Given given;
  const AdoptPolicy slip{"ladder", "2", date("2024-04-01"), "disq_moths = 12", "house rule"};
  given.as(actor("p-director", {Role::centre_director})).when(slip).refused(bad_text);
}
