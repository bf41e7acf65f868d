#include "events/rows.hpp"

#include <algorithm>
#include <map>

namespace aidledger {

std::string row_key(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (const auto part : parts) size += part.size() + 1;
  std::string key;
  key.reserve(size);
  for (const auto part : parts) {
    key += part;
    key += '\0';
  }
  return key;
}

std::string key_number(std::uint64_t number) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out(16, '0');
  for (std::size_t i = 16; i-- > 0; number >>= 4) out[i] = digits[number & 15];
  return out;
}

std::vector<std::string_view> key_parts(std::string_view key) {
  std::vector<std::string_view> parts;
  while (!key.empty()) {
    const auto end = key.find('\0');
    parts.push_back(key.substr(0, end));
    key = end == std::string_view::npos ? std::string_view{} : key.substr(end + 1);
  }
  return parts;
}

namespace {
struct NoRows : Rows {
  RowPtr find(const RowType&, std::string_view) const override { return nullptr; }
  void scan(const RowType&, std::string_view, const RowVisit&) const override {}
};
}  // namespace

const Rows& no_rows() {
  static const NoRows none;
  return none;
}

namespace {

constexpr std::size_t least_slots = 16;

std::uint32_t hash_of(std::string_view key) {
  const std::size_t hash = std::hash<std::string_view>{}(key);  // deterministic: only finds a slot, scans sort
  return static_cast<std::uint32_t>(hash ^ hash >> 32);
}

}  // namespace

/// The slot of the key, or the free one where it belongs.
std::size_t Layer::Table::slot_of(std::string_view key, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].entry != 0 && !(slots_[at].hash == hash && entries[slots_[at].entry - 1].key == key))
    at = (at + 1) & mask;
  return at;
}

const Layer::Entry* Layer::Table::find(std::string_view key) const {
  if (slots_.empty()) return nullptr;
  const auto& slot = slots_[slot_of(key, hash_of(key))];
  return slot.entry == 0 ? nullptr : &entries[slot.entry - 1];
}

void Layer::Table::grow() {
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

Layer::Entry& Layer::Table::at(std::string_view key, bool& made) {
  if (3 * slots_.size() <= 4 * (entries.size() + 1)) grow();
  const std::uint32_t hash = hash_of(key);
  auto& slot = slots_[slot_of(key, hash)];
  made = slot.entry == 0;
  if (!made) return entries[slot.entry - 1];
  entries.emplace_back().key = key;
  slot = {hash, static_cast<std::uint32_t>(entries.size())};
  return entries.back();
}

RowPtr Layer::find(const RowType& type, std::string_view key) const {
  if (const auto& table = tables_[type.table])
    if (const auto* entry = table->find(key)) return entry->row;
  return below_->find(type, key);
}

void Layer::scan(const RowType& type, std::string_view prefix, const RowVisit& visit) const {
  std::map<std::string_view, RowPtr> here;
  if (const auto& table = tables_[type.table])
    for (const auto& entry : table->entries)
      if (entry.key.starts_with(prefix)) here.emplace(entry.key, entry.row);
  auto next = here.begin();
  bool going = true;
  const auto give_until = [&](std::string_view key) {
    for (; going && next != here.end() && next->first < key; ++next)
      if (next->second) going = visit(next->first, next->second);
  };
  below_->scan(type, prefix, [&](std::string_view key, const RowPtr& row) {
    give_until(key);
    if (!going) return false;
    if (next == here.end() || next->first != key) going = visit(key, row);
    return going;
  });
  for (; going && next != here.end(); ++next)
    if (next->second) going = visit(next->first, next->second);
}

Layer::Table& Layer::table_of(const RowType& type) {
  auto& table = tables_[type.table];
  if (!table) table = std::make_unique<Table>();
  table->type = &type;
  return *table;
}

void Layer::mark(Table& table, Entry& entry) {
  if (!entry.changed) table.changed.push_back(&entry);
  if (!entry.fresh) fresh_.emplace_back(&table, &entry);
  entry.changed = entry.fresh = true;
}

Layer::Entry& Layer::touch(const RowType& type, std::string_view key) {
  auto& table = table_of(type);
  bool made = false;
  auto& entry = table.at(key, made);
  if (made) {
    if (const auto older = below_->find(type, key)) entry.row = type.copy(older.get());
  } else if (entry.row && entry.row.use_count() > 1) {
    entry.row = type.copy(entry.row.get());  // somebody still reads the version before this change
  }
  mark(table, entry);
  return entry;
}

void* Layer::edit(const RowType& type, std::string_view key) {
  auto& entry = touch(type, key);
  if (!entry.row) entry.row = type.make();
  return entry.row.get();
}

void Layer::put(const RowType& type, std::string_view key, std::shared_ptr<void> row) {
  auto& table = table_of(type);
  bool made = false;
  auto& entry = table.at(key, made);
  entry.row = std::move(row);
  mark(table, entry);
}

void Layer::erase(const RowType& type, std::string_view key) { put(type, key, nullptr); }

void Layer::take_fresh(const std::function<void(const Change&)>& visit) {
  for (const auto& [table, entry] : fresh_) {
    entry->fresh = false;
    visit({table->type, entry->key, entry->row});
  }
  fresh_.clear();
}

void Layer::take_changes(const std::function<void(const Change&)>& visit) {
  for (auto& table : tables_) {
    if (!table) continue;
    std::sort(table->changed.begin(), table->changed.end(),
              [](const Entry* a, const Entry* b) { return a->key < b->key; });
    for (auto* entry : table->changed) {
      entry->changed = entry->fresh = false;
      visit({table->type, entry->key, entry->row});
    }
    table->changed.clear();
  }
  fresh_.clear();
}

void Layer::each_row(const std::function<void(const Change&)>& visit) const {
  for (const auto& table : tables_) {
    if (!table) continue;
    for (const auto& entry : table->entries) visit({table->type, entry.key, entry.row});
  }
}

void Layer::absorb(Layer& above) {
  for (auto& from : above.tables_) {
    if (!from) continue;
    for (auto* entry : from->changed) put(*from->type, entry->key, std::move(entry->row));
    from.reset();
  }
  above.fresh_.clear();
}

std::size_t Layer::size() const {
  std::size_t rows = 0;
  for (const auto& table : tables_) rows += table ? table->entries.size() : 0;
  return rows;
}

}  // namespace aidledger
