#include "events/rows.hpp"

#include <algorithm>

namespace aidledger {

std::string row_key(std::initializer_list<std::string_view> parts) {
  std::string key;
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

RowPtr Layer::find(const RowType& type, std::string_view key) const {
  if (const auto table = tables_.find(type.table); table != tables_.end())
    if (const auto entry = table->second.rows.find(std::string(key)); entry != table->second.rows.end())
      return entry->second.row;
  return below_->find(type, key);
}

void Layer::scan(const RowType& type, std::string_view prefix, const RowVisit& visit) const {
  std::map<std::string, RowPtr, std::less<>> here;
  if (const auto table = tables_.find(type.table); table != tables_.end())
    for (const auto& [key, entry] : table->second.rows)
      if (key.starts_with(prefix)) here.emplace(key, entry.row);
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

Layer::Entry& Layer::touch(const RowType& type, std::string_view key) {
  auto& table = tables_[type.table];
  table.type = &type;
  auto found = table.rows.find(std::string(key));
  if (found == table.rows.end()) {
    found = table.rows.emplace(std::string(key), Entry{}).first;
    if (const auto older = below_->find(type, key)) found->second.row = type.copy(older.get());
  } else if (found->second.row && found->second.row.use_count() > 1) {
    found->second.row = type.copy(found->second.row.get());  // somebody still reads the version before this change
  }
  if (!found->second.changed) {
    found->second.changed = true;
    table.changed.push_back(&found->first);
  }
  if (!found->second.fresh) {
    found->second.fresh = true;
    fresh_.emplace_back(&table, &found->first);
  }
  return found->second;
}

void* Layer::edit(const RowType& type, std::string_view key) {
  auto& entry = touch(type, key);
  if (!entry.row) entry.row = type.make();
  return entry.row.get();
}

void Layer::erase(const RowType& type, std::string_view key) { touch(type, key).row.reset(); }

void Layer::take_fresh(const std::function<void(const Change&)>& visit) {
  for (const auto& [table, key] : fresh_) {
    auto& entry = table->rows.find(*key)->second;
    entry.fresh = false;
    visit({table->type, *key, entry.row});
  }
  fresh_.clear();
}

void Layer::take_changes(const std::function<void(const Change&)>& visit) {
  for (auto& [number, table] : tables_) {
    std::sort(table.changed.begin(), table.changed.end(), [](const auto* a, const auto* b) { return *a < *b; });
    for (const auto* key : table.changed) {
      auto& entry = table.rows.find(*key)->second;
      entry.changed = false;
      entry.fresh = false;
      visit({table.type, *key, entry.row});
    }
    table.changed.clear();
  }
  fresh_.clear();
}

void Layer::each_row(const std::function<void(const Change&)>& visit) const {
  for (const auto& [number, table] : tables_)
    for (const auto& [key, entry] : table.rows) visit({table.type, key, entry.row});
}

void Layer::absorb(Layer& above) {
  for (auto& [number, from] : above.tables_)
    for (const auto* key : from.changed) touch(*from.type, *key).row = std::move(from.rows.find(*key)->second.row);
  above.tables_.clear();
  above.fresh_.clear();
}

std::size_t Layer::size() const {
  std::size_t rows = 0;
  for (const auto& [number, table] : tables_) rows += table.rows.size();
  return rows;
}

}  // namespace aidledger
