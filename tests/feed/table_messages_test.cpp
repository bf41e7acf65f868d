// The table topics: what a record changes, and that a table built from them is the read model.
#include <catch2/catch.hpp>

#include <map>

#include "src/feed/table_messages.hpp"
#include "src/feed/table_rows.hpp"
#include "tests/feed/told.hpp"
#include "tests/projections/city.hpp"

using namespace aidledger;
using namespace aidledger::feed;
using namespace aidledger::feed::testing;
using namespace aidledger::projections::testing;

namespace {

/// What a consumer holds after the messages: the value of each key, tombstones taken away.
std::map<std::string, Tree> table_of(const std::vector<Message>& messages, std::string_view topic) {
  std::map<std::string, Tree> table;
  for (const auto& message : messages) {
    if (message.topic != topic) continue;
    if (message.value)
      table[message.key] = *value_of(message).find("payload");
    else
      table.erase(message.key);
  }
  return table;
}

std::vector<Message> of_topic(const std::vector<Message>& messages, std::string_view topic) {
  std::vector<Message> out;
  for (const auto& message : messages)
    if (message.topic == topic) out.push_back(message);
  return out;
}

std::string column(const Message& message, std::string_view name) {
  const Tree whole = value_of(message);
  return json::print(*whole.find("payload")->find(name));
}

}  // namespace

TEST_CASE("a row is a Connect envelope, flat, with its ledger and seq; its key is a struct") {
  History history;
  history.happened(grant("c-1"));
  history.happened(enrol("u-1"));
  const auto rows = of_topic(told(history.records()), standing_topic);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].key == R"({"schema":{"type":"struct","optional":false,"fields":[)"
                       R"({"type":"string","optional":false,"field":"ledger"},)"
                       R"({"type":"string","optional":false,"field":"undertaker"}]},)"
                       R"("payload":{"ledger":"test","undertaker":"u-1"}})");
  const Tree value = value_of(rows[0]);
  CHECK(column(rows[0], "seq") == "1");
  CHECK(column(rows[0], "category") == R"("social-lawyer")");
  CHECK(column(rows[0], "written_comments") == "null");
  for (const auto& field : *value.at_path("schema.fields")->as_list()) {
    const auto name = *field.find("field")->as_string();
    INFO(name);
    const Tree* member = value.find("payload")->find(name);
    REQUIRE(member != nullptr);
    CHECK((!member->is_null() || *field.find("optional")->as_bool()));
    CHECK(member->as_object() == nullptr);
    CHECK(member->as_list() == nullptr);
    CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos);
  }
  CHECK(value.at_path("schema.fields")->as_list()->size() == value.find("payload")->as_object()->size());
}

TEST_CASE("a row is told when it says something else, and then only") {
  History history;
  history.happened(enrol("u-1"));
  history.happened(assign("c-1", "u-1"));  // the load is no part of this table
  history.happened(step("u-1", 0, 1));
  history.happened(step("u-1", 1, 1));
  const auto rows = of_topic(told(history.records()), standing_topic);
  REQUIRE(rows.size() == 2);
  CHECK(column(rows[1], "seq") == "2");
  CHECK(column(rows[1], "ladder_step") == "1");
}

TEST_CASE("a subsidy is in the table from its first calculation on, in fen, with its grade") {
  History history;
  history.happened(final_grade("c-1", "u-1", Grade::unqualified));
  history.happened(calculated("c-1", "u-1"));
  history.happened(adjusted("c-1", "u-1", {0, 0}));
  const auto rows = of_topic(told(history.records()), subsidy_topic);
  REQUIRE(rows.size() == 2);
  CHECK(column(rows[0], "entitlement") == "140000");
  CHECK(column(rows[0], "grade") == "null");
  CHECK(column(rows[1], "entitlement") == "84000");
  CHECK(column(rows[1], "quality_amount") == "-56000");
  CHECK(column(rows[1], "grade") == R"("unqualified")");
  CHECK(column(rows[1], "policy") == R"("subsidy@1")");
}

TEST_CASE("no column is a word of SQL: stock sinks quote nothing") {
  History history;
  history.happened(enrol("u-1"));
  history.happened(calculated("c-1", "u-1"));
  for (const auto& message : told(history.records())) {
    if (message.event) continue;
    for (const auto& field : *value_of(message).at_path("schema.fields")->as_list())
      for (const auto* word :
           {"case", "left", "order", "group", "user", "table", "check", "end", "grant", "references"})
        CHECK(*field.find("field")->as_string() != word);
  }
}

TEST_CASE("a row that is gone leaves a tombstone, once") {
  History history;
  history.happened(enrol("u-1"));
  const auto& record = history.records().front();
  Layer with(no_rows());
  projections::fold_record(with, record);
  const auto gone = table_messages(record, with, no_rows());
  REQUIRE(gone.size() == 1);
  CHECK_FALSE(gone[0].value);
  CHECK(gone[0].key == table_messages(record, no_rows(), with).at(0).key);
  CHECK(table_messages(record, no_rows(), no_rows()).empty());
}

TEST_CASE("after every record the table is the read model") {
  const auto seed = GENERATE(range(1U, 6U));
  const auto history = random_history(seed, 400);
  Layer rows(no_rows());
  std::vector<Message> messages;
  for (const auto& record : history.records()) {
    Layer next(static_cast<const Rows&>(rows));
    projections::fold_record(next, record);
    for (auto& message : table_messages(record, rows, next)) messages.push_back(std::move(message));
    rows.absorb(next);
  }
  std::size_t standings = 0, subsidies = 0;
  rows.each<projections::StandingRow>("", [&](auto, const auto&) { return ++standings, true; });
  rows.each<projections::SubsidyRow>("",
                                     [&](auto, const auto& row) { return subsidies += table_row(row) ? 1 : 0, true; });
  CHECK(table_of(messages, standing_topic).size() == standings);
  CHECK(table_of(messages, subsidy_topic).size() == subsidies);
  for (const auto& [key, payload] : table_of(messages, standing_topic)) {
    const auto row = rows.get<projections::StandingRow>(row_key({*payload.find("undertaker")->as_string()}));
    REQUIRE(row);
    CHECK(*payload.find("ladder_step")->as_int() == table_row(*row).ladder_step);
    CHECK(*payload.find("why_not")->as_string() == table_row(*row).why_not);
  }
}
