#include <catch2/catch.hpp>

#include "events/values/money.hpp"
#include "events/values/time.hpp"

using namespace aidledger;

TEST_CASE("times are read with a zone and written in UTC with six digits") {
  CHECK(to_text(*parse_instant("2024-02-10T09:00:00+08:00")) == "2024-02-10T01:00:00.000000Z");
  CHECK(to_text(*parse_instant("2011-10-11 13:42:22.688000+02:00")) == "2011-10-11T11:42:22.688000Z");
  CHECK(to_text(*parse_instant("1969-12-31T23:59:59.999999Z")) == "1969-12-31T23:59:59.999999Z");
  CHECK_FALSE(parse_instant("2024-02-10T09:00:00"));
  CHECK_FALSE(parse_instant("2024-02-30T09:00:00Z"));
  CHECK_FALSE(parse_instant("2024-02-10T09:00:00Z "));
}

TEST_CASE("dates round-trip over four centuries") {
  for (int day = -100'000; day < 100'000; day += 17) CHECK(parse_date(to_text(Date{day})) == Date{day});
  CHECK(weekday(*parse_date("2024-02-11")) == 0);
  CHECK(*parse_date("2024-03-01") - *parse_date("2024-02-01") == 29);
}

TEST_CASE("a zone's local date follows its offsets") {
  const Zone shanghai{"Asia/Shanghai", {{Instant{INT64_MIN / 2}, 8 * 3600}}};
  CHECK(to_text(shanghai.local_date(*parse_instant("2024-02-10T15:59:59Z"))) == "2024-02-10");
  CHECK(to_text(shanghai.local_date(*parse_instant("2024-02-10T16:00:00Z"))) == "2024-02-11");
  CHECK(to_text(shanghai.start_of(*parse_date("2024-02-11"))) == "2024-02-10T16:00:00.000000Z");
}

TEST_CASE("a rate is applied once and rounded half up to the fen") {
  CHECK(scale({120'000}, {13'000}).fen == 156'000);
  CHECK(scale({120'000}, {6'000}).fen == 72'000);
  CHECK(scale({5}, {1'000}).fen == 1);  // 0.5 fen
  CHECK(scale({4}, {1'000}).fen == 0);  // 0.4 fen
  CHECK(scale({-5}, {1'000}).fen == -1);
  CHECK_THROWS_AS(scale({INT64_MAX}, {20'000}), MoneyOverflow);
  CHECK(to_text(Money{-80'005}) == "-800.05");
}
