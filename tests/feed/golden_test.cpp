// Every golden event ever published validates against the schema of today and against the one it was published with.
// The golden files are only ever appended to: a line that has to be changed is a broken promise to whoever reads the
// feed.
#include <catch2/catch.hpp>

#include <fstream>
#include <map>

#include "src/feed/schemas.hpp"
#include "tests/feed/told.hpp"
#include "tests/feed/valid.hpp"

using namespace aidledger;
using namespace aidledger::feed;
using namespace aidledger::feed::testing;

namespace {

std::map<std::string, Tree> golden(const std::string& name, std::string_view key) {
  std::map<std::string, Tree> out;
  std::ifstream file("tests/feed/golden/" + name);
  REQUIRE(file);
  for (std::string line; std::getline(file, line);) {
    const auto tree = json::parse(line);
    INFO(line);
    REQUIRE(tree);
    REQUIRE(out.emplace(*tree->find(key)->as_string(), *tree).second);
  }
  return out;
}

Tree schema_of(const EventType& type) { return data_schema(public_view_of(type), terms.schema_base); }

}  // namespace

TEST_CASE("every event and every schema that is published stands in the golden files") {
  const auto events = golden("events.ndjson", "type"), schemas = golden("schemas.ndjson", "$id");
  for (const auto* type : all_event_types()) {
    INFO("append to tests/feed/golden/events.ndjson:\n" << *sample_message(*type, 2, 7).value);
    CHECK(events.contains(type->public_type()));
    INFO("append to tests/feed/golden/schemas.ndjson:\n" << json::print(schema_of(*type)));
    CHECK(schemas.contains(data_schema_uri(*type, terms.schema_base)));
  }
}

TEST_CASE("golden events are valid by the schema of today and by their own") {
  const auto schemas = golden("schemas.ndjson", "$id");
  for (const auto& [type, event] : golden("events.ndjson", "type")) {
    INFO(json::print(event));
    const Tree& data = *event.find("data");
    const auto& original = schemas.at(*event.find("dataschema")->as_string());
    CHECK(wrong_with(data, original) == "");
    CHECK(wrong_with(event, event_schema(terms.schema_base)) == "");
    for (const auto* known : all_event_types())
      if (known->public_type() == type) CHECK(wrong_with(data, schema_of(*known)) == "");
  }
}

TEST_CASE("what is published today is valid, whatever is absent or empty in it") {
  for (const auto* type : all_event_types())
    for (int n = 1; n <= 6; ++n) {
      const Tree event = value_of(sample_message(*type, n, 120));
      INFO(json::print(event));
      CHECK(wrong_with(*event.find("data"), schema_of(*type)) == "");
      CHECK(wrong_with(event, event_schema(terms.schema_base)) == "");
    }
}

TEST_CASE("the schemas refuse what is not as they say") {
  const auto* type = find_event_type("GradeFinalised");
  Tree event = value_of(sample_message(*type, 2, 7));
  CHECK(wrong_with(Tree(event).set("specversion", "1.1"), event_schema("b")) == "/specversion: 1.1");
  CHECK(wrong_with(Tree(event).set("time", "2024-02-10T09:00:00+08:00"), event_schema("b")) != "");
  CHECK(wrong_with(Tree(event).set("leafindex", 7), event_schema("b")) != "");
  const Tree& data = *event.find("data");
  CHECK(wrong_with(Tree(data).set("marks", "87"), schema_of(*type)) == "/marks: is of type string");
  CHECK(wrong_with(Tree(data).set("grade", "splendid"), schema_of(*type)) == "/grade: not in the list");
  CHECK(wrong_with(Tree::object(), schema_of(*type)) != "");
}
