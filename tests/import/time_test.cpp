#include <catch2/catch.hpp>

#include "src/import/source_time.hpp"
#include "src/world/world.hpp"

using namespace aidledger;
using namespace aidledger::import;

namespace {

const Zone& rome() {
  static const Zone zone = world::load_zone("Europe/Rome");
  return zone;
}

std::string read(std::string_view text, std::string_view format = "iso") {
  const auto at = parse_source_time(text, format, rome());
  return at ? to_text(*at) : "nothing";
}

}  // namespace

TEST_CASE("a time with offset is that moment; one without is a local time of the zone; a date is its first moment") {
  CHECK(read("2011-10-11 13:45:40.276000+02:00") == "2011-10-11T11:45:40.276000Z");
  CHECK(read("2011-10-11T13:45:40Z") == "2011-10-11T13:45:40.000000Z");
  CHECK(read("2011-10-11T13:45:40+0200") == "2011-10-11T11:45:40.000000Z");
  CHECK(read("2011-10-11T13:45:40-05") == "2011-10-11T18:45:40.000000Z");
  CHECK(read("2011-10-11 13:45") == "2011-10-11T11:45:00.000000Z");
  CHECK(read("2011-12-11") == "2011-12-10T23:00:00.000000Z");
}

TEST_CASE("other formats: patterns, seconds and milliseconds") {
  CHECK(read("24/7/2006 09:05", "%d/%m/%Y %H:%M") == "2006-07-24T07:05:00.000000Z");
  CHECK(read("24 Jul 2006", "%d %b %Y") == "2006-07-23T22:00:00.000000Z");
  CHECK(read("2006年07月24日", "%Y年%m月%d日") == "2006-07-23T22:00:00.000000Z");
  CHECK(read("0", "unix") == "1970-01-01T00:00:00.000000Z");
  CHECK(read("1500", "unix-ms") == "1970-01-01T00:00:01.500000Z");
}

TEST_CASE("a local time that occurred twice is its first; one that spring skipped is no time") {
  CHECK(read("2006-10-29 02:30") == "2006-10-29T00:30:00.000000Z");
  CHECK(read("2006-03-26 02:30") == "nothing");
  CHECK(read("2006-03-26 03:30") == "2006-03-26T01:30:00.000000Z");
}

TEST_CASE("what does not fit is no time") {
  for (const char* text :
       {"", "x", "2011-02-30", "2011-13-01", "2011-01-01T25:00", "2011-01-01T10:00:00+15:00", "2011-01-01 10:00 x",
        "2011-01-01T", "11-01-01", "2011-01-01T10:00:00.", "2011-01-01T10:00:00+"})
    CHECK(read(text) == "nothing");
  CHECK(read("99999999999999999999", "unix") == "nothing");
  CHECK(read("9223372036854775807", "unix") == "nothing");
  CHECK(read("12x", "unix") == "nothing");
}

TEST_CASE("a format that cannot be used is said so") {
  CHECK(fault_of_time_format("iso").empty());
  CHECK(fault_of_time_format("%d.%m.%Y").empty());
  CHECK_FALSE(fault_of_time_format("%H:%M").empty());
  CHECK_FALSE(fault_of_time_format("%Y-%m-%d %Q").empty());
  CHECK_FALSE(fault_of_time_format("%Y-%d %").empty());
}
