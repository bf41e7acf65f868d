#include <catch2/catch.hpp>

#include "src/settings/toml.hpp"

using aidledger::Tree;
using aidledger::settings::parse_toml;

TEST_CASE("TOML becomes a tree of tables, lists, texts, whole numbers and booleans; dates become texts") {
  const auto tree = parse_toml("a = 1\n[b]\nc = ['x', true]\nd = 2024-02-10\n[[e]]\nf = 'g'\n");
  REQUIRE(tree);
  CHECK(*tree->at_path("a") == Tree(1));
  CHECK(*tree->at_path("b.c") == Tree::list().push("x").push(true));
  CHECK(*tree->at_path("b.d") == Tree("2024-02-10"));
  CHECK(*tree->at_path("e") == Tree::list().push(Tree::object().set("f", "g")));
}

TEST_CASE("what is not TOML, or holds a number with a decimal point, is an error that names the line") {
  CHECK_THAT(parse_toml("a = 1\nb = ").error(), Catch::Contains("line 2"));
  CHECK_THAT(parse_toml("a = 1\nb = 0.5\n").error(), Catch::Contains("line 2: a number with a decimal point"));
  CHECK_FALSE(parse_toml("a = 1\na = 2\n"));
  CHECK_FALSE(parse_toml("a = " + std::string(10'000, '[')));
}
