#include "src/demonstration/city.hpp"

#include "src/demonstration/evaluation.hpp"

namespace aidledger::demonstration {
namespace {

constexpr int year_days = 365;
constexpr int enrolment_minute = 8 * 60;
/// Rounds begin on these days of the year: what the second leads to, a disqualification too, is decided before the year
/// ends.
constexpr std::array round_days{150, 258};

Date first_day(const CityWish& wish) { return wish.last_day + -(year_days - 1); }

}  // namespace

Instant first_moment(const CityWish& wish, const Zone& zone) { return zone.start_of(first_day(wish)); }

CitySummary fill_city(ledger::Ledger& ledger, const CityWish& wish, const std::function<void(int, int)>& progress) {
  Chance chance(wish.seed);
  Teller teller(ledger);
  const Officers all = officers();
  std::vector<Undertaker> undertakers;
  Casework casework(teller, chance, all, undertakers);
  Evaluation evaluation(teller, chance, all, casework);
  const Date first = first_day(wish);
  teller.at(first, enrolment_minute, [&] { undertakers = enrol(teller, chance, all, wish.undertakers); });
  const int year = ymd(first).year;
  for (int number = 1; number <= wish.cases; ++number) {
    Date day = first + number * (year_days - 2) / (wish.cases + 1) + 1;
    while (weekday(day) == 0 || weekday(day) == 6) day = day + 1;
    teller.at(day, chance.between(9 * 60, 16 * 60),
              [&casework, number, day, year] { casework.begin(number, std::max(year, ymd(day).year)); });
  }
  for (const int offset : round_days) {
    Date day = first + offset;
    while (weekday(day) == 0 || weekday(day) == 6) day = day + 1;
    const std::string half = offset < 200 ? "上半年" : "下半年";
    teller.at(day, 9 * 60, [&evaluation, day, half, offset] {
      evaluation.begin_round("ROUND-" + std::to_string(ymd(day).year) + (offset < 200 ? "-1" : "-2"),
                             half + "案件质量集中评查");
    });
  }
  teller.tell(first, wish.last_day, progress);
  teller.summary.cases = wish.cases;
  teller.summary.undertakers = wish.undertakers;
  return teller.summary;
}

}  // namespace aidledger::demonstration
