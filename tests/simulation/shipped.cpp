#include "tests/simulation/shipped.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace aidledger::simulation {
namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Shipped policy(const std::string& name, const std::filesystem::path& path) {
  const auto at = name.find('@');
  return {"adopt-policy", Tree::object()
                              .set("policy", name.substr(0, at))
                              .set("version", name.substr(at + 1))
                              .set("effective_from", "2024-01-01")
                              .set("text", text_of(path))
                              .set("legal_basis", "as shipped")};
}

/// The simulated time begins in 2024 and lasts a few months.
std::vector<Shipped> read() {
  const std::filesystem::path config = AIDLEDGER_SIMULATION_CONFIG;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(config / "policies"))
    if (entry.path().extension() == ".toml") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  if (paths.empty()) throw std::runtime_error("no policies in " + config.string());
  std::vector<Shipped> out;
  for (const auto& path : paths) out.push_back(policy(path.stem().string(), path));
  for (const std::int64_t year : {2024, 2025})
    out.push_back(
        {"adopt-calendar", Tree::object()
                               .set("calendar", "cn-mainland")
                               .set("year", year)
                               .set("text", text_of(config / "holidays" / (std::to_string(year) + ".json")))});
  return out;
}

}  // namespace

const std::vector<Shipped>& shipped() {
  static const std::vector<Shipped> all = read();
  return all;
}

}  // namespace aidledger::simulation
