#include "events/rows.hpp"

#include <map>

#include "events/values/key_order.hpp"

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

RowPtr row_in(const RowType& type, const RowEntry& entry) {
  return entry.packed ? RowPtr(type.decode(*entry.packed)) : entry.row;
}

}  // namespace

RowPtr Layer::find(const RowType& type, std::string_view key) const {
  if (const auto* table = find_table(type.table))
    if (const auto* entry = table->find(key)) return row_in(type, *entry);
  return below_->find(type, key);
}

void Layer::scan(const RowType& type, std::string_view prefix, const RowVisit& visit) const {
  std::map<std::string_view, RowPtr> here;
  if (const auto* table = find_table(type.table))
    for (const auto& entry : table->entries)
      if (entry.key.starts_with(prefix)) here.insert_or_assign(entry.key, row_in(type, entry));
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

const RowTable* Layer::find_table(std::uint8_t number) const {
  return place_of_[number] == 0 ? nullptr : tables_[place_of_[number] - 1].get();
}

RowTable& Layer::table_of(const RowType& type) {
  auto& place = place_of_[type.table];
  if (place == 0) {
    tables_.push_back(std::make_unique<RowTable>(type));
    place = static_cast<std::uint8_t>(tables_.size());
  }
  return *tables_[place - 1];
}

void Layer::mark(RowTable& table, std::uint32_t place) {
  auto& entry = table.entries[place];
  if (!entry.changed) table.changed.push_back(place);
  if (!entry.fresh) fresh_.emplace_back(&table, place);
  entry.changed = entry.fresh = true;
}

void* Layer::edit(const RowType& type, std::string_view key) {
  auto& table = table_of(type);
  bool made = false;
  const auto place = table.at(key, kept_, made);
  auto& entry = table.entries[place];
  if (made) {
    if (const auto older = below_->find(type, key)) entry.row = type.copy(older.get());
  } else if (entry.packed) {
    entry.row = type.decode(*entry.packed);
    entry.packed.reset();
  } else if (entry.row && entry.row.use_count() > 1) {
    entry.row = type.copy(entry.row.get());  // somebody still reads the version before this change
  }
  if (!entry.row) entry.row = type.make();
  mark(table, place);
  return entry.row.get();
}

/// The key's entry, empty and marked as changed.
RowEntry& Layer::set(const RowType& type, std::string_view key) {
  auto& table = table_of(type);
  bool made = false;
  const auto place = table.at(key, kept_, made);
  auto& entry = table.entries[place];
  entry.row.reset();
  entry.packed.reset();
  mark(table, place);
  return entry;
}

void Layer::put(const RowType& type, std::string_view key, const void* row) {
  scratch_.clear();
  type.encode(row, scratch_);
  if (type.historic) {  // one version a record
    set(type, key).packed = kept_.keep(scratch_);
    return;
  }
  auto& table = table_of(type);
  const auto place = table.add(key, kept_);
  table.entries[place].packed = kept_.keep(scratch_);
  mark(table, place);
}

void Layer::erase(const RowType& type, std::string_view key) { set(type, key); }

void Layer::Change::encode_to(Bytes& out) const {
  if (entry_.packed)
    out += *entry_.packed;
  else
    type.encode(entry_.row.get(), out);
}

void Layer::take_fresh(const Visit& visit) {
  for (const auto& [table, place] : fresh_) {
    auto& entry = table->entries[place];
    entry.fresh = false;
    visit({*table->type, entry});
  }
  fresh_.clear();
}

namespace {

/// By key; of a key's entries only the newest stays.
void sort_changed(RowTable& table) {
  sort_by_key(table.changed, [&](std::uint32_t place) { return table.entries[place].key; });
  std::size_t kept = 0;
  for (const auto place : table.changed) {
    if (kept > 0 && table.entries[table.changed[kept - 1]].key == table.entries[place].key)
      table.changed[kept - 1] = std::max(table.changed[kept - 1], place);
    else
      table.changed[kept++] = place;
  }
  table.changed.resize(kept);
}

}  // namespace

void Layer::take_changes(const Visit& visit) {
  for (const auto place_of_table : place_of_) {
    if (place_of_table == 0) continue;
    auto& table = *tables_[place_of_table - 1];
    sort_changed(table);
    for (const auto place : table.changed) {
      auto& entry = table.entries[place];
      entry.changed = entry.fresh = false;
      visit({*table.type, entry});
    }
    table.changed.clear();
  }
  fresh_.clear();
}

void Layer::absorb(Layer& above) {
  for (const auto& from : above.tables_)
    for (const auto place : from->changed) {
      auto& entry = from->entries[place];
      auto& ours = set(*from->type, entry.key);
      ours.row = std::move(entry.row);
      if (entry.packed) ours.packed = kept_.keep(*entry.packed);
    }
  above.tables_.clear();
  above.place_of_ = {};
  above.fresh_.clear();
  above.kept_.clear();
}

std::size_t Layer::size() const {
  std::size_t rows = 0;
  for (const auto& table : tables_) rows += table->entries.size();
  return rows;
}

}  // namespace aidledger
