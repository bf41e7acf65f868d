#pragma once
// The vault in memory, for tests and the simulation.
#include <map>

#include "src/vault/vault.hpp"

namespace aidledger::vault {

class MemoryVault : public Vault {
 public:
  void put(const std::string& name, BytesView value) override { entries[name] = Bytes(value); }
  void put_many(const std::vector<std::pair<std::string, Bytes>>& all) override {
    for (const auto& [name, value] : all) entries[name] = value;
  }
  std::optional<Bytes> get(const std::string& name) const override {
    const auto found = entries.find(name);
    return found == entries.end() ? std::nullopt : std::optional(found->second);
  }
  void erase(const std::string& name) override { entries.erase(name); }
  void erase_many(const std::vector<std::string>& names) override {
    for (const auto& name : names) entries.erase(name);
  }
  void list(const std::string& prefix,
            const std::function<bool(const std::string& name, BytesView value)>& visit) const override {
    for (auto one = entries.lower_bound(prefix); one != entries.end() && one->first.starts_with(prefix); ++one)
      if (!visit(one->first, one->second)) return;
  }

  std::map<std::string, Bytes> entries;
};

}  // namespace aidledger::vault
