#include "tests/projections/leave_one_out.hpp"

#include "projections/cases.hpp"
#include "projections/deadlines.hpp"
#include "projections/standing.hpp"
#include "projections/subsidy.hpp"
#include "projections/timeline.hpp"

namespace aidledger::projections::testing {
namespace {

std::string readable(std::string key) {
  for (char& c : key)
    if (c == '\0') c = '/';
  return key;
}

void compare(const SeenRows& whole, const SeenRows& without, EventRef left_out, std::vector<std::string>& wrong) {
  for (const auto& [key, row] : whole) {
    const auto found = without.find(key);
    const bool changed = found == without.end() || found->second.shown != row.shown;
    const bool named = std::binary_search(row.refs.begin(), row.refs.end(), left_out);
    if (changed == named) continue;
    wrong.push_back(readable(key) + (named ? " names " : " does not name ") + to_text(left_out) +
                    (named ? ", but is the same without it" : ", but changes without it"));
  }
}

}  // namespace

SeenRows see_all(const Rows& rows) {
  SeenRows seen;
  see<StandingRow>(rows, seen);
  see<LoadRow>(rows, seen);
  see<CaseRow>(rows, seen);
  see<TimelineRow>(rows, seen);
  see<DeadlineRow>(rows, seen);
  see<SubsidyRow>(rows, seen);
  return seen;
}

void fold_all(Layer& rows, const std::vector<Record>& records, std::optional<EventRef> without) {
  for (const auto& record : records)
    for (std::uint32_t i = 0; i < record.body.events.size(); ++i) {
      const EventRef at{record.header.seq, i};
      if (at == without) continue;
      for (const auto& projection : all_projections()) projection.fold(rows, {record.body.events[i], at, record});
    }
}

std::vector<EventRef> events_of(const std::vector<Record>& records) {
  std::vector<EventRef> all;
  for (const auto& record : records)
    for (std::uint32_t i = 0; i < record.body.events.size(); ++i) all.push_back({record.header.seq, i});
  return all;
}

std::vector<std::string> inexact(const std::vector<Record>& records, std::size_t sample, unsigned random) {
  Layer rows(no_rows());
  fold_all(rows, records);
  const SeenRows whole = see_all(rows);
  auto left_out = events_of(records);
  if (sample != 0 && sample < left_out.size()) {
    std::shuffle(left_out.begin(), left_out.end(), std::mt19937(random));
    left_out.resize(sample);
  }
  std::vector<std::string> wrong;
  for (const auto at : left_out) {
    Layer others(no_rows());
    fold_all(others, records, at);
    compare(whole, see_all(others), at, wrong);
  }
  return wrong;
}

}  // namespace aidledger::projections::testing
