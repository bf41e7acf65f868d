#include "src/vault/copy_vault.hpp"

#include <map>
#include <stdexcept>

namespace aidledger::vault {
namespace {

constexpr std::size_t entries_at_once = 1'000;
constexpr std::string_view nodes_own = "writer/", made_once = "secret/";

using Entries = std::map<std::string, Bytes>;

Entries shared_entries(const Vault& vault) {
  Entries out;
  vault.list("", [&](const std::string& name, BytesView value) {
    if (!name.starts_with(nodes_own)) out.emplace(name, value);
    return true;
  });
  return out;
}

void check_part_of(const Entries& part, const Entries& whole) {
  for (const auto& [name, value] : part) {
    const auto found = whole.find(name);
    if (found == whole.end() || found->second != value)
      throw std::runtime_error("the vault to be copied into is not empty and no copy of this one: it holds another " +
                               name);
  }
}

void put_missing(const Entries& wanted, const Entries& there, Vault& to) {
  std::vector<std::pair<std::string, Bytes>> some;
  const auto put = [&] {
    if (!some.empty()) to.put_many(some);
    some.clear();
  };
  for (const auto& [name, value] : wanted) {
    if (there.contains(name)) continue;
    if (name.starts_with(made_once))
      to.put_once(name, value);
    else
      some.emplace_back(name, value);
    if (some.size() == entries_at_once) put();
  }
  put();
}

}  // namespace

Copied copy_vault(const Vault& from, Vault& to) {
  const Entries wanted = shared_entries(from), there = shared_entries(to);
  check_part_of(there, wanted);
  put_missing(wanted, there, to);
  if (shared_entries(to) != wanted) throw std::runtime_error("the copy of the vault is not equal to it; begin again");
  return {wanted.size(), wanted.size() - there.size()};
}

}  // namespace aidledger::vault
