#include "src/import/mapping.hpp"

#include <algorithm>
#include <initializer_list>

#include "events/values/ids.hpp"
#include "src/import/identity.hpp"
#include "src/import/source_time.hpp"
#include "src/settings/toml.hpp"

namespace aidledger::import {
namespace {

constexpr std::int64_t longest_clock_days = 36'500;
constexpr std::size_t max_name_length = 32;
constexpr std::size_t max_prefix_length = max_name_length + 1;
constexpr std::size_t max_details = 16;
constexpr std::size_t version_digits = 12;

[[noreturn]] void fault(const std::string& sentence) { throw MappingFault(sentence); }

/// One table of the file. Every key that is not asked for is a fault: a misspelt key must not pass for a default.
class Table {
 public:
  Table(const Tree* table, std::string where) : table_(table), where_(std::move(where)) {}

  std::string text(std::string_view key, std::optional<std::string> otherwise = std::nullopt) {
    const Tree* node = find(key);
    if (node == nullptr) {
      if (!otherwise) fault(name_of_key(key) + " is missing");
      return *otherwise;
    }
    const auto* value = node->as_string();
    if (value == nullptr) fault(name_of_key(key) + " must be text in quotation marks");
    return *value;
  }

  std::int64_t number(std::string_view key, std::int64_t least, std::int64_t most) {
    const Tree* node = find(key);
    const auto* value = node == nullptr ? nullptr : node->as_int();
    if (value == nullptr || *value < least || *value > most)
      fault(name_of_key(key) + " must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return *value;
  }

  /// Of a key that is there.
  const Tree& value(std::string_view key) { return *find(key); }

  bool has(std::string_view key) const { return table_ != nullptr && table_->find(key) != nullptr; }

  /// One text or a list of texts.
  std::vector<std::string> texts(std::string_view key) {
    const Tree* node = find(key);
    if (node == nullptr) return {};
    if (const auto* one = node->as_string()) return {*one};
    std::vector<std::string> out;
    const auto* list = node->as_list();
    for (const auto& entry : list == nullptr ? TreeList{*node} : *list) {
      if (entry.as_string() == nullptr) fault(name_of_key(key) + " must be a text or a list of texts");
      out.push_back(*entry.as_string());
    }
    return out;
  }

  Table table(std::string_view key) {
    const Tree* node = find(key);
    if (node != nullptr && node->as_object() == nullptr) fault(name_of_key(key) + " must be a table");
    return {node, name_of_key(key)};
  }

  std::vector<Table> tables(std::string_view key) {
    const Tree* node = find(key);
    if (node == nullptr) return {};
    const auto* list = node->as_list();
    std::vector<Table> out;
    for (const auto& entry : list == nullptr ? TreeList{Tree()} : *list)
      if (entry.as_object() == nullptr) fault(name_of_key(key) + " must be written as [[" + std::string(key) + "]]");
    for (const auto& entry : *list) out.emplace_back(&entry, std::string(key) + " " + std::to_string(out.size() + 1));
    return out;
  }

  std::vector<std::string> keys() const {
    std::vector<std::string> out;
    if (table_ == nullptr) return out;
    for (const auto& member : *table_->as_object()) out.push_back(member.name);
    return out;
  }

  void done() const {
    for (const auto& key : keys())
      if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) fault("unknown key " + name_of_key(key));
  }

 private:
  std::string name_of_key(std::string_view key) const {
    return (where_.empty() ? "" : where_ + ".") + std::string(key);
  }

  const Tree* find(std::string_view key) {
    asked_.emplace_back(key);
    return table_ == nullptr ? nullptr : table_->find(key);
  }

