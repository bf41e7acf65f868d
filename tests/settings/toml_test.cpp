#include "src/settings/toml.hpp"

#include <catch2/catch.hpp>

#include "src/settings/suggest.hpp"

namespace aidledger::settings {
namespace {

TEST_CASE("TOML becomes a tree in the order of the file") {
  const auto tree =
      parse_toml("zeta = 1\nalpha = true\n[ladder]\nsteps = [\"comments\", \"warning\"]\nsince = 2024-02-10\n");
  REQUIRE(tree);
  REQUIRE(tree->as_object()->size() == 3);
  CHECK(tree->as_object()->at(0).name == "zeta");
  CHECK(tree->as_object()->at(1).name == "alpha");
  CHECK(*tree->at_path("ladder.steps")->as_list()->at(1).as_string() == "warning");
  CHECK(*tree->at_path("ladder.since")->as_string() == "2024-02-10");
}

TEST_CASE("a moment in TOML is kept in UTC with microseconds") {
  CHECK(*parse_toml("at = 2024-02-10T09:00:00.5+08:00\n")->find("at")->as_string() == "2024-02-10T01:00:00.500000Z");
}

TEST_CASE("every key knows its line and column, those of lists by index") {
  const auto toml = parse_toml_with_positions("a = 1\n\n[[clock]]\n  name = \"x\"\n[[clock]]\n  name = \"y\"\n");
  REQUIRE(toml);
  CHECK(toml->keys.at("a") == Position{1, 1});
  CHECK(toml->keys.at("clock.1.name") == Position{6, 3});
}

TEST_CASE("what the house does not compute with is refused at its place") {
  CHECK(parse_toml("rate = 0.4\n", "p.toml").error() ==
        "p.toml:1:8: a fraction: write an integer of the smallest unit");
  CHECK(parse_toml("at = 2024-02-10T09:00:00\n", "p.toml").error().starts_with("p.toml:1:6: a time without a zone"));
  CHECK(parse_toml("at = 09:00:00\n", "p.toml").error().starts_with("p.toml:1:6: a time of day"));
  CHECK(parse_toml("a = 1\na = 2\n", "p.toml").error().starts_with("p.toml:2:"));
  CHECK(parse_toml("a = \"\xff\"\n", "p.toml").error().starts_with("p.toml:1:"));
  CHECK(parse_toml("a = " + std::string(4000, '['), "p.toml").error().starts_with("p.toml:1:"));
}

TEST_CASE("a text that is none is refused, whatever the parser's author took for granted") {
  CHECK(parse_toml("[{a]\n", "p.toml").error().starts_with("p.toml:1:1: this is no TOML"));
  CHECK(parse_toml("at = 2024-02-10T\x10", "p.toml").error().starts_with("p.toml:1:"));
  CHECK(parse_toml("a = 1\n\ufedf = 1\n", "p.toml").error().starts_with("p.toml:2:1:"));
  CHECK(*parse_toml("'\ufedf' = '\ufe30'  # \ufedf\n")->find("\ufedf")->as_string() == "\ufe30");
}

TEST_CASE("names are joined by dots in moderation: nothing is nested deeper than the stack is") {
  const auto joined = [](int names) {
    std::string key = "a";
    for (int i = 1; i < names; ++i) key += ".a";
    return key;
  };
  CHECK(parse_toml("\n" + joined(32) + " = 1\n"));
  const auto deep = joined(60'000);
  for (const auto& text : {deep + " = 1\n", "[" + deep + "]\nb = 1\n", "b = {c = 'it', " + deep + " = 1}\n",
                           R"(b = {c = """x"""", )" + deep + " = 1}\n", "b = '''\n'''\n# \"\n" + deep + " = 1\n"}) {
    const auto tree = parse_toml(text, "p.toml");
    REQUIRE_FALSE(tree);
    CHECK_THAT(tree.error(), Catch::EndsWith("a key of more than 32 names"));
  }
  CHECK(parse_toml("a = '" + deep + "'  # " + deep + "\n"));
  CHECK(parse_toml(R"(a = "\")" + deep + "\"\nb = \"\"\"" + deep + "\"\"\"\n"));
}

TEST_CASE("a slip of the fingers is recognised, a different word is not") {
  const std::vector<std::string> words{"case", "deadlines", "undertaker"};
  CHECK(suggestion("caes", words) == "case");
  CHECK(suggestion("dedlines", words) == "deadlines");
  CHECK(suggestion("undertakers", words) == "undertaker");
  CHECK_FALSE(suggestion("banana", words));
  CHECK_FALSE(suggestion(std::string(5000, 'x'), words));
}

}  // namespace
}  // namespace aidledger::settings
