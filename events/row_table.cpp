#include "events/row_table.hpp"

#include <algorithm>
#include <functional>

namespace aidledger {
namespace {

constexpr std::size_t least_slots = 16;

std::uint32_t hash_of(std::string_view key) {
  const std::size_t hash = std::hash<std::string_view>{}(key);  // deterministic: only finds a slot, scans sort
  return static_cast<std::uint32_t>(hash ^ hash >> 32);
}

}  // namespace

const RowEntry* RowTable::find(std::string_view key) const {
  if (slots_.empty()) return nullptr;
  const auto& slot = slots_[slot_of(key, hash_of(key))];
  return slot.entry == 0 ? nullptr : &entries[slot.entry - 1];
}

std::uint32_t RowTable::at(std::string_view key, Arena& keys, bool& made) {
  if (3 * slots_.size() <= 4 * (entries.size() + 1)) grow();
  const std::uint32_t hash = hash_of(key);
  auto& slot = slots_[slot_of(key, hash)];
  made = slot.entry == 0;
  if (!made) return slot.entry - 1;
  entries.emplace_back().key = keys.keep(key);
  slot = {hash, static_cast<std::uint32_t>(entries.size())};
  return slot.entry - 1;
}

/// The slot of the key, or the free one where it belongs.
std::size_t RowTable::slot_of(std::string_view key, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].entry != 0 && !(slots_[at].hash == hash && entries[slots_[at].entry - 1].key == key))
    at = (at + 1) & mask;
  return at;
}

void RowTable::grow() {
  std::vector<Slot> old(std::max(least_slots, 2 * slots_.size()));
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const auto& slot : old) {
    if (slot.entry == 0) continue;
    std::size_t at = slot.hash & mask;
    while (slots_[at].entry != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace aidledger
