#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aidledger::settings {

/// The candidate that was probably meant: the nearest within a third of its length in single-character mistakes
/// (insert, drop, replace, swap of neighbours). nullopt where none is near.
std::optional<std::string> suggestion(std::string_view typed, const std::vector<std::string>& candidates);

/// " (did you mean 'x'?)", or nothing.
std::string did_you_mean(std::string_view typed, const std::vector<std::string>& candidates);

}  // namespace aidledger::settings
