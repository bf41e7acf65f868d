// What leaves the house, field by field, against a table that people review.
#include <catch2/catch.hpp>

#include <fstream>
#include <map>
#include <set>

#include "events/undertakers.hpp"
#include "src/feed/public_view.hpp"
#include "tests/feed/told.hpp"

using namespace aidledger;
using namespace aidledger::feed;
using namespace aidledger::feed::testing;

namespace {

/// Dotted paths of a schema's members; an array counts as its elements.
void paths(const Tree& schema, const std::string& at, std::map<std::string, const Tree*>& out) {
  if (const Tree* items = schema.find("items")) return paths(*items, at, out);
  const Tree* properties = schema.find("properties");
  const Tree* title = schema.find("title");
  const bool sealed = title != nullptr && title->as_string()->starts_with("personal data");
  if (properties == nullptr || sealed) return void(out.emplace(at, &schema));
  for (const auto& member : *properties->as_object())
    paths(member.value, at.empty() ? member.name : at + "." + member.name, out);
}

bool is_sealed(const Tree& schema) {
  const Tree* title = schema.find("title");
  return title != nullptr && title->as_string()->starts_with("personal data");
}

std::string line_of(const PublicView& view) {
  const Tree all = view.type->schema(), seen = view.schema();
  std::map<std::string, const Tree*> declared, shown;
  paths(all, "", declared), paths(seen, "", shown);
  std::string published, sealed, withheld;
  for (const auto& [path, schema] : declared) {
    const auto parent = path.substr(0, path.rfind('.'));
    // An EventRef is declared as seq and index, and shown as one text.
    if (shown.contains(path))
      (is_sealed(*shown.at(path)) ? sealed : published) += " " + path;
    else if (shown.contains(parent) && parent != path)
      published += published.ends_with(" " + parent) ? "" : " " + parent;
    else
      withheld += " " + path;
  }
  return std::string(view.type->name) + ":" + published + (sealed.empty() ? "" : " | sealed:" + sealed) +
         (withheld.empty() ? "" : " | withheld:" + withheld);
}

std::set<std::string> reviewed() {
  std::set<std::string> out;
  std::ifstream file("tests/feed/published.txt");
  REQUIRE(file);
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line.front() != '#') out.insert(line);
  return out;
}

}  // namespace

TEST_CASE("every field of every event is published, sealed or withheld as the reviewed table says") {
  const auto expected = reviewed();
  for (const auto& view : all_public_views()) {
    INFO("if this is meant, put it into tests/feed/published.txt:\n" << line_of(view));
    CHECK(expected.contains(line_of(view)));
  }
  CHECK(expected.size() == all_public_views().size());
}

TEST_CASE("every event of the catalogue has its public view") {
  REQUIRE(all_public_views().size() == all_event_types().size());
  for (const auto* type : all_event_types()) CHECK(public_view_of(*type).type == type);
}

TEST_CASE("no sealed box and no withheld text is in a message, whatever the event") {
  for (const auto* type : all_event_types())
    for (int n = 1; n <= 4; ++n) {
      const Record record = sample_record(*type, n, 7);
      const std::string value = *sample_message(*type, n, 7).value;
      INFO(value);
      CHECK(value.find("sealed-box") == std::string::npos);
      CHECK(value.find(to_hex("sealed-box")) == std::string::npos);
      CHECK(value.find("sample/field") == std::string::npos);
    }
}

TEST_CASE("a licence number, a ground, a name do not leave the house") {
  UndertakerEnrolled enrolled;
  enrolled.undertaker = {"u-1"}, enrolled.person = {"p-1"}, enrolled.licence = "CANARY-LICENCE";
  enrolled.full_name = {"enrol-undertaker/name", "a", "CANARY-BOX", "CANARY-NAME"};
  UndertakerSuspended suspended{{"u-1"}, "CANARY-GROUND"};
  Record record = sample_record(*find_event_type("UndertakerEnrolled"), 1, 3);
  record.body.events = {make_event(enrolled, {}), make_event(suspended, {})};
  for (const auto& message : told({record})) {
    INFO(message.value.value());
    CHECK((message.key + *message.value).find("CANARY") == std::string::npos);
  }
}
