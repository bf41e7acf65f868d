#include "events/row_table.hpp"

#include <algorithm>
#include <functional>

namespace aidledger {
namespace {

constexpr std::size_t few_rows = 8, least_slots = 32;

std::uint32_t hash_of(std::string_view key) {
  const std::size_t hash = std::hash<std::string_view>{}(key);  // deterministic: only finds a slot, scans sort
  return static_cast<std::uint32_t>(hash ^ hash >> 32);
}

}  // namespace

const RowEntry* RowTable::find(std::string_view key) const {
  const auto place = place_of(key);
  return place == entries.size() ? nullptr : &entries[place];
}

std::uint32_t RowTable::at(std::string_view key, Arena& keys, bool& made) {
  const auto place = place_of(key);
  made = place == entries.size();
  return made ? add(key, keys) : place;
}

std::uint32_t RowTable::add(std::string_view key, Arena& keys) {
  entries.emplace_back().key = keys.keep(key);
  return static_cast<std::uint32_t>(entries.size() - 1);
}

/// That of the next entry where there is none.
std::uint32_t RowTable::place_of(std::string_view key) const {
  const auto next = static_cast<std::uint32_t>(entries.size());
  if (next <= few_rows && indexed_ == 0) {
    for (auto place = next; place-- > 0;)
      if (entries[place].key == key) return place;
    return next;
  }
  index_rest();
  const auto entry = slots_[slot_of(key, hash_of(key))].entry;
  return entry == 0 ? next : entry - 1;
}

void RowTable::index_rest() const {
  for (; indexed_ < entries.size(); ++indexed_) {
    if (3 * slots_.size() <= 4 * (indexed_ + 1)) grow();
    const auto hash = hash_of(entries[indexed_].key);
    slots_[slot_of(entries[indexed_].key, hash)] = {hash, static_cast<std::uint32_t>(indexed_ + 1)};
  }
}

/// The slot of the key, or the free one where it belongs.
std::size_t RowTable::slot_of(std::string_view key, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].entry != 0 && !(slots_[at].hash == hash && entries[slots_[at].entry - 1].key == key))
    at = (at + 1) & mask;
  return at;
}

void RowTable::grow() const {
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
