#pragma once
// A demonstration city in a folder of its own, its year told.
#include "src/demonstration/city.hpp"
#include "src/first_start.hpp"
#include "tests/support/temp_folder.hpp"

namespace aidledger::test {

struct City {
  explicit City(const demonstration::CityWish& wish) : node(settings_for(wish), {}) {
    node.start();
    adopt_shipped(node, "config", demonstration::first_moment(wish, zone()));
    summary = demonstration::fill_city(node.ledger(), wish, {});
  }

  std::vector<Record> records() {
    std::vector<Record> all;
    while (auto record = node.ledger().record(all.size())) all.push_back(std::move(*record));
    return all;
  }

  TempFolder folder;
  Node node;
  demonstration::CitySummary summary;

 private:
  static Zone zone() { return world::load_zone("Asia/Shanghai"); }
  NodeSettings settings_for(const demonstration::CityWish& wish) const {
    NodeSettings settings;
    settings.data = folder / "data";
    settings.vault = folder / "vault";
    settings.ledger = "city";
    settings.create = true;
    settings.timekeeper = false;
    settings.purpose = LedgerPurpose::demonstration;
    settings.first_recorded_at = demonstration::first_moment(wish, zone());
    return settings;
  }
};

}  // namespace aidledger::test
