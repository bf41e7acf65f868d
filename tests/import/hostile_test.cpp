// Whatever the bytes, a reader ends: with cases, with rejected lines, or with InputDamaged.
#include <catch2/catch.hpp>

#include "src/import/csv_cases.hpp"
#include "src/import/planner.hpp"
#include "src/import/utf8.hpp"
#include "src/import/xes_cases.hpp"

using namespace aidledger;
using namespace aidledger::import;

namespace {

/// xorshift: the same texts in every run.
class Chance {
 public:
  std::uint64_t next() {
    state_ ^= state_ << 13, state_ ^= state_ >> 7, state_ ^= state_ << 17;
    return state_;
  }
  std::size_t below(std::size_t bound) { return next() % bound; }

 private:
  std::uint64_t state_ = 0x9e3779b97f4a7c15U;
};

std::string soup(Chance& chance, const std::vector<std::string>& pieces) {
  std::string out;
  for (std::size_t n = chance.below(60); n > 0; --n) out += pieces[chance.below(pieces.size())];
  return out;
}

std::size_t read_to_the_end(const std::function<std::unique_ptr<CaseReader>()>& open, const PlanSettings& plan) {
  std::size_t events = 0;
  try {
    const auto reader = open();
    while (const auto next = reader->next()) {
      events += next->events.size();
      for (const auto& part : plan_case(*next, plan).parts)
        for (const auto& item : part.items) REQUIRE(is_utf8(item.name));
    }
  } catch (const InputDamaged&) {
  }
  return events;
}

PlanSettings plan_for(const std::string& columns, const std::string& format) {
  PlanSettings plan;
  plan.mapping = parse_mapping("[source]\nname='x'\nzone='UTC'\nformat='" + format + "'\n" + columns);
  plan.now = *parse_instant("2024-01-01T00:00:00Z");
  return plan;
}

}  // namespace

TEST_CASE("CSV of any bytes is read to an end") {
  const std::vector<std::string> pieces{
      ",",  "\"",      "\"\"", "\n", "\r\n", "\r", "a", "1", "2020-01-02", "\xFF", std::string(1, '\0'),
      "法", "c,a,t\n", " "};
  const auto plan = plan_for("[columns]\ncase='c'\nactivity='a'\ntime='t'\n", "csv");
  Chance chance;
  std::size_t events = 0;
  for (int i = 0; i < 5'000; ++i) {
    CsvShape shape;
    shape.case_column = "c";
    shape.grouped = i % 2 == 0;
    const std::string text = "c,a,t\n" + soup(chance, pieces);
    events += read_to_the_end([&] { return read_csv_cases(from_text(text), shape, {}, [](const auto&) {}); }, plan);
  }
  CHECK(events > 0);
}

TEST_CASE("XES of any bytes is read to an end") {
  const std::vector<std::string> pieces{"<trace>",
                                        "</trace>",
                                        "<event>",
                                        "</event>",
                                        "<string key='concept:name' value='a'/>",
                                        "<date key='time:timestamp' value='2020-01-02'/>",
                                        "<list>",
                                        "</list>",
                                        "<global>",
                                        "</global>",
                                        "</log>",
                                        "<",
                                        "&amp;",
                                        "&x;",
                                        "\xFF",
                                        "<!-- -->",
                                        "<![CDATA[",
                                        "]]>",
                                        "<string key='k'>",
                                        "</string>"};
  const auto plan = plan_for("", "xes");
  Chance chance;
  std::size_t events = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = "<log>" + soup(chance, pieces);
    events += read_to_the_end(
        [&] { return read_xes_cases(from_text(text), "case:concept:name", {}, [](const auto&) {}); }, plan);
  }
  const std::string good =
      "<log><trace><string key='concept:name' value='a'/><event><string key='concept:name' "
      "value='a'/></event></trace></log>";
  for (std::size_t cut = 0; cut <= good.size(); ++cut)
    events += read_to_the_end(
        [&] { return read_xes_cases(from_text(good.substr(0, cut)), "case:concept:name", {}, [](const auto&) {}); },
        plan);
  CHECK(events > 0);
}
