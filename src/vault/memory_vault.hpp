#pragma once
// The vault in memory, for tests and the simulation. What `before` sees is what becomes durable next; an exception
// thrown by it is a crash before that.
#include <functional>
#include <map>

#include "src/vault/vault.hpp"

namespace aidledger::vault {

class MemoryVault : public Vault {
 public:
  enum class Change { put, erase };

  void put(const std::string& name, BytesView value) override { put_many({{name, Bytes(value)}}); }
  void put_many(const std::vector<std::pair<std::string, Bytes>>& all) override {
    check_entries(all);
    ++syncs;
    for (const auto& [name, value] : all) {
      if (before) before(Change::put, name);
      entries[name] = value;
    }
  }
  std::optional<Bytes> get(const std::string& name) const override {
    const auto found = entries.find(name);
    return found == entries.end() ? std::nullopt : std::optional(found->second);
  }
  void erase(const std::string& name) override { erase_many({name}); }
  void erase_many(const std::vector<std::string>& names) override {
    ++syncs;
    for (const auto& name : names) {
      if (before) before(Change::erase, name);
      entries.erase(name);
    }
  }
  void list(const std::string& prefix,
            const std::function<bool(const std::string& name, BytesView value)>& visit) const override {
    for (auto one = entries.lower_bound(prefix); one != entries.end() && one->first.starts_with(prefix); ++one)
      if (!visit(one->first, one->second)) return;
  }

  std::map<std::string, Bytes> entries;
  int syncs = 0;  ///< what a disk would have been waited for
  std::function<void(Change, const std::string& name)> before;
};

}  // namespace aidledger::vault
