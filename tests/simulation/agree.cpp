#include "tests/simulation/agree.hpp"

#include "projections/deadlines.hpp"
#include "projections/standing.hpp"
#include "projections/subsidy.hpp"

namespace aidledger::simulation {
namespace {

template <class Map>
void compare(const char* what, const Map& reckoned, const Map& shown, std::vector<std::string>& out) {
  for (const auto& [key, value] : reckoned)
    if (const auto found = shown.find(key); found == shown.end() || found->second != value)
      out.push_back(std::string(what) + " of " + key + " is not what its facts give");
  for (const auto& [key, value] : shown)
    if (!reckoned.contains(key)) out.push_back(std::string(what) + " of " + key + " has no facts");
}

std::map<std::string, int> steps(const Rows& rows) {
  std::map<std::string, int> out;
  rows.each<projections::StandingRow>("", [&](std::string_view key, const projections::StandingRow& row) {
    if (row.ladder) out[std::string(key_parts(key).front())] = row.ladder->step;
    return true;
  });
  return out;
}

std::map<std::string, std::set<std::string>> open_cases(const Rows& rows) {
  std::map<std::string, std::set<std::string>> out;
  rows.each<projections::LoadRow>("", [&](std::string_view key, const projections::LoadRow& row) {
    const auto parts = key_parts(key);
    if (row.state && *row.state == projections::LoadState::open)
      out[std::string(parts[0])].insert(std::string(parts[1]));
    return true;
  });
  return out;
}

std::map<std::string, std::int64_t> entitlements(const Rows& rows) {
  std::map<std::string, std::int64_t> out;
  rows.each<projections::SubsidyRow>("", [&](std::string_view key, const projections::SubsidyRow& row) {
    for (const auto& stage : row.stages)
      if (!stage.revisions.empty()) out[std::string(key_parts(key).front())] += stage.revisions.back().entitlement.fen;
    return true;
  });
  return out;
}

std::string name_of_clock(const ClockId& id) {
  return id.rule + " " + id.subject.kind + " " + id.subject.id + " " + id.key;
}

std::map<std::string, std::string> deadlines(const Rows& rows) {
  std::map<std::string, std::string> out;
  rows.each<projections::DeadlineRow>("", [&](std::string_view, const projections::DeadlineRow& row) {
    out[name_of_clock(row.start.clock)] = std::string(name_of(row.state()));
    return true;
  });
  return out;
}

/// Nothing counted and nothing open is as good as no entry.
template <class Map>
Map without_empty(Map map) {
  std::erase_if(map, [](const auto& entry) { return entry.second == typename Map::mapped_type{}; });
  return map;
}

}  // namespace

std::vector<std::string> differences(const Reckoned& reckoned, const Rows& rows) {
  std::vector<std::string> out;
  std::map<std::string, std::string> clocks;
  for (const auto& [id, state] : reckoned.deadlines) clocks[name_of_clock(id)] = state;
  compare("the ladder", without_empty(reckoned.steps), without_empty(steps(rows)), out);
  compare("the load", without_empty(reckoned.open), without_empty(open_cases(rows)), out);
  compare("the entitlement", reckoned.entitlements, entitlements(rows), out);
  compare("the deadline", clocks, deadlines(rows), out);
  return out;
}

}  // namespace aidledger::simulation
