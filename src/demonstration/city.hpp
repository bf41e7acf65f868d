#pragma once
// A demonstration city: a year of casework of six districts, told through the same actions that people would ask for,
// with simulated recording times. The same seed and end date give the same rows (sealed fields apart). Shares of
// grades, lateness and amounts lie inside the ranges that the domain cites.
#include <functional>
#include <string>

#include "src/ledger/ledger.hpp"

namespace aidledger::demonstration {

struct CityWish {
  std::uint64_t seed = 1;
  Date last_day;  ///< of the year
  int undertakers = 120;
  int cases = 2'000;
};

struct CitySummary {
  int cases = 0, undertakers = 0, actions = 0, refused = 0;
  std::string first_refusal;  ///< of the rules to the story: none is expected
};

/// The first moment of the year: what record 0 of the ledger is dated.
Instant first_moment(const CityWish& wish, const Zone& zone);

/// Fills a demonstration ledger whose timekeeper rests. Waits for answers: not on the ledger's strand. `progress` gets
/// the days told and the days of the year.
CitySummary fill_city(ledger::Ledger& ledger, const CityWish& wish,
                      const std::function<void(int day, int days)>& progress);

}  // namespace aidledger::demonstration
