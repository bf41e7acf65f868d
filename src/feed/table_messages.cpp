#include "src/feed/table_messages.hpp"

#include <set>

#include "events/tree_codec.hpp"
#include "src/feed/connect.hpp"
#include "src/feed/table_rows.hpp"
#include "src/json/json.hpp"

namespace aidledger::feed {
namespace {

/// The columns that every table ends with.
struct Provenance {
  Seq seq = 0;
  Instant recorded_at;
  static void fields(auto&& f) {
    f("seq", &Provenance::seq, "the record that changed the row last");
    f("recorded_at", &Provenance::recorded_at, "when that was recorded");
  }
};

/// A table topic: its key, its rows, and the rows of the read model that they come from.
struct Standing {
  using Key = StandingKey;
  using Row = StandingTableRow;
  using Source = projections::StandingRow;
  static constexpr std::string_view topic = standing_topic, kind = UndertakerId::kind;
};
struct Subsidies {
  using Key = SubsidyKey;
  using Row = SubsidyTableRow;
  using Source = projections::SubsidyRow;
  static constexpr std::string_view topic = subsidy_topic, kind = CaseId::kind;
};

template <class Table>
Tree columns() {
  Tree fields = Tree::list();
  add_columns<typename Table::Key>(fields);
  add_columns<typename Table::Row>(fields);
  add_columns<Provenance>(fields);
  return fields;
}

template <class Table>
std::string key_envelope(const typename Table::Key& key) {
  Tree fields = Tree::list(), payload = Tree::object();
  add_columns<typename Table::Key>(fields);
  add_values(payload, key);
  return json::print(connect_envelope(std::move(fields), std::move(payload)));
}

/// The row without its key and provenance; null where there is none.
template <class Table>
Tree flat_row(const Rows& rows, const std::string& id) {
  const auto source = rows.get<typename Table::Source>(row_key({id}));
  const std::optional<typename Table::Row> row = source ? table_row(*source) : std::optional<typename Table::Row>{};
  if (!row) return {};
  Tree flat = Tree::object();
  add_values(flat, *row);
  return flat;
}

template <class Table>
std::string value_envelope(const RecordHeader& header, const typename Table::Key& key, const Tree& flat) {
  Tree payload = Tree::object();
  add_values(payload, key);
  for (const auto& column : *flat.as_object()) payload.set(column.name, column.value);
  add_values(payload, Provenance{header.seq, header.recorded_at});
  return json::print(connect_envelope(columns<Table>(), std::move(payload)));
}

template <class Table>
void add_changes(const Record& record, const Rows& before, const Rows& after, std::vector<Message>& out) {
  std::set<std::string> ids;
  for (const auto& event : record.body.events)
    for (const auto& object : event.objects)
      if (object.kind == Table::kind) ids.insert(object.id);
  for (const auto& id : ids) {
    const Tree row = flat_row<Table>(after, id);
    if (row == flat_row<Table>(before, id)) continue;
    const typename Table::Key key{record.header.ledger, id};
    Message message{std::string(Table::topic), key_envelope<Table>(key), {}, {}, {}};
    if (!row.is_null()) message.value = value_envelope<Table>(record.header, key, row);
    out.push_back(std::move(message));
  }
}

template <class Table>
Tree row_schema() {
  Tree properties = Tree::object(), required = Tree::list();
  const auto add = [&]<Described T>() {
    T probe{};
    for_each_field(probe, [&](std::string_view name, auto& field, std::string_view meaning, auto...) {
      using F = std::remove_cvref_t<decltype(field)>;
      const Tree type = connect_type<F>();
      const std::string connect = *type.find("type")->as_string();
      const std::string json = connect.starts_with("int") ? "integer" : connect;
      Tree column = Tree::object();
      if constexpr (is_optional<F>)
        column.set("type", Tree::list().push(json).push("null"));
      else
        column.set("type", json);
      if (const Tree* meant = type.find("name")) column.set("title", *meant);
      properties.set(name, column.set("description", meaning));
      required.push(name);
    });
  };
  add.template operator()<typename Table::Key>();
  add.template operator()<typename Table::Row>();
  add.template operator()<Provenance>();
  return Tree::object().set("type", "object").set("properties", properties).set("required", required);
}

}  // namespace

std::vector<Message> table_messages(const Record& record, const Rows& before, const Rows& after) {
  std::vector<Message> out;
  add_changes<Standing>(record, before, after, out);
  add_changes<Subsidies>(record, before, after, out);
  return out;
}

Tree standing_row_schema() { return row_schema<Standing>(); }
Tree subsidy_row_schema() { return row_schema<Subsidies>(); }

}  // namespace aidledger::feed