  const Tree* table_;
  std::string where_;
  std::vector<std::string> asked_;
};

template <class T>
T choice(const std::string& where, const std::string& value, std::initializer_list<std::pair<const char*, T>> choices) {
  std::string names;
  for (const auto& [name, meaning] : choices) {
    if (value == name) return meaning;
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  fault(where + " must be one of " + names);
}

void check_name(const std::string& where, const std::string& value) {
  if (!is_id(value) || value.size() > max_name_length)
    fault(where + " must be 1-" + std::to_string(max_name_length) + " of A-Z a-z 0-9 . _ -");
}

void read_source(Table table, const std::string& source, Mapping& out) {
  const std::string named = table.text("name");
  out.source = source.empty() ? named : source;
  check_name("source.name", out.source);
  out.name = table.text("mapping", named);
  check_name("source.mapping", out.name);
  out.zone = table.text("zone");
  out.calendar = table.text("calendar", "none");
  check_name("source.calendar", out.calendar);
  out.format = choice<InputFormat>("source.format", table.text("format"),
                                   {{"csv", InputFormat::csv}, {"xes", InputFormat::xes}});
  const std::string delimiter = table.text("delimiter", ",");
  if (delimiter.size() != 1 || delimiter == "\"" || delimiter == "\n" || delimiter == "\r")
    fault("source.delimiter must be one character, no quotation mark and no line break");
  out.delimiter = delimiter.front();
  out.grouped = choice<bool>("source.rows", table.text("rows", "any-order"), {{"grouped", true}, {"any-order", false}});
  out.encoding = table.text("encoding", "UTF-8");
  table.done();
}

void read_columns(Table table, Mapping& out) {
  const bool xes = out.format == InputFormat::xes;
  using Default = std::optional<std::string>;
  out.case_column = table.text("case", xes ? Default("case:concept:name") : std::nullopt);
  out.activity_column = table.text("activity", xes ? Default("concept:name") : std::nullopt);
  out.time_column = table.text("time", xes ? Default("time:timestamp") : std::nullopt);
  out.time_format = table.text("time_format", "iso");
  if (const auto wrong = fault_of_time_format(out.time_format); !wrong.empty()) fault("columns.time_format: " + wrong);
  out.record_column = table.text("record", "");
  out.undertaker_column = table.text("undertaker", "");
  out.performer_column = table.text("performer", "");
  out.supervisor_column = table.text("supervisor", "");
  out.type_column = table.text("case_type", "");
  out.details = table.texts("details");
  if (out.details.size() > max_details)
    fault("columns.details names more than " + std::to_string(max_details) + " columns");
  table.done();
}

void read_cases(Table table, Mapping& out) {
  out.type = table.text("type", "");
  out.case_prefix = table.text("prefix", out.source + ".");
  out.person_prefix = table.text("person_prefix", out.source + ".");
  out.people_by_name = choice<bool>("cases.people", table.text("people", "ids"), {{"ids", false}, {"names", true}});
  for (const auto& [where, prefix] :
       {std::pair("cases.prefix", out.case_prefix), std::pair("cases.person_prefix", out.person_prefix)})
    if (!prefix.empty() && (!is_id(prefix) || prefix.size() > max_prefix_length))
      fault(std::string(where) + " cannot begin an id");
  table.done();
}

MappedClock read_clock(Table& table, const std::string& where) {
  MappedClock out;
  out.name = table.text("name");
  check_name(where + ".name", out.name);
  if (table.has("due") == table.has("from"))
    fault(where + " must have either 'from' (an activity) or 'due' (a column)");
  if (table.has("due")) {
    out.due = table.text("due");
    out.met = table.text("met", "");
    return out;
  }
  out.from = table.text("from");
  out.days = static_cast<std::int32_t>(table.number("days", 1, longest_clock_days));
  out.unit = choice<DayUnit>(where + ".unit", table.text("unit"),
                             {{"natural", DayUnit::natural}, {"working", DayUnit::working}});
  out.met_by = table.texts("met_by");
  return out;
}

MappedAction read_action(Table& table) {
  MappedAction out;
  out.activity = table.text("activity");
  out.action = table.text("action");
  Table fixed = table.table("fields");
  for (const auto& key : fixed.keys()) out.fields.emplace_back(key, fixed.value(key));
  Table columns = table.table("columns");
  for (const auto& key : columns.keys()) out.columns.emplace_back(key, columns.text(key));
  return out;
}

template <class T, class Name>
void check_distinct(const std::vector<T>& list, const char* what, Name name) {
  std::vector<std::string> names;
  for (const auto& entry : list) names.push_back(name(entry));
  std::sort(names.begin(), names.end());
  if (const auto twice = std::adjacent_find(names.begin(), names.end()); twice != names.end())
    fault("two " + std::string(what) + " for '" + *twice + "'");
}

}  // namespace

PolicyRef policy_of(const Mapping& mapping) { return {"import." + mapping.name, mapping.version}; }

Mapping parse_mapping(std::string_view text, const std::string& source) {
  const auto file = settings::parse_toml(text);
  if (!file) fault(file.error());
  Table root(&*file, "");
  Mapping out;
  read_source(root.table("source"), source, out);
  read_columns(root.table("columns"), out);
  read_cases(root.table("cases"), out);
  for (auto& table : root.tables("clock")) {
    out.clocks.push_back(read_clock(table, "clock " + std::to_string(out.clocks.size() + 1)));
    table.done();
  }
  for (auto& table : root.tables("action")) {
    out.actions.push_back(read_action(table));
    table.done();
  }
  root.done();
  out.text = text;
  out.version = identity_of({text}).substr(0, version_digits);
  check_distinct(out.clocks, "clocks", [](const MappedClock& clock) { return clock.name; });
  check_distinct(out.actions, "actions", [](const MappedAction& action) { return action.activity; });
  return out;
}

}  // namespace aidledger::import
