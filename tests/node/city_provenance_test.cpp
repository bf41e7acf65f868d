// The demonstration city, every event of a sample left out in turn: what rows name made them, and nothing else did.
#include <catch2/catch.hpp>

#include "tests/node/city.hpp"
#include "tests/projections/leave_one_out.hpp"

using namespace aidledger;

TEST_CASE("provenance is exact on the city's history") {
  demonstration::CityWish wish;
  wish.seed = 5, wish.last_day = *parse_date("2025-12-31");
  wish.undertakers = 30, wish.cases = 40;
  test::City city(wish);
  const auto records = city.records();
  REQUIRE(records.size() > 500);
  constexpr std::size_t sample = 150;
  CHECK(projections::testing::inexact(records, sample) == std::vector<std::string>{});
}
