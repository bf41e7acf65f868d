// The demonstration city, every event of a sample left out in turn: what rows name made them, and nothing else did.
#include <catch2/catch.hpp>

#include "src/demonstration/city.hpp"
#include "src/first_start.hpp"
#include "tests/projections/leave_one_out.hpp"
#include "tests/support/temp_folder.hpp"

using namespace aidledger;

TEST_CASE("provenance is exact on the city's history") {
  test::TempFolder folder;
  demonstration::CityWish wish;
  wish.seed = 5, wish.last_day = *parse_date("2025-12-31");
  wish.undertakers = 30, wish.cases = 40;
  NodeSettings settings;
  settings.data = folder / "data";
  settings.vault = folder / "vault";
  settings.ledger = "city";
  settings.create = true;
  settings.timekeeper = false;
  settings.purpose = LedgerPurpose::demonstration;
  settings.first_recorded_at = demonstration::first_moment(wish, world::load_zone("Asia/Shanghai"));
  Node node(settings, {});
  node.start();
  adopt_shipped(node, "config", settings.first_recorded_at);
  demonstration::fill_city(node.ledger(), wish, {});

  std::vector<Record> records;
  while (auto record = node.ledger().record(records.size())) records.push_back(std::move(*record));
  REQUIRE(records.size() > 500);
  constexpr std::size_t sample = 150;
  CHECK(projections::testing::inexact(records, sample) == std::vector<std::string>{});
}
