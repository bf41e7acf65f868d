#include "src/vault/vault.hpp"

#include <algorithm>
#include <stdexcept>

namespace aidledger::vault {
namespace {

bool is_name(const std::string& name) {
  constexpr std::string_view others = "._/-";
  return !name.empty() && name.size() <= max_name && std::all_of(name.begin(), name.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
  });
}

}  // namespace

void check_entries(const std::vector<std::pair<std::string, Bytes>>& entries) {
  for (const auto& [name, value] : entries) {
    if (!is_name(name)) throw std::invalid_argument("a name in the vault is 1 to 512 of A-Z a-z 0-9 . _ / -");
    if (value.size() > max_value) throw std::invalid_argument("a value in the vault is at most 1 MiB");
  }
}

}  // namespace aidledger::vault
