#include <catch2/catch.hpp>

#include "src/json/json.hpp"

namespace aidledger::json {
namespace {

TEST_CASE("printing keeps the order and escapes as little as may be", "[json]") {
  const Tree tree = Tree::object()
                        .set("b", Tree::list().push(1).push(true).push(Tree()))
                        .set("a", "quote \" slash \\ line \n bell \x07 / 二")
                        .set("empty", Tree::object());
  CHECK(print(tree) == R"({"b":[1,true,null],"a":"quote \" slash \\ line \n bell \u0007 / 二","empty":{}})");
  CHECK(*parse(print(tree)) == tree);
  CHECK(*parse(pretty(tree)) == tree);
}

TEST_CASE("what must be escaped is found at every place of a text", "[json]") {
  for (std::size_t length = 1; length < 40; ++length)
    for (std::size_t at = 0; at < length; ++at) {
      std::string text(length, 'x');
      text[at] = '\n';
      const std::string escaped = std::string(at, 'x') + "\\n" + std::string(length - at - 1, 'x');
      REQUIRE(print(text) == '"' + escaped + '"');
    }
}

TEST_CASE("pretty printing indents by two", "[json]") {
  CHECK(pretty(Tree::object().set("a", Tree::list().push(1)).set("b", Tree::list())) ==
        "{\n  \"a\": [\n    1\n  ],\n  \"b\": []\n}");
}

TEST_CASE("the canonical form follows RFC 8785", "[json]") {
  CHECK(canonical(*parse(R"({ "b" : 2, "a" : { "d": -0, "c": "\u20ac\u000F\u000aA'\u0042\u0022\u005c\\\"\/" } })")) ==
        "{\"a\":{\"c\":\"€\\u000f\\nA'B\\\"\\\\\\\\\\\"/\",\"d\":0},\"b\":2}");
}

TEST_CASE("members are sorted by UTF-16 code units", "[json]") {
  // The example of RFC 8785, section 3.2.3: U+1F600 is a surrogate pair and comes before U+FB33.
  const auto tree = parse(
      R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",)"
      R"("\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"})");
  REQUIRE(tree);
  CHECK(canonical(*tree) ==
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\","
        "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
        "\"😀\":\"Emoji: Grinning Face\",\"\xEF\xAC\xB3\":\"Hebrew Letter Dalet With Dagesh\"}");
}

}  // namespace
}  // namespace aidledger::json
