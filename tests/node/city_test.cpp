// The demonstration city: told by the rules without a refusal, with somebody on each step of the ladder, whatever the
// day on which its year ends.
#include <catch2/catch.hpp>

#include <map>

#include "events/evaluation.hpp"
#include "events/ladder.hpp"
#include "tests/node/city.hpp"

using namespace aidledger;

namespace {

/// What the year is to show, counted over the ledger.
struct Shown {
  int objections_upheld = 0, final_grades_redetermined = 0, warnings = 0, disqualifications = 0;
  std::map<std::string, int> steps;  ///< of the ladder, as the last event left them

  void see(const Event& event) {
    if (const auto* e = event.as<GradeRedetermined>()) ++(e->was_final ? final_grades_redetermined : objections_upheld);
    if (event.as<ManagementWarningIssued>() != nullptr) ++warnings;
    if (event.as<UndertakerDisqualified>() != nullptr) ++disqualifications;
    if (const auto* e = event.as<LadderStepReached>()) steps[e->undertaker.value] = e->step;
  }
  bool anybody_on(int step) const {
    return std::any_of(steps.begin(), steps.end(), [&](const auto& one) { return one.second == step; });
  }
};

void tell_and_look(Date last_day) {
  demonstration::CityWish wish;
  wish.last_day = last_day, wish.undertakers = 30, wish.cases = 300;
  INFO("a year that ends on " << to_text(last_day));
  test::City city(wish);
  INFO(city.summary.first_refusal);
  CHECK(city.summary.refused == 0);
  CHECK(city.summary.actions > 5'000);
  Shown shown;
  for (const auto& record : city.records())
    for (const auto& event : record.body.events) shown.see(event);
  CHECK(shown.objections_upheld == 1);
  CHECK(shown.final_grades_redetermined == 1);
  CHECK(shown.warnings == 1);
  CHECK(shown.disqualifications == 1);
  for (const int step : {0, 1, 2, 3}) CHECK(shown.anybody_on(step));
}

}  // namespace

TEST_CASE("a small city tells its year without a refusal and puts an undertaker on each step") {
  tell_and_look(*parse_date("2025-12-31"));
}

TEST_CASE("a city whose year ends with the last year whose working days are known is whole") {
  const std::string last_year = std::to_string(last_shipped_year("config"));
  tell_and_look(*parse_date(last_year + "-12-31"));
}

// Whoever starts the program on another day sees another year: long holidays and weekends fall elsewhere in its rounds.
TEST_CASE("every year's end gives such a city", "[deep]") {
  for (Date last = *parse_date("2025-11-25"); last < *parse_date("2026-11-25"); last = last + 3) tell_and_look(last);
}
