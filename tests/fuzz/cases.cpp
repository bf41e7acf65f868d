// Histories of other systems, as CSV and as XES.
#include <functional>

#include "src/import/csv_cases.hpp"
#include "src/import/xes_cases.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace aidledger::fuzz {
namespace {

constexpr import::InputLimits limits{
    .field_bytes = 256, .row_bytes = 1024, .columns = 16, .events_of_a_case = 8, .case_bytes = 4096, .nesting = 8};

void read_all(const std::function<std::unique_ptr<import::CaseReader>(std::unique_ptr<import::ByteSource>)>& open,
              BytesView input) {
  try {
    const auto reader = open(import::from_text(std::string(input)));
    while (const auto one = reader->next()) must(one->events.size() <= limits.events_of_a_case, "a case has its bound");
  } catch (const import::InputDamaged&) {
    // Said to whoever imports; the cases before it stand.
  }
}

}  // namespace

std::vector<Bytes> samples() {
  return {"case,activity,time\nA,granted,2024-02-10\nA,\"closed\n, again\",2024-02-11\nB,granted,\r\n",
          "<?xml version='1.0'?><log><trace><string key='concept:name' value='A'/><event><string key='concept:name' "
          "value='granted'/><date key='time:timestamp' value='2024-02-10T09:00:00+08:00'/></event></trace></log>"};
}

void look_at(BytesView input) {
  for (const bool grouped : {false, true})
    read_all(
        [&](auto source) {
          return import::read_csv_cases(std::move(source), {',', "case", grouped}, limits, [](auto&&) {});
        },
        input);
  read_all(
      [](auto source) { return import::read_xes_cases(std::move(source), "case:concept:name", limits, [](auto&&) {}); },
      input);
}

}  // namespace aidledger::fuzz
