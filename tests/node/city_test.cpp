// The demonstration city: told by the rules without a refusal, with somebody on each step of the ladder.
#include <catch2/catch.hpp>

#include "projections/standing.hpp"
#include "src/demonstration/city.hpp"
#include "src/first_start.hpp"
#include "tests/support/temp_folder.hpp"

using namespace aidledger;

TEST_CASE("a small city tells its year without a refusal and puts an undertaker on each step") {
  test::TempFolder folder;
  demonstration::CityWish wish;
  wish.last_day = *parse_date("2025-12-31");
  wish.undertakers = 30;
  wish.cases = 300;
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
  const auto summary = demonstration::fill_city(node.ledger(), wish, {});
  INFO(summary.first_refusal);
  CHECK(summary.refused == 0);
  CHECK(summary.actions > 5'000);
}
