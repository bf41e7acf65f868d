#include "src/settings/suggest.hpp"

#include <algorithm>

namespace aidledger::settings {
namespace {

constexpr std::size_t longest_compared = 64;

// Optimal string alignment distance.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

}  // namespace

std::optional<std::string> suggestion(std::string_view typed, const std::vector<std::string>& candidates) {
  std::optional<std::string> best;
  std::size_t best_distance = 0;
  if (typed.size() > longest_compared) return best;
  for (const auto& candidate : candidates) {
    const auto mistakes = distance(typed, candidate);
    if (mistakes > std::max<std::size_t>(1, candidate.size() / 3)) continue;
    if (!best || mistakes < best_distance) best = candidate, best_distance = mistakes;
  }
  return best;
}

std::string did_you_mean(std::string_view typed, const std::vector<std::string>& candidates) {
  const auto meant = suggestion(typed, candidates);
  return meant ? " (did you mean '" + *meant + "'?)" : "";
}

}  // namespace aidledger::settings
